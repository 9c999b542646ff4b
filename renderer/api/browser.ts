/** The browser's clock, chance and storage, in one place, so that everything else can be handed others. */
export const browser = {
  /** Epoch ms on this computer; what people read comes from `serverNow`. */
  now: (): number => Date.now(),
  /** Ms that only go forward. */
  monotonic: (): number => performance.now(),
  /** A version 4 uuid; `crypto.randomUUID` is missing where the window is opened over plain http. */
  newId(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  },
  /** Such as `Europe/London`. */
  timeZone: (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  /** Whether this window runs on the computer that the server runs on. */
  isServersOwn: (): boolean => /^(localhost|127\.|\[::1\])/.test(location.hostname),
};

/** A value kept as JSON in the browser; what cannot be read or kept is as if it were not there. */
export function kept<Value>(storage: () => Storage, name: string) {
  return {
    read(): Value | null {
      try {
        const text = storage().getItem(name);
        return text === null ? null : (JSON.parse(text) as Value);
      } catch {
        return null;
      }
    },
    write(value: Value | null): void {
      try {
        if (value === null) storage().removeItem(name);
        else storage().setItem(name, JSON.stringify(value));
      } catch {
        // A full or forbidden storage costs a convenience, not the work at hand.
      }
    },
  };
}

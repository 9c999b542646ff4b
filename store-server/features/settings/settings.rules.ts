import type { ChangeSettings, Settings } from '#contract/settings.ts';

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Lays a part of the settings over the whole: what is not named stays as it is, inside a group too. */
export function withChange(settings: Settings, change: ChangeSettings): Settings {
  const merged: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] = isGroup(before) && isGroup(value) ? { ...before, ...value } : value;
  }
  return merged as Settings;
}

/** The names of what differs, such as `time_zone` and `service_charge.bps`. */
export function changedKeys(before: Settings, after: Settings): string[] {
  return Object.entries<unknown>(after).flatMap(([key, value]) => {
    const old: unknown = before[key as keyof Settings];
    if (!isGroup(value) || !isGroup(old)) return same(old, value) ? [] : [key];
    return Object.keys(value)
      .filter((inner) => !same(old[inner], value[inner]))
      .map((inner) => `${key}.${inner}`);
  });
}

const valueAt = (settings: Settings, key: string): unknown => {
  const [group = '', name] = key.split('.');
  const value: unknown = settings[group as keyof Settings];
  return name !== undefined && isGroup(value) ? value[name] : value;
};

/**
 * The settings that `after` would change although they are no longer what their author saw. Where two people wanted the
 * same there is nothing to decide.
 * @param seen by names such as `service_charge.bps`
 */
export function overtaken(before: Settings, after: Settings, seen: Readonly<Record<string, unknown>>): string[] {
  return changedKeys(before, after).filter((key) => key in seen && !same(seen[key], valueAt(before, key)));
}

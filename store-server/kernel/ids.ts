/** Makes identities: uuidv7 text, so that keys made later sort later and the database's pages stay warm. */
export interface Ids {
  /** A new uuidv7 (RFC 9562): 48 bits of epoch ms, then random bits. Strictly increasing within one server. */
  next(): string;
  /** `bytes` of secrecy-grade randomness. */
  secret(bytes: number): Buffer;
}

const POOL = 4096;
const hex = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/**
 * @param now epoch ms
 * @param random fills a buffer with randomness of cryptographic quality
 */
export function createIds(now: () => number, random: (buffer: Buffer) => void): Ids {
  const pool = Buffer.alloc(POOL);
  let used = POOL;
  let lastMs = 0;
  let counter = 0;
  const h = (byte: number): string => hex[byte & 0xff] as string;

  const take = (count: number): number => {
    if (used + count > POOL) {
      random(pool);
      used = 0;
    }
    used += count;
    return used - count;
  };

  return {
    next() {
      const at = take(10);
      const ms = now();
      if (ms > lastMs) {
        lastMs = ms;
        counter = ((pool[at] ?? 0) << 3) | ((pool[at + 1] ?? 0) & 7);
      } else if (++counter > 0xfff) {
        // The clock stood still or went back: borrow a millisecond rather than repeat an order.
        lastMs += 1;
        counter = 0;
      }
      const high = Math.floor(lastMs / 0x10000);
      const low = lastMs % 0x10000;
      const tail = (n: number): string => h(pool[at + n] ?? 0);
      return (
        `${h(high >>> 24)}${h(high >>> 16)}${h(high >>> 8)}${h(high)}-${h(low >>> 8)}${h(low)}` +
        `-7${h(counter >>> 4).slice(0, 2)}${(counter & 15).toString(16)}` +
        `-${h(0x80 | ((pool[at + 2] ?? 0) & 0x3f))}${tail(3)}-${tail(4)}${tail(5)}${tail(6)}${tail(7)}${tail(8)}${tail(9)}`
      );
    },
    secret(bytes) {
      const secret = Buffer.alloc(bytes);
      if (bytes > POOL / 4) {
        random(secret);
        return secret;
      }
      // Wiped where it came from: what is secret is in one place only.
      const at = take(bytes);
      pool.copy(secret, 0, at, at + bytes);
      pool.fill(0, at, at + bytes);
      return secret;
    },
  };
}

import { hash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the pieces in order. */
export function sha256(...pieces: readonly (string | Uint8Array)[]): Buffer {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return hash('sha256', only, 'buffer');
  // Joined and hashed in one call: a hash object costs more than the hashing of what we have.
  return hash('sha256', Buffer.concat(pieces.map(bytesOf)), 'buffer');
}

const bytesOf = (piece: string | Uint8Array): Uint8Array => (typeof piece === 'string' ? Buffer.from(piece) : piece);

const BLOCK_BYTES = 64;

/**
 * HMAC-SHA-256 (RFC 2104) with one key for many texts. Two plain hashes over a prepared key: a new HMAC object for each
 * text costs several times as much, and every event that sockets hear carries one.
 * @param key at most 64 bytes
 */
export function hmacSha256(key: Uint8Array): (text: string) => Buffer {
  if (key.length > BLOCK_BYTES) throw new RangeError('a key has to fit one block');
  const padded = (byte: number): Buffer =>
    Buffer.from(Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ byte));
  const inner = padded(0x36);
  const outer = padded(0x5c);
  return (text) => sha256(outer, sha256(inner, text));
}

/**
 * JSON with sorted keys, so that two bodies that say the same have the same digest.
 * `undefined` members are left out, as JSON does.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

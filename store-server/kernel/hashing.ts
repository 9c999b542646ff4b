import { hash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over the pieces in order. */
export function sha256(...pieces: readonly (string | Uint8Array)[]): Buffer {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return hash('sha256', only, 'buffer');
  // Joined and hashed in one call: a hash object costs more than the hashing of what we have.
  return hash('sha256', Buffer.concat(pieces.map(bytesOf)), 'buffer');
}

const bytesOf = (piece: string | Uint8Array): Uint8Array => (typeof piece === 'string' ? Buffer.from(piece) : piece);

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

import { timingSafeEqual } from 'node:crypto';
import { hmacSha256, sha256 } from '../kernel/hashing.ts';

/**
 * A place in the journal: everything before entry `seq` has been seen, and of that entry its first `facts` facts; null
 * for the whole entry. So whoever is cut off in the middle of an entry gets the rest of it, and nothing twice.
 */
export interface Position {
  readonly seq: number;
  readonly facts: number | null;
}

export type CursorReading =
  | { readonly ok: true; readonly at: Position }
  | { readonly ok: false; readonly reason: 'unknown' | 'other_epoch' | 'other_scope' | 'ahead' };

/**
 * A position as an opaque text, together with the epoch and the scope it may see, authenticated so that nobody can ask
 * for more than they were shown. The epoch changes at every restore, the scope with what somebody may hear of.
 */
export interface Cursors {
  make(scope: string, at: Position): string;
  /** @param head the journal's last entry */
  read(text: string, scope: string, head: number): CursorReading;
}

const MAC_BYTES = 12;
const LONGEST = 300;

/** @param key 32 secret bytes of this store */
export function createCursors(key: Buffer, epoch: string): Cursors {
  const sign = hmacSha256(key);
  const mac = (payload: string): Buffer => sign(payload).subarray(0, MAC_BYTES);
  const marks = new Map<string, string>();
  function scopeMark(scope: string): string {
    let mark = marks.get(scope);
    if (mark === undefined) {
      mark = sha256(scope).subarray(0, 6).toString('base64url');
      marks.set(scope, mark);
    }
    return mark;
  }

  return {
    make(scope, { seq, facts }) {
      const payload = `1.${epoch}.${seq}.${facts ?? 'all'}.${scopeMark(scope)}`;
      return Buffer.from(`${payload}.${mac(payload).toString('base64url')}`).toString('base64url');
    },
    read(text, scope, head) {
      const plain = text.length > LONGEST ? '' : Buffer.from(text, 'base64url').toString();
      const signAt = plain.lastIndexOf('.');
      const payload = plain.slice(0, Math.max(0, signAt));
      const given = Buffer.from(plain.slice(signAt + 1), 'base64url');
      const expected = mac(payload);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return { ok: false, reason: 'unknown' };
      const [, ofEpoch, seqText, factsText, mark] = payload.split('.');
      if (ofEpoch !== epoch) return { ok: false, reason: 'other_epoch' };
      if (mark !== scopeMark(scope)) return { ok: false, reason: 'other_scope' };
      const seq = Number(seqText);
      if (seq > head) return { ok: false, reason: 'ahead' };
      return { ok: true, at: { seq, facts: factsText === 'all' ? null : Number(factsText) } };
    },
  };
}

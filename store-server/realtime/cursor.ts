import { createHmac, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../kernel/hashing.ts';

/**
 * Where a device stands in the journal, as an opaque text: epoch, seq and the scope it may see, authenticated so that
 * nobody can ask for more than they were shown. The epoch changes at every restore, the scope with room and role.
 */
export interface Cursors {
  make(scope: string, seq: number): string;
  read(text: string, scope: string, head: number): CursorReading;
}

export type CursorReading =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly reason: 'unknown' | 'other_epoch' | 'other_scope' | 'ahead' };

const MAC_BYTES = 12;

/** @param key 32 secret bytes of this store */
export function createCursors(key: Buffer, epoch: () => string): Cursors {
  const mac = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
  const scopeMark = (scope: string): string => sha256(scope).subarray(0, 6).toString('base64url');

  return {
    make(scope, seq) {
      const payload = `1.${epoch()}.${seq}.${scopeMark(scope)}`;
      return Buffer.from(`${payload}.${mac(payload).toString('base64url')}`).toString('base64url');
    },
    read(text, scope, head) {
      const plain = Buffer.from(text, 'base64url').toString();
      const [format, ofEpoch, seqText = '', mark, sign = ''] = plain.split('.');
      const given = Buffer.from(sign, 'base64url');
      const expected = mac(`${format}.${ofEpoch}.${seqText}.${mark}`);
      const genuine = format === '1' && given.length === expected.length && timingSafeEqual(given, expected);
      if (!genuine) return { ok: false, reason: 'unknown' };
      if (ofEpoch !== epoch()) return { ok: false, reason: 'other_epoch' };
      if (mark !== scopeMark(scope)) return { ok: false, reason: 'other_scope' };
      const seq = Number(seqText);
      return seq <= head ? { ok: true, seq } : { ok: false, reason: 'ahead' };
    },
  };
}

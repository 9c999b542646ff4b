import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCursors } from './cursor.ts';

const key = Buffer.alloc(32, 1);
const cursors = createCursors(key, 'epoch-1');

test('a cursor reads back as the place it was made for', () => {
  for (const at of [
    { seq: 0, facts: null },
    { seq: 142, facts: null },
    { seq: 142, facts: 3 },
  ]) {
    expect(cursors.read(cursors.make('pos', at), 'pos', 142)).toEqual({ ok: true, at });
  }
});

test('a cursor of another epoch, of another view, from beyond the end or of another store is named as such', () => {
  const mine = cursors.make('pos', { seq: 5, facts: null });
  const reason = (reading: ReturnType<typeof cursors.read>) => (reading.ok ? 'fine' : reading.reason);
  expect(reason(createCursors(key, 'epoch-2').read(mine, 'pos', 9))).toBe('other_epoch');
  expect(reason(cursors.read(mine, 'pos,kitchen', 9))).toBe('other_scope');
  expect(reason(cursors.read(mine, 'pos', 4))).toBe('ahead');
  expect(reason(createCursors(Buffer.alloc(32, 2), 'epoch-1').read(mine, 'pos', 9))).toBe('unknown');
});

test('nobody can move a cursor: any change of any character makes it unknown', () => {
  const plain = Buffer.from(cursors.make('pos', { seq: 57, facts: 1 }), 'base64url');
  for (let at = 0; at < plain.length; at += 1) {
    for (const bit of [1, 2, 16]) {
      const bent = Buffer.from(plain);
      bent[at] = (bent[at] ?? 0) ^ bit;
      const reading = cursors.read(bent.toString('base64url'), 'pos', 1_000);
      // Some bits of a base64 text's last character mean nothing; then it is the same cursor.
      if (reading.ok) expect(reading.at).toEqual({ seq: 57, facts: 1 });
    }
  }
});

test('garbage is unknown and breaks nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 400 }), fc.base64String({ maxLength: 400 })), (text) => {
      expect(cursors.read(text, 'pos', 1_000)).toEqual({ ok: false, reason: 'unknown' });
    }),
  );
});

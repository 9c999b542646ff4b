import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inGoodOrder, statusByte } from '../lab/condition.ts';
import { isStatusByte, readStatus } from './printer-status.ts';

const answersOf = (change: Partial<typeof inGoodOrder>) =>
  ([1, 2, 3, 4] as const).map((which) => statusByte(which, { ...inGoodOrder, ...change }));

test('a printer in good order answers 12 four times', () => {
  expect(answersOf({})).toEqual([0x12, 0x12, 0x12, 0x12]);
  expect(readStatus(answersOf({}))).toEqual({
    online: true,
    paper: 'ok',
    coverOpen: false,
    error: false,
    drawerOpen: false,
  });
});

test.each([
  [{ paper: 'low' as const }, { online: true, paper: 'low' }],
  [{ paper: 'out' as const }, { online: false, paper: 'out' }],
  [{ coverOpen: true }, { online: false, coverOpen: true }],
  [{ jammed: true }, { online: false, error: true }],
  [{ drawerOpen: true }, { online: true, drawerOpen: true }],
])('%j is read back', (change, status) => {
  expect(readStatus(answersOf(change))).toMatchObject(status);
});

test('answers recorded from the reference: cover open 16 16, paper end 1A 32 12 72', () => {
  expect(readStatus([0x1a, 0x16, 0x12, 0x12])).toMatchObject({ online: false, coverOpen: true, paper: 'ok' });
  expect(readStatus([0x1a, 0x32, 0x12, 0x7e])).toMatchObject({ online: false, paper: 'out' });
});

test('flow control, automatic status and noise are no answers', () => {
  expect([0x11, 0x13, 0x10, 0x00, 0xff, 0x41].some(isStatusByte)).toBe(false);
  fc.assert(fc.property(fc.integer({ min: 0, max: 255 }), (byte) => isStatusByte(byte) === ((byte & 0x93) === 0x12)));
});

import { afterEach, expect, test } from 'vitest';
import { doorTo, openPrintRoom, type PrintRoom, papersOf } from './print-desk.fixture.ts';

let room: PrintRoom;
afterEach(() => room.close());

test('after the computer slept no old line is trusted', async () => {
  room = await openPrintRoom();
  const { id, lab } = await room.printer('Grill');
  const door = await doorTo(lab);
  await room.change(id, { address: door.address });
  await room.print(id, 'before');
  await expect.poll(() => papersOf(lab)).toEqual(['before']);
  await room.print(id, 'still before');
  await expect.poll(() => papersOf(lab)).toHaveLength(2);
  const opened = door.opened();

  room.reconnect();
  await room.print(id, 'after');
  await expect.poll(() => papersOf(lab)).toEqual(['before', 'still before', 'after']);
  expect(door.opened()).toBe(opened + 1);
  door.close();
});

test('what waited for its next try is tried at once, and printed once', async () => {
  room = await openPrintRoom();
  const { id, lab } = await room.printer('Bar');
  await lab.set({ refusing: true });
  const [job = ''] = await room.print(id, 'waiting');
  // Far enough into its back-off that the next try by itself is seconds away.
  await expect.poll(() => room.job(job).attempt, { timeout: 15_000 }).toBeGreaterThan(2);
  await expect.poll(() => room.job(job).state).toBe('failed');
  await lab.set({ refusing: false });
  const from = performance.now();
  room.reconnect();
  await expect.poll(() => room.job(job).state, { interval: 10 }).toBe('done');
  expect(performance.now() - from).toBeLessThan(1_000);
  expect(papersOf(lab)).toEqual(['waiting']);
});

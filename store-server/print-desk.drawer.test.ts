import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openPrintRoom, type PrintRoom, papersOf, shortTimeouts } from './print-desk.fixture.ts';

let room: PrintRoom;
afterEach(() => room.close());

const ended = async (job: string) => {
  await expect.poll(() => room.job(job).state, { timeout: 8_000 }).toMatch(/^(done|dead)$/);
  return `${room.job(job).state} ${room.job(job).reason ?? ''}`.trim();
};
const audited = () =>
  room
    .core()
    .connection()
    .sqlite.prepare(`SELECT count(*) FROM journal_part WHERE kind = 'drawer.pulsed'`)
    .pluck()
    .get();

test('one pulse opens the drawer once and has its audit row', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  expect(await ended(await room.pulse(till.id))).toBe('done');
  expect(till.lab.drawerOpenings()).toHaveLength(1);
  expect(audited()).toBe(1);
});

test('a pulse does not wait for the slips that wait, and slips do not wait for it', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { model: 'generic-escpos-80', receipt: true });
  await room.print(till.id, 'one', 'two');
  expect(await ended(await room.pulse(till.id))).toBe('done');
  await expect.poll(() => papersOf(till.lab)).toEqual(['one', 'two']);
  expect(till.lab.drawerOpenings()).toHaveLength(1);
});

test('a pulse that cannot be given within five seconds never happens', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  await till.lab.set({ refusing: true });
  const job = await room.pulse(till.id);
  await expect.poll(() => room.job(job).attempt).toBeGreaterThanOrEqual(2);
  room.time.ahead += 5_000;
  expect(await ended(job)).toBe('dead too_late');
  await till.lab.set({ refusing: false });
  await pause(600);
  expect(till.lab.drawerOpenings()).toEqual([]);
  expect(room.facts()).toEqual(['job_died too_late']);
});

test('a clock that is set back gives a pulse no longer life', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  await till.lab.set({ refusing: true });
  const job = await room.pulse(till.id);
  await expect.poll(() => room.job(job).attempt).toBeGreaterThanOrEqual(1);
  room.time.ahead -= 3_600_000;
  room.time.monotonicAhead += 5_000;
  // Its next try is due an hour later by the wall clock; whatever comes first, it must not open.
  await room.change(till.id, { name: 'Till 1' });
  await till.lab.set({ refusing: false });
  await room.restart();
  expect(room.job(job).state).toBe('dead');
  expect(till.lab.drawerOpenings()).toEqual([]);
});

test('a pulse that waits behind a slip which does not get through dies there', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 7_000 } });
  const till = await room.printer('Till', { receipt: true });
  await till.lab.set({ stalled: true });
  await room.print(till.id, 'a slip');
  await pause(100);
  const job = await room.pulse(till.id);
  await pause(300);
  const before = performance.now();
  expect(await ended(job)).toMatch(/^dead/);
  expect(performance.now() - before).toBeLessThan(8_000);
  await till.lab.set({ stalled: false });
  await expect.poll(() => papersOf(till.lab).length, { timeout: 8_000 }).toBe(1);
  await pause(200);
  expect(till.lab.drawerOpenings()).toEqual([]);
}, 30_000);

test('a restart ends every pulse that was not given', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  await till.lab.set({ refusing: true });
  const job = await room.pulse(till.id);
  await room.crash();
  await till.lab.set({ refusing: false });
  expect(await ended(job)).toBe('dead restart');
  await pause(600);
  expect(till.lab.drawerOpenings()).toEqual([]);
});

test('a pulse of which nobody knows whether it arrived is never repeated', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { model: 'generic-escpos-80', receipt: true });
  await till.lab.set({ dropAfterBytes: 1 });
  expect(await ended(await room.pulse(till.id))).toMatch(/^dead (reset|closed)$/);
  await pause(600);
  expect(till.lab.drawerOpenings().length).toBeLessThanOrEqual(1);
  expect(room.facts()[0]).toMatch(/^job_died/);
});

test('fifty pulses through faults of every kind open the drawer at most once each', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  const faults = [{}, { dropAfterBytes: 14 }, { silent: true }, { answerAfterMs: 150 }, { refusing: true }] as const;
  const well = { silent: false, answerAfterMs: 0, refusing: false, dropAfterBytes: null };
  for (let at = 0; at < 50; at += 1) {
    const before = till.lab.drawerOpenings().length;
    await till.lab.set({ ...well, ...faults[at % faults.length] });
    const job = await room.pulse(till.id);
    if (at % 5 === 4) await till.lab.set(well);
    await ended(job);
    expect(till.lab.drawerOpenings().length - before).toBeLessThanOrEqual(1);
  }
  await pause(400);
  expect(till.lab.drawerOpenings().length).toBeLessThanOrEqual(50);
  expect(till.lab.drawerOpenings().length).toBeGreaterThanOrEqual(20);
  expect(audited()).toBe(50);
}, 40_000);

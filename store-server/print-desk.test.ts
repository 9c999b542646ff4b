import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { nextJob, printLane, unfinishedJobs } from './features/printers/index.ts';
import { recentJobs } from './features/printers/printers.reads.ts';
import { doorTo, openPrintRoom, type PrintRoom, papersOf, shortTimeouts } from './print-desk.fixture.ts';

let room: PrintRoom;
afterEach(() => room.close());

const isOver = () => room.jobs().every(({ state }) => state === 'done' || state === 'dead');
const allDone = () => expect.poll(isOver, { timeout: 8_000 }).toBe(true);

test('slips come out in the order in which they were asked for, each printer for itself', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  const bar = await room.printer('Bar');
  await grill.lab.set({ paper: 'out' });
  await room.print(grill.id, 'g1', 'g2', 'g3');
  await room.print(bar.id, 'b1', 'b2');
  await expect.poll(() => papersOf(bar.lab)).toEqual(['b1', 'b2']);
  expect(papersOf(grill.lab)).toEqual([]);
  await room.print(grill.id, 'g4');
  await grill.lab.set({ paper: 'ok' });
  await allDone();
  expect(papersOf(grill.lab)).toEqual(['g1', 'g2', 'g3', 'g4']);
  expect([...grill.lab.errors(), ...bar.lab.errors()]).toEqual([]);
});

test.each([
  ['paper_out', { paper: 'out' }, { paper: 'ok' }],
  ['cover_open', { coverOpen: true }, { coverOpen: false }],
  ['printer_error', { jammed: true }, { jammed: false }],
  ['refused', { refusing: true }, { refusing: false }],
] as const)(
  '%s: the floor hears it once, and the slip comes out by itself, unmarked',
  async (reason, broken, mended) => {
    room = await openPrintRoom();
    const grill = await room.printer('Grill');
    await grill.lab.set(broken);
    const [job] = (await room.print(grill.id, 'soup')) as [string];
    await expect.poll(() => room.job(job).attempt, { timeout: 6_000 }).toBeGreaterThanOrEqual(3);
    expect(room.facts()).toEqual([`job_stuck ${reason}`]);
    await grill.lab.set(mended);
    await allDone();
    expect(papersOf(grill.lab)).toEqual(['soup']);
    expect(room.facts()).toEqual([`job_stuck ${reason}`, `job_recovered ${reason}`]);
    expect(room.job(job)).toMatchObject({ state: 'done', confirmed: 1, repeat_possible: 0 });
  },
);

test('asking for paper never waits for paper: it is answered while every printer stalls', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  const bar = await room.printer('Bar', { model: 'generic-escpos-80' });
  await grill.lab.set({ stalled: true });
  await bar.lab.set({ stalled: true });
  const took: number[] = [];
  for (let at = 0; at < 40; at += 1) {
    const before = performance.now();
    await room.print(at % 2 === 0 ? grill.id : bar.id, `slip ${at}`);
    took.push(performance.now() - before);
  }
  expect(took.sort((a, b) => a - b)[20]).toBeLessThan(100);
});

test('a line that falls in mid-slip leaves a doubt: the floor hears of it, and the next copy is marked', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ dropAfterBytes: 30 });
  const [job] = (await room.print(grill.id, 'a long slip about a lamb shoulder for four', 'next')) as [string];
  await allDone();
  expect(papersOf(grill.lab).at(-2)).toContain('*** POSSIBLE REPEAT *** / a long slip about a lamb shoulder for four');
  expect(papersOf(grill.lab).at(-1)).toBe('next');
  expect(room.facts()).toEqual(['job_uncertain reset', 'job_recovered reset']);
  expect(room.job(job)).toMatchObject({ state: 'done', repeat_possible: 1, attempt: 2 });
});

test('a printer that has status and does not answer prints a fresh slip and flags it', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ silent: true });
  const [job] = (await room.print(grill.id, 'soup')) as [string];
  await allDone();
  expect(papersOf(grill.lab)).toEqual(['soup']);
  expect(room.job(job)).toMatchObject({ state: 'done', confirmed: 0, reason: 'status_silent' });
  expect(room.facts()).toEqual(['job_uncertain status_silent']);
});

test('after a cut, a silent printer gets nothing more until it answers', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ dropAfterBytes: 30 });
  const [job] = (await room.print(grill.id, 'a long slip about a lamb shoulder')) as [string];
  await expect.poll(() => room.job(job).repeat_possible).toBe(1);
  await grill.lab.set({ silent: true });
  const sent = grill.lab.bytesRead();
  await expect.poll(() => room.job(job).attempt, { timeout: 6_000 }).toBeGreaterThanOrEqual(4);
  // Status questions of 12 bytes each, and no slip.
  expect((grill.lab.bytesRead() - sent) % 12).toBe(0);
  expect(room.job(job).state).not.toBe('done');
  expect(papersOf(grill.lab)).toEqual([]);
  await grill.lab.set({ silent: false });
  await allDone();
  expect(papersOf(grill.lab)).toHaveLength(1);
  expect(papersOf(grill.lab)[0]).toContain('*** POSSIBLE REPEAT ***');
});

test('a printer without status is done when it has taken every byte, and is never asked', async () => {
  room = await openPrintRoom();
  const bar = await room.printer('Bar', { model: 'generic-escpos-80' });
  await bar.lab.set({ silent: true });
  const [job] = (await room.print(bar.id, 'pint')) as [string];
  await allDone();
  expect(room.job(job)).toMatchObject({ state: 'done', confirmed: 0, reason: null });
  expect(papersOf(bar.lab)).toEqual(['pint']);
  expect(room.facts()).toEqual([]);
});

test('a slow printer gets its slip once and is believed in the end, though it never confirms in time', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ bytesPerSecond: 150 });
  const words = 'a slip that takes its time on a slow line';
  await room.print(grill.id, words);
  await allDone();
  await expect.poll(() => papersOf(grill.lab), { timeout: 5_000 }).toEqual([words]);
  expect(room.facts()).toEqual(['job_uncertain status_silent']);
});

test('paper that runs low is told with the first slip on it, and again only for a new roll', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ paper: 'low' });
  await room.print(grill.id, 'a', 'b', 'c');
  await allDone();
  expect(room.facts()).toEqual(['paper_low']);
  await grill.lab.set({ paper: 'ok' });
  await room.print(grill.id, 'd');
  await allDone();
  await grill.lab.set({ paper: 'low' });
  await room.print(grill.id, 'e');
  await allDone();
  expect(room.facts()).toEqual(['paper_low', 'paper_low']);
});

test('pulled plug in mid-slip: after the restart the copy is marked, and the rest follows unmarked', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 1_000, stallMs: 5_000 } });
  const grill = await room.printer('Grill');
  await grill.lab.set({ stalled: true });
  const [job] = (await room.print(grill.id, 'first', 'second')) as [string];
  await expect.poll(() => room.job(job).state).toBe('running');
  await room.crash();
  expect(room.facts()).toContain('job_uncertain restart');
  await grill.lab.set({ stalled: false });
  await allDone();
  const papers = papersOf(grill.lab);
  expect(papers.filter((paper) => paper === 'second')).toEqual(['second']);
  expect(papers.filter((paper) => paper.includes('first') && !paper.includes('POSSIBLE REPEAT')).length).toBeLessThan(
    2,
  );
  expect(papers.at(-2)).toContain('POSSIBLE REPEAT');
});

test('an orderly restart in front of a dead printer leaves no doubt, so nothing is marked afterwards', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ stalled: true, silent: true });
  await grill.lab.set({ paper: 'out', stalled: false, silent: false });
  await room.print(grill.id, 'first', 'second');
  await expect.poll(() => room.facts()).toEqual(['job_stuck paper_out']);
  await room.restart();
  await grill.lab.set({ paper: 'ok' });
  await allDone();
  expect(papersOf(grill.lab)).toEqual(['first', 'second']);
});

test('a restart while a printer does not even answer gives its slip back unmarked', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 5_000 } });
  const grill = await room.printer('Grill');
  await grill.lab.set({ stalled: true });
  const [job] = (await room.print(grill.id, 'soup')) as [string];
  await expect.poll(() => room.job(job).state).toBe('running');
  const before = performance.now();
  await room.restart();
  expect(performance.now() - before).toBeLessThan(4_000);
  expect(room.job(job)).toMatchObject({ repeat_possible: 0 });
  await grill.lab.set({ stalled: false });
  await allDone();
  expect(papersOf(grill.lab)).toEqual(['soup']);
});

test('a new address counts at once, for the slip that is knocking at the old one and for all that wait', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 30_000 } });
  const grill = await room.printer('Grill');
  const spare = await room.printer('Spare');
  await grill.lab.set({ stalled: true });
  const [job] = (await room.print(grill.id, 'one', 'two', 'three')) as [string];
  await expect.poll(() => room.job(job).state).toBe('running');
  const before = performance.now();
  await room.change(grill.id, { address: spare.lab.address });
  await allDone();
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(papersOf(spare.lab)).toEqual(['one', 'two', 'three']);
  expect(room.facts()).toEqual([]);
});

test('a new address counts soon even for a slip whose bytes are stuck on their way to the old one', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 30_000, stallMs: 30_000 } });
  const bar = await room.printer('Bar', { model: 'generic-escpos-80' });
  const spare = await room.printer('Spare', { model: 'generic-escpos-80' });
  await bar.lab.set({ stalled: true });
  // More than the network between us takes by itself.
  const long = 'x '.repeat(900);
  const jobs = await room.print(bar.id, ...Array.from({ length: 6 }, (_, at) => `${at} ${long}`));
  await room.change(bar.id, { address: spare.lab.address });
  await allDone();
  const came = [...papersOf(bar.lab), ...papersOf(spare.lab)].length;
  expect(came).toBeGreaterThanOrEqual(1);
  expect(jobs.every((id) => room.job(id).state === 'done')).toBe(true);
});

test('a printer that is waited for is tried at once when its address is corrected', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  const { address } = grill.lab;
  await room.change(grill.id, { address: 'tcp://127.0.0.1:1' });
  const [job] = (await room.print(grill.id, 'soup')) as [string];
  await expect.poll(() => room.job(job).attempt, { timeout: 8_000 }).toBe(4);
  const before = performance.now();
  await room.change(grill.id, { address });
  await allDone();
  // It would have waited for two seconds.
  expect(performance.now() - before).toBeLessThan(1_500);
  expect(papersOf(grill.lab)).toEqual(['soup']);
});

test('two printers that are set to one address share its line, slip by slip', async () => {
  room = await openPrintRoom();
  const bar = await room.printer('Bar');
  const grill = await room.printer('Grill');
  const door = await doorTo(bar.lab);
  await room.change(bar.id, { address: door.address });
  await grill.lab.set({ refusing: true });
  await room.print(grill.id, 'g1', 'g2');
  await room.print(bar.id, 'b1');
  await expect.poll(() => room.facts()).toEqual(['job_stuck refused']);
  await room.change(grill.id, { address: door.address });
  await room.print(bar.id, 'b2');
  await room.print(grill.id, 'g3');
  await allDone();
  expect(door.opened()).toBe(1);
  expect(papersOf(bar.lab).sort()).toEqual(['b1', 'b2', 'g1', 'g2', 'g3']);
  await room.remove(grill.id);
  await room.print(bar.id, 'b3');
  await allDone();
  expect(papersOf(bar.lab).at(-1)).toBe('b3');
  door.close();
});

test('a new name disturbs nothing', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  await grill.lab.set({ bytesPerSecond: 2_000 });
  await room.print(grill.id, ...Array.from({ length: 5 }, (_, at) => `slip ${at}`));
  for (let at = 0; at < 5; at += 1) await room.change(grill.id, { name: `Grill ${at}` });
  await allDone();
  await expect.poll(() => papersOf(grill.lab)).toEqual(Array.from({ length: 5 }, (_, at) => `slip ${at}`));
});

test('what waits at a removed printer goes to a sibling of the same station, in order', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  const grill = await room.printer('Grill', { stations: ['7'] });
  const pass = await room.printer('Pass', { stations: ['7'] });
  await grill.lab.set({ refusing: true });
  await room.print(grill.id, 'one', 'two', 'three');
  await expect.poll(() => room.facts()).toEqual(['job_stuck refused']);
  await room.remove(grill.id);
  await room.print(pass.id, 'four');
  await allDone();
  expect(papersOf(pass.lab)).toEqual(['one', 'two', 'three', 'four']);
  expect(papersOf(till.lab)).toEqual([]);
  expect(room.facts()).toEqual(['job_stuck refused', 'removed', 'job_recovered refused']);
});

test('without a sibling it goes to the receipt printer, and with none at all everybody hears that it is lost', async () => {
  room = await openPrintRoom();
  const till = await room.printer('Till', { receipt: true });
  const grill = await room.printer('Grill', { stations: ['7'] });
  await grill.lab.set({ paper: 'out' });
  await till.lab.set({ paper: 'out' });
  await room.print(grill.id, 'one', 'two');
  await room.remove(grill.id);
  await room.pulse(till.id);
  await room.remove(till.id);
  await allDone();
  expect(room.jobs().map(({ state, reason }) => [state, reason])).toEqual([
    ['dead', 'printer_removed'],
    ['dead', 'printer_removed'],
    ['dead', 'printer_removed'],
  ]);
  expect(room.facts().filter((fact) => fact === 'job_died printer_removed')).toHaveLength(3);
});

test('a slip under way at the printer that is removed is marked on the other one, never doubled in silence', async () => {
  room = await openPrintRoom({ timeouts: { ...shortTimeouts, statusMs: 600 } });
  const grill = await room.printer('Grill', { stations: ['7'] });
  const pass = await room.printer('Pass', { stations: ['7'] });
  await grill.lab.set({ answerAfterMs: 300 });
  const [job] = (await room.print(grill.id, 'soup', 'bread')) as [string];
  await expect.poll(() => room.job(job).state).toBe('running');
  await room.remove(grill.id);
  await allDone();
  await pause(700);
  const [old, copies] = [papersOf(grill.lab), papersOf(pass.lab)];
  expect(old.length).toBeLessThanOrEqual(1);
  expect(copies).toEqual([expect.stringContaining('POSSIBLE REPEAT'), 'bread']);
});

test('a disk that is full for a while delays the noting, and no slip is lost or doubled', async () => {
  let full = false;
  room = await openPrintRoom({
    beforeWrite(sql) {
      if (full && sql.includes('"job"')) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    },
  });
  const grill = await room.printer('Grill');
  await grill.lab.set({ paper: 'out' });
  await room.print(grill.id, 'one', 'two');
  await expect.poll(() => room.facts()).toEqual(['job_stuck paper_out']);
  full = true;
  await grill.lab.set({ paper: 'ok' });
  await expect.poll(() => room.complaints.length, { timeout: 4_000 }).toBeGreaterThan(1);
  expect(papersOf(grill.lab)).toEqual([]);
  full = false;
  await allDone();
  expect(papersOf(grill.lab)).toEqual(['one', 'two']);
});

test('the next slip is found at once, however many lie behind it', async () => {
  room = await openPrintRoom();
  const grill = await room.printer('Grill');
  const connection = room.core().connection();
  const add = connection.sqlite.prepare(
    `INSERT INTO job (id, lane, kind, payload, state, attempt, repeat_possible, created_at, updated_at)
     VALUES (?, ?, 'print', '{"title":"old","ticket":[]}', 'done', 1, 0, 0, 0)`,
  );
  connection.sqlite.transaction(() => {
    for (let at = 0; at < 60_000; at += 1) add.run(`old ${at}`, printLane(grill.id));
  })();
  const before = performance.now();
  for (let at = 0; at < 200; at += 1) {
    expect(nextJob(connection, printLane(grill.id))).toBeUndefined();
    expect(unfinishedJobs(connection)).toEqual([]);
  }
  // Reading all of them would take seconds.
  expect(performance.now() - before).toBeLessThan(1_500);
  expect(recentJobs(connection, printLane(grill.id))).toHaveLength(50);
});

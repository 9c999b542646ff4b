import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LabCondition } from './hardware/lab/condition.ts';
import { plainText } from './hardware/lab/slip.ts';
import type { VirtualPrinter } from './hardware/lab/virtual-printer.ts';
import { openPrintRoom, type PrintRoom } from './print-desk.fixture.ts';

/**
 * The promise about paper (G9): a failed printer never blocks an order or loses a ticket. Each ticket is printed or
 * flagged, possible repeats are marked as such, tickets for one printer keep their order. And about drawers (G10): never
 * opened by a retry, a restart or a backlog.
 */

/** Small, fast, and the same for the same seed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

const well: Partial<LabCondition> = {
  paper: 'ok',
  coverOpen: false,
  jammed: false,
  stalled: false,
  silent: false,
  answerAfterMs: 0,
  bytesPerSecond: null,
  dropAfterBytes: null,
  refusing: false,
};
/** What any printer may do; one without status cannot tell us of anything worse. */
const faults: readonly Partial<LabCondition>[] = [
  { paper: 'out' },
  { coverOpen: true },
  { jammed: true },
  { dropAfterBytes: 9 },
  { dropAfterBytes: 25 },
  { dropAfterBytes: 70 },
  { answerAfterMs: 60 },
  { bytesPerSecond: 2_000 },
];
const worseFaults: readonly Partial<LabCondition>[] = [
  ...faults,
  { stalled: true },
  { silent: true },
  { refusing: true },
  { answerAfterMs: 250 },
  { bytesPerSecond: 300 },
];

/** The tickets on a printer's paper in order, each with whether its copy was marked. */
function copiesOn(lab: VirtualPrinter): { ticket: number; marked: boolean }[] {
  let marked = false;
  const hanging = lab.unfinished();
  const slips = [...lab.papers().map(({ slip }) => slip), ...(hanging === null ? [] : [hanging])];
  return slips
    .flatMap((slip) => plainText(slip).split('\n'))
    .flatMap((line) => {
      if (line.includes('POSSIBLE REPEAT')) marked = true;
      const ticket = /^ticket (\d+)\.$/.exec(line.trim())?.[1];
      if (ticket === undefined) return [];
      const copy = { ticket: Number(ticket), marked };
      marked = false;
      return [copy];
    });
}

async function evening(seed: number, tickets: number): Promise<void> {
  const roll = dice(seed);
  const room: PrintRoom = await openPrintRoom();
  const printers = [
    await room.printer('Grill'),
    await room.printer('Fry'),
    await room.printer('Cold'),
    await room.printer('Pass'),
    await room.printer('Bar', { model: 'generic-escpos-80' }),
    await room.printer('Till', { model: 'epson-tm-t88vi', receipt: true }),
  ];
  const asked = new Map<string, { printer: (typeof printers)[number]; ticket: number }>();
  const pulses: string[] = [];
  let isOver = false;

  const trouble = (async () => {
    while (!isOver) {
      await pause(15 + roll(30));
      const { lab } = printers[roll(printers.length)] as (typeof printers)[number];
      const set = lab.model.hasStatus ? worseFaults : faults;
      await lab.set({ ...well, ...(roll(5) < 2 ? {} : set[roll(set.length)]) });
    }
  })();

  for (let ticket = 0; ticket < tickets; ) {
    const printer = printers[roll(printers.length)] as (typeof printers)[number];
    const some = Array.from({ length: Math.min(1 + roll(3), tickets - ticket) }, () => `ticket ${ticket++}.`);
    for (const [at, id] of (await room.print(printer.id, ...some)).entries()) {
      asked.set(id, { printer, ticket: ticket - some.length + at });
    }
    if (roll(25) === 0) pulses.push(await room.pulse((printers[5] as (typeof printers)[number]).id));
    if (roll(80) === 0) await (roll(2) === 0 ? room.crash() : room.restart());
    await pause(roll(25));
  }
  await pause(300);
  isOver = true;
  await trouble;
  for (const { lab } of printers) await lab.set(well);
  const open = () => room.jobs().filter(({ state }) => state !== 'done' && state !== 'dead').length;
  await expect.poll(open, { timeout: 20_000, interval: 100 }).toBe(0);
  await pause(500);

  const lost: number[] = [];
  let repeats = 0;
  for (const { id, lab } of printers) {
    const copies = copiesOn(lab);
    const seen = new Set<number>();
    let last = -1;
    for (const { ticket, marked } of copies) {
      if (seen.has(ticket)) {
        repeats += 1;
        expect({ seed, ticket, marked }).toEqual({ seed, ticket, marked: true });
      } else {
        expect({ seed, ticket, after: last, inOrder: ticket > last }).toEqual({
          seed,
          ticket,
          after: last,
          inOrder: true,
        });
      }
      seen.add(ticket);
      last = ticket;
    }
    for (const [job, { printer, ticket }] of asked) {
      if (printer.id !== id || seen.has(ticket)) continue;
      // Told to everybody: this printer took it and has not said what became of it.
      if (room.job(job).reason !== 'status_silent') lost.push(ticket);
    }
    expect({ seed, errors: lab.errors() }).toEqual({ seed, errors: [] });
  }
  expect({ seed, lost }).toEqual({ seed, lost: [] });
  expect(repeats).toBeGreaterThan(0);

  const openings = printers[5]?.lab.drawerOpenings().length ?? 0;
  const mayHaveOpened = pulses.filter((id) => !['too_late', 'restart'].includes(room.job(id).reason ?? '')).length;
  expect(openings).toBeLessThanOrEqual(pulses.length);
  expect(mayHaveOpened).toBeLessThanOrEqual(pulses.length);
  await room.close();
}

test('500 tickets through faults of every kind, kills and restarts: none lost, no repeat unmarked, order kept', async () => {
  await evening(20250618, 500);
}, 90_000);

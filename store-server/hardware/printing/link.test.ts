import { afterEach, expect, test } from 'vitest';
import { plainText } from '../lab/slip.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../lab/virtual-printer.ts';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import { createPrinterLink, type PrinterLink } from './link.ts';
import { type LinkEvent, type LinkState, type LinkStateName, linkMoves, nextState } from './supervisor.ts';
import { cut, text } from './ticket.ts';
import type { WireTimeouts } from './wires/tcp.ts';

const timeouts: WireTimeouts = { connectMs: 300, statusMs: 150, stallMs: 300, settleMs: 40, goodbyeMs: 200 };
const lab = printerModelById('fynlo-lab-80') as PrinterModel;
const generic = printerModelById('generic-escpos-80') as PrinterModel;
const slip = (words: string) => [text(words), cut()];

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
const printer = async (): Promise<VirtualPrinter> => {
  const made = await createVirtualPrinter({ clock: { now: () => 0 } });
  cleanUps.push(() => made.close());
  return made;
};
const linkTo = (address: string, model = lab, states: LinkState[] = []): PrinterLink => {
  let ticks = 0;
  const link = createPrinterLink({
    address,
    model,
    timeouts,
    now: () => ++ticks,
    onState: (state) => states.push(state),
  });
  cleanUps.push(() => link.close());
  return link;
};
const words = (from: VirtualPrinter) => from.papers().map((paper) => plainText(paper.slip).trim());

test('slips asked for at once come out one after the other, in the order asked', async () => {
  const kitchen = await printer();
  const link = linkTo(kitchen.address);
  const asked = Array.from({ length: 20 }, (_, at) => `slip ${at}`);
  const outcomes = await Promise.all(asked.map((each) => link.print(slip(each), { fresh: true })));
  expect(outcomes.every((outcome) => outcome.kind === 'done' && outcome.confirmed)).toBe(true);
  expect(words(kitchen)).toEqual(asked);
});

test('its state tells the story: knocking, busy, ready, and why not', async () => {
  const kitchen = await printer();
  const states: LinkState[] = [];
  const link = linkTo(kitchen.address, lab, states);
  expect(link.state().name).toBe('absent');
  await link.print(slip('one'), { fresh: true });
  await kitchen.set({ paper: 'out' });
  await link.print(slip('two'), { fresh: true });
  expect(states.map(({ name, reason }) => (reason ? `${name} ${reason}` : name))).toEqual([
    'connecting',
    'busy',
    'ready',
    'connecting',
    'faulted paper_out',
  ]);
  await kitchen.set({ paper: 'ok' });
  expect(await link.check()).toMatchObject({ reachable: true, status: { paper: 'ok' } });
  expect(link.state().name).toBe('ready');
});

test('a new address counts at once: a job knocking at a dead door is set free, and what waits goes to the new one', async () => {
  const [oldOne, newOne] = [await printer(), await printer()];
  await oldOne.set({ stalled: true });
  const link = createPrinterLink({
    address: oldOne.address,
    model: lab,
    timeouts: { ...timeouts, statusMs: 30_000 },
    now: () => 0,
  });
  cleanUps.push(() => link.close());
  const first = link.print(slip('first'), { fresh: true });
  const second = link.print(slip('second'), { fresh: true });
  await expect.poll(() => link.state().name).toBe('connecting');

  link.point({ address: newOne.address, model: lab });
  expect(await first).toEqual({ kind: 'failed', reason: 'cancelled', retryable: true });
  expect(await second).toEqual({ kind: 'done', confirmed: true });
  expect(words(newOne)).toEqual(['second']);
  expect(words(oldOne)).toEqual([]);
});

test('an address that leads out of the house fails each job without a packet', async () => {
  const link = linkTo('tcp://8.8.8.8:9100');
  expect(await link.print(slip('x'), { fresh: true })).toEqual({
    kind: 'failed',
    reason: 'bad_address',
    retryable: false,
  });
  expect(await link.check()).toEqual({ reachable: false, reason: 'bad_address' });
});

test('a printer without status can be knocked at without printing', async () => {
  const bar = await createVirtualPrinter({ clock: { now: () => 0 }, model: generic });
  cleanUps.push(() => bar.close());
  const link = linkTo(bar.address, generic);
  expect(await link.check()).toEqual({ reachable: true, status: 'unknown' });
  expect(bar.bytesRead()).toBe(0);
  expect(await link.print(slip('x'), { fresh: true })).toEqual({ kind: 'done', confirmed: false });
  await bar.set({ refusing: true });
  expect(await link.check()).toEqual({ reachable: false, reason: 'refused' });
});

test('closing waits for nothing that has not begun', async () => {
  const kitchen = await printer();
  await kitchen.set({ stalled: true });
  const link = linkTo(kitchen.address);
  const waiting = [link.print(slip('a'), { fresh: true }), link.print(slip('b'), { fresh: true })];
  await link.close();
  const outcomes = await Promise.all(waiting);
  expect(outcomes.map((outcome) => outcome.kind === 'failed' && outcome.reason)).toEqual(['cancelled', 'cancelled']);
});

test('the table of states has no dead end and no stray move', () => {
  const events: LinkEvent[] = [
    { kind: 'dial' },
    { kind: 'send' },
    { kind: 'well' },
    { kind: 'trouble', reason: 'reset' },
    { kind: 'moved' },
  ];
  for (const name of Object.keys(linkMoves) as LinkStateName[]) {
    const from: LinkState = { name, reason: null, since: 0 };
    const reached = events.map((event) => nextState(from, event, 1));
    expect(reached.some((state) => state !== from)).toBe(true);
    expect(reached.every((state) => state.name in linkMoves)).toBe(true);
  }
  expect(nextState({ name: 'ready', reason: null, since: 0 }, { kind: 'send' }, 1)).toMatchObject({
    name: 'ready',
    since: 0,
  });
});

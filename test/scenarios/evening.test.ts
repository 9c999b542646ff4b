import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LedgerTotal, ledgerTotals, sumOf } from '../../store-server/features/ledger/index.ts';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { heardIn } from './evening/sockets.ts';
import { printers } from './evening/stage.ts';
import { silent } from './evening/telling.ts';
import { venueIn } from './evening/venues.ts';
import { type Evening, playEvening } from './evening.ts';

let store: TestStore;
let evening: Evening;
const papers = new Map<string, string[]>();

beforeAll(async () => {
  store = await openStore();
  evening = await playEvening(venueIn(store), {
    ...silent,
    paper: (printer, text) => papers.set(printer, [...(papers.get(printer) ?? []), text]),
  });
}, 30_000);
afterAll(async () => {
  evening?.stage.people.goHome();
  await store.close();
});

const words = (printer: string, nth: number): string[] =>
  (papers.get(printer)?.[nth] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());

test('the grill reads the allergy before anything else, then its own dishes with every choice and note', () => {
  expect(words(printers.grill, 0)).toEqual([
    ' ALLERGY',
    ' SEAT 2: PEANUTS, NUTS',
    ' - carries a pen',
    'TABLE 7',
    'Order 1  4 covers                          19:00',
    'Sofia R.                                   Grill',
    '================================================',
    'MAINS',
    '1 x RIBEYE 10  (seat 1)',
    '  - MED RARE',
    '  - O.RINGS',
    '  - PEPPERCORN',
    '  - GARLIC BTR',
    '1 x HARBOUR BGR  (seat 2)',
    '   ! ALLERGY: PEANUTS, NUTS',
    '  - CHIPS',
    '  - +BACON',
    '  - NO ONION',
    '   > sauce on the side',
    '------------------------------------------------',
    'Also at: Kitchen',
  ]);
});

test('every station got the slips it had to get and no other', () => {
  const counts = Object.values(printers).map((printer) => [printer, papers.get(printer)?.length ?? 0]);
  expect(Object.fromEntries(counts)).toEqual({
    [printers.grill]: 1,
    [printers.kitchen]: 2,
    [printers.cold]: 0,
    [printers.bar]: 1,
    // Bill, two receipts, refund, cash out, Z.
    [printers.till]: 6,
  });
  for (const printer of Object.values(printers)) expect(store.printer(printer).errors()).toEqual([]);
});

test('the void slip says at the top that the dish is not to be made', () => {
  expect(
    words(printers.kitchen, 1)
      .map((line) => line.trim())
      .slice(0, 2),
  ).toEqual(['VOID', 'DO NOT MAKE']);
  expect(words(printers.kitchen, 1)).toContain('Why: Guest changed her mind');
});

test('the figures of the evening are these, to the penny', () => {
  const { order, takings, z } = evening;
  expect(order).toMatchObject({
    order_number: 1,
    items_total: 98.35,
    subtotal: 81.96,
    tax_amount: 16.39,
    service_charge: 12.29,
    total_amount: 110.64,
  });
  expect(takings).toMatchObject({ cash: 5532, card: 5532, tip: 600, refund: { amount: 2250, vat: 333 }, milk: 340 });
  expect(z).toMatchObject({ number: 1, cash: { expected: 179.42, counted: 179.32, difference: -0.1 } });
});

test('the ledger holds the very same money as the Z report', () => {
  const { z } = evening;
  const totals = ledgerTotals(store.server.core.connection(), { sessionId: z.session_id });
  const held = (fits: (total: LedgerTotal) => boolean): number => sumOf(totals, fits) / 100;
  const account = (name: string) => held((total) => total.account === name);
  expect(held((total) => total.account === 'vat' && total.kind === 'sale')).toBe(-z.sales.vat);
  expect(account('sales_net')).toBe(-z.sales.net);
  expect(account('service_charge')).toBe(-z.sales.service_charge);
  expect(account('tips')).toBe(-z.tips);
  expect(account('card')).toBe(z.tenders[0].taken + z.tips);
  expect(held(({ account: name, kind }) => name === `cash:${z.session_id}` && kind === 'payment')).toBe(z.cash.sales);
  expect(held(({ account: name, kind }) => name === `cash:${z.session_id}` && kind === 'refund')).toBe(-z.cash.refunds);
  expect(account('cash_out')).toBe(z.cash.cash_out);
  expect(account('cash_over_short')).toBe(-z.cash.difference);
  expect(account(`cash:${z.session_id}`)).toBe(0);
  expect(account('open_checks')).toBe(0);
  expect(checkMoney(store.server.core.connection())).toEqual([]);
});

test('nobody else was there, so each socket heard the evening and nothing besides', () => {
  const { kitchen, pos, management } = evening.stage.ears;
  expect(kitchen.facts()).toEqual(heardIn.kitchen);
  // Sofia's iPad slept after the first firing; the socket that it woke up with heard the rest.
  expect(pos.facts()).toEqual(heardIn.pos.slice(heardIn.pos.indexOf('order.fired') + 1));
  const people = /^(device\.|staff\.|approval\.)/;
  // The drawer says that it opened when it has, whatever else happens meanwhile: cash sale, refund, milk.
  const [pulses, happenings] = [/^drawer\.pulsed$/, management.facts().filter((fact) => !people.test(fact))];
  expect(happenings.filter((fact) => !pulses.test(fact))).toEqual(heardIn.management);
  expect(happenings.filter((fact) => pulses.test(fact))).toHaveLength(3);
  expect(management.facts().filter((fact) => people.test(fact))).toEqual([
    ...Array.from({ length: 4 }, () => ['staff.device_code_made', 'device.registered', 'staff.signed_in']).flat(),
    'approval.granted',
  ]);
});

test('money in the drawer is told to managers only, for Grace has to count it blind', () => {
  const { kitchen, pos, management } = evening.stage.ears;
  const told = (frames: typeof pos.frames) => JSON.stringify(frames).match(/expected_minor|difference_minor/g) ?? [];
  expect(told(kitchen.frames)).toEqual([]);
  expect(told(pos.frames)).toEqual([]);
  expect(told(management.frames).length).toBeGreaterThan(0);
});

test('after a restart the evening is still there, and the Z is word for word the same', async () => {
  const { order, z, stage } = evening;
  stage.people.goHome();
  store = await store.restart();
  const marcus = await store.signedIn('manager@demo.test', 'demo-manager-1');
  expect(await marcus.must('GET', `pos/sessions/${z.session_id}/z-report`)).toEqual(z);
  const again = await marcus.must('GET', `orders/${order.id}`);
  expect(again).toMatchObject({ check_status: 'closed', payment_status: 'partially_refunded', refunded_amount: 22.5 });
  expect(checkMoney(store.server.core.connection())).toEqual([]);
  expect(store.complaints).toEqual([]);
});

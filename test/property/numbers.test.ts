import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { type Dice, dice } from './dice.ts';
import { type Line, line } from './line.ts';
import { removePrinters } from './remove-printers.ts';
import { say, seed, tier } from './tier.ts';

/**
 * Call numbers and Z numbers are for people and for the tax office: none is missing and none is there twice, whatever
 * is refused, lost or done at once, and across the hour at which one day becomes the next.
 */

const { runs, once } = tier({ ci: 40, long: 400 });
/** Requests at once in each round. */
const AT_ONCE = 30;
const TILLS = 4;
const DAY = 86_400_000;
/** Four in the morning of British summer time, in ms of the UTC day. */
const DAY_END = 3 * 3_600_000;

let store: TestStore;
let manager: ApiClient;
let wire: Line;

beforeAll(async () => {
  store = await openStore({ perSecond: 1_000_000, at: '2025-06-18T20:00:00Z' });
  await removePrinters(store);
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  for (let n = 1; n < TILLS; n += 1) await manager.must('POST', 'pos/tills', { name: `Till ${n + 1}` });
  wire = line(store.server.port);
});
afterAll(async () => {
  wire?.close();
  await store?.close();
});

interface Numbered {
  readonly day: string;
  readonly number: number;
}

async function product(): Promise<number> {
  const listed = (await manager.must('GET', 'products/mobile')) as { id: number; needs_choice: boolean }[];
  return listed.find(({ needs_choice }) => !needs_choice)?.id ?? 0;
}

/** One order in one of many ways: some are refused after their number was as good as taken, some are never heard of. */
async function order(at: Dice, product_id: number): Promise<Numbered | null> {
  const kind = at.between(0, 9);
  const items = [{ product_id: kind === 0 ? 999_999 : product_id, quantity: kind === 1 ? 0 : 1 }];
  const path = '/api/v1/orders';
  const body = kind < 7 ? { items, order_type: 'takeaway' } : { order_type: 'counter' };
  const headers = { Authorization: `Bearer ${manager.token}`, 'Idempotency-Key': at.uuid() };
  const sending = { method: 'POST', path, body, headers };
  const heard = kind === 2 ? await wire.sendAndDrop(sending, at.between(0, 4)) : await wire.send(sending);
  if (heard === null || heard.status !== 201) return null;
  const { data } = JSON.parse(heard.text);
  return { day: data.business_day, number: data.order_number };
}

/** A drawer is opened, counted and closed; on some of them somebody else tries the same at the same time. */
async function drawer(at: Dice, till: number): Promise<number | null> {
  const { uuid } = await manager.must('POST', 'pos/sessions', { config_id: till, opening_float: 100 });
  await manager.post(`pos/sessions/${uuid}/count`, { counted_amount: 100, closing: true });
  const close = () => manager.post(`pos/sessions/${uuid}/close`, { carry_over: at.chance(0.9) });
  const answers = await Promise.all(at.chance(0.3) ? [close(), close()] : [close()]);
  const closed = answers.filter(({ status }) => status === 200);
  expect(closed.length).toBeLessThan(2);
  return closed[0]?.body.data.z_number ?? null;
}

const fromOne = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
const column = (sql: string, ...values: string[]): number[] =>
  store.server.core
    .connection()
    .sqlite.prepare(sql)
    .pluck()
    .all(...values) as number[];

test(
  'call numbers and Z numbers have no gap, whatever is refused, lost or done at once, and when the day changes',
  once,
  async () => {
    const at = dice(seed);
    const dish = await product();
    const heard: Numbered[] = [];
    const zHeard: number[] = [];
    for (let round = 0; round < runs; round += 1) {
      const tills = fromOne(TILLS).map(async (till) => {
        const number = await drawer(at, till);
        if (number !== null) zHeard.push(number);
      });
      const orders = Array.from({ length: AT_ONCE }, async () => {
        const numbered = await order(at, dish);
        if (numbered !== null) heard.push(numbered);
      });
      // Four o'clock in the morning comes while all this is under way; sometimes the clock is put back a little, too.
      if (round % 5 === 4) store.clock.jump(DAY_END - (store.clock.now() % DAY) - 5);
      if (round % 7 === 6) store.clock.jump(-90_000);
      await Promise.all([...orders, ...tills]);
      if (round % 5 === 3) {
        const now = store.clock.now() % DAY;
        store.clock.jump(DAY_END - 60_000 - now + (now < DAY_END - 60_000 ? 0 : DAY));
        manager.token = (await store.signedIn('manager@demo.test', 'demo-manager-1')).token;
      }
    }

    const { sqlite } = store.server.core.connection();
    const days = sqlite.prepare('SELECT DISTINCT business_day FROM orders ORDER BY alias').pluck().all() as string[];
    expect(days.length).toBeGreaterThan(runs / 20);
    expect(days).toEqual([...new Set(days)].sort());
    for (const day of days) {
      const numbers = column('SELECT order_number FROM orders WHERE business_day = ? ORDER BY alias', day);
      expect([day, numbers]).toEqual([day, fromOne(numbers.length)]);
    }
    const aliases = column('SELECT alias FROM orders ORDER BY alias');
    expect(aliases).toEqual(fromOne(aliases.length));
    expect(new Set(heard.map(({ day, number }) => `${day} ${number}`)).size).toBe(heard.length);

    const zs = column('SELECT number FROM z_report ORDER BY made_at, number');
    expect([...zs].sort((a, b) => a - b)).toEqual(fromOne(zs.length));
    expect(zHeard.sort((a, b) => a - b)).toEqual(fromOne(zs.length));
    // The series follows the journal, not the clock, which may be put back.
    const told = column(
      `SELECT json_extract(body, '$.z_number') FROM journal_part WHERE kind = 'shift.z_report_made' ORDER BY seq`,
    );
    expect(told).toEqual(fromOne(zs.length));
    say('numbers', { orders: aliases.length, days: days.length, heard: heard.length, 'Z reports': zs.length });
  },
);

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LongRead } from '../../store-server/db/long-read.ts';
import { longReads } from '../../store-server/features/reports/index.ts';
import { createLongReads, type LongReads } from '../../store-server/long-reads.ts';
import { folderWithHistory } from '../bench/kit/bulk.ts';
import type { ApiClient } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';

/** A day of 601 settled checks, which is more than the loop adds up itself. */
let store: TestStore;
let manager: ApiClient;
let day: string;
beforeAll(async () => {
  const dataDir = await folderWithHistory(600, { isOneDay: true });
  store = await openStore({ dataDir, at: new Date().toISOString() });
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const { sqlite } = store.server.core.connection();
  day = sqlite.prepare<[], string>('SELECT max(settled_day) FROM orders').pluck().get() as string;
});
afterAll(() => store.close());

/** Every thread that a test started. */
let threads: Worker[];
const count = (thread: Worker): void => void threads.push(thread);
let own: LongReads | undefined;
beforeEach(() => {
  threads = [];
  process.on('worker', count);
});
afterEach(async () => {
  process.off('worker', count);
  await own?.close();
  own = undefined;
});

const named = (name: string) => longReads.find((one) => one.name === name) as LongRead<unknown>;
const report = named('reports.day');
const check = named('reports.check_day');
const asked = () => ({ day, now: 1_750_269_600_000 });
const onTheSpot = (long: LongRead<unknown>, input: unknown) => long.read(store.server.core.connection(), input);
type Deps = Parameters<typeof createLongReads>[0];
function ownReads(other: Partial<Deps> = {}): LongReads {
  own = createLongReads({ file: join(store.dataDir, 'store.db'), log: () => undefined, ...other });
  return own;
}
const unavailable = { code: 'SERVICE_UNAVAILABLE' };

test('a report whose thread dies is refused with a word to try again, and the next one comes', async () => {
  process.once('worker', (thread) => void thread.terminate());
  const { status, body } = await manager.get(`reports/daily-sales?date=${day}`);
  expect([status, body.error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect((await manager.must('GET', `reports/daily-sales?date=${day}`)).summary.total_orders).toBe(601);
  expect(threads).toHaveLength(2);
});

test('a manager who has just closed a check finds it in the report of a busy day', async () => {
  for (let n = 1; n <= 3; n += 1) {
    const { id } = await manager.must('POST', 'orders', { order_type: 'takeaway' });
    const lines = [{ product_id: 1, quantity: 1 }];
    const order = await manager.must('POST', `orders/${id}/lines`, { lines });
    const payment = { method: 'card', amount: order.amount_due, reference: 'none' };
    await manager.must('POST', `orders/${id}/payments`, payment);
    const { summary } = await manager.must('GET', `reports/daily-sales?date=${day}`);
    expect(summary.total_orders).toBe(601 + n);
  }
  const good = { date: day, adds_up: true, broken: [] };
  expect(await manager.must('GET', `reports/ledger-check?date=${day}`)).toEqual(good);
  // All by the thread that the test before has left.
  expect(threads).toEqual([]);
});

test('a busy day says the same, whoever adds it up', async () => {
  const { readAside } = ownReads();
  const live = onTheSpot(report, asked());
  expect(live).toMatchObject({ summary: { day, orders: 604 } });
  expect(await readAside(report, asked())).toEqual(live);
  expect([await readAside(check, day), onTheSpot(check, day)]).toEqual([[], []]);
  const { sqlite } = store.server.core.connection();
  const bend = sqlite.prepare('UPDATE payment SET amount_minor = amount_minor + ? WHERE alias = 1000');
  bend.run(1);
  const broken = await readAside(check, day);
  bend.run(0);
  expect(broken).toEqual(onTheSpot(check, day));
  expect(broken).not.toEqual([]);
  bend.run(-1);
  expect(threads).toHaveLength(1);
});

test('a quiet day is added up on the spot', async () => {
  const { restaurant } = (await manager.must('GET', 'reports/daily-sales?date=2020-01-01')).report_info;
  await manager.must('GET', 'reports/ledger-check?date=2020-01-01');
  expect([typeof restaurant, threads.length]).toEqual(['string', 0]);
});

test('reads wait for each other; one that dies under way or takes too long does not take the others with it', async () => {
  const { readAside } = ownReads();
  const three = [1, 2, 3].map(() => readAside(check, day));
  await turn();
  await turn();
  await threads[0]?.terminate();
  await expect(three[0]).rejects.toMatchObject(unavailable);
  expect(await Promise.all(three.slice(1))).toEqual([[], []]);
  expect(threads).toHaveLength(2);
  await own?.close();

  const hasty = ownReads({ limitMs: 1 }).readAside;
  await expect(hasty(check, day)).rejects.toMatchObject(unavailable);
});

test('whoever reads while the database is exchanged is told to ask again, and then reads the new one', async () => {
  const { readAside, rest } = ownReads();
  const refused = expect(readAside(check, day)).rejects.toMatchObject(unavailable);
  await turn();
  await rest();
  await refused;
  expect(await readAside(check, day)).toEqual([]);
  await rest();
  expect(await readAside(check, day)).toEqual([]);
  expect(threads).toHaveLength(3);
});

test('whoever asks again and again is told to wait', async () => {
  const { readAside } = ownReads();
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => readAside(report, asked())));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  expect(all.at(-1)).toMatchObject({ reason: unavailable });
  expect(await readAside(check, day)).toEqual([]);
});

test('a thread that has nothing to do leaves, or is lost, and is not missed', async () => {
  const said: string[] = [];
  const { readAside } = ownReads({ idleMs: 200, log: (_level, message) => void said.push(message) });
  await readAside(check, day);
  await new Promise((resolve) => threads[0]?.once('exit', resolve));
  await readAside(check, day);
  await threads[1]?.terminate();
  expect(await readAside(check, day)).toEqual([]);
  expect(threads).toHaveLength(3);
  expect(said).toEqual(['a thread for long reads was given up']);
});

test('a read that cannot be done says why, and a damaged disk is called one', async () => {
  const said: unknown[] = [];
  const log = (_level: string, _message: string, fields: unknown) => void said.push(fields);
  const { readAside } = ownReads({ log });
  await expect(readAside({ ...report, name: 'reports.none' }, null)).rejects.toThrow('there is no long read');
  await expect(readAside(report, { day: 'none', now: 0 })).rejects.toThrow('a business day is a date');
  expect(await readAside(check, day)).toEqual([]);
  expect(threads).toHaveLength(1);
  await own?.close();
  await expect(own?.readAside(check, day)).rejects.toMatchObject(unavailable);

  const damaged = readFileSync(join(store.dataDir, 'store.db'));
  writeFileSync(join(store.dataDir, 'damaged.db'), damaged.fill(255, damaged.length / 2));
  const bent = ownReads({ log, file: join(store.dataDir, 'damaged.db') });
  await expect(bent.readAside(check, day)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
  await bent.close();

  const nowhere = ownReads({ log, file: join(store.dataDir, 'none.db') }).readAside;
  await expect(nowhere(check, day)).rejects.toMatchObject(unavailable);
  expect(JSON.stringify(said)).toMatch(/malformed.*unable to open database file/s);
});

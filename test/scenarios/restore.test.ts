import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doTask } from '../../store-server/backups/tasks.ts';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { verifyChain } from '../../store-server/journal/verify.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { type People, type Person, peopleOf } from '../harness/people.ts';

/** A restaurant that goes back to a backup while it is open, and the iPads that follow it there. */

let store: TestStore;
let people: People;
let manager: Person;
let sofia: Person;

beforeAll(async () => {
  store = await openStore();
  people = peopleOf({ host: '127.0.0.1', port: store.server.port });
  manager = await people.atDesk('manager@demo.test', 'demo-manager-1');
  sofia = await (await people.ipad('Bar iPad', manager)).signIn('Sofia', '2468');
});
afterAll(async () => {
  people.goHome();
  await store.close();
});

const takeaway = { order_type: 'takeaway', items: [{ product_id: 1, quantity: 1 }] };

test('going back to a backup undoes what came after it, and every iPad hears of it and goes on', async () => {
  const before = await sofia.does('POST', 'orders', takeaway);
  const backup = await manager.does('POST', 'backups');
  expect(backup).toMatchObject({ places: ['own'], contents: { orders: 1, orders_to: before.order_number } });

  const ear = await sofia.hears('general');
  const lost = await sofia.does('POST', 'orders', takeaway);
  await ear.next(({ data }) => data.order_id === lost.id);
  const cursor = ear.cursor();
  expect(cursor).toBeDefined();

  const preview = await manager.does('POST', `backups/${backup.id}/preview`);
  expect(preview.lost).toMatchObject({ orders: 1, payments: 0 });
  const { head_seq: headBefore } = (await manager.api.get('/health')).body;
  const wrong = await manager.api.post(`backups/${backup.id}/restore`, { store_name: 'Somewhere else' });
  expect([wrong.status, wrong.body.error.field]).toEqual([422, 'store_name']);
  expect((await manager.api.get('/health')).body.head_seq).toBeGreaterThanOrEqual(headBefore);

  const name = preview.restaurant;
  const restored = await manager.does('POST', `backups/${backup.id}/restore`, { store_name: name }, { key: 'go-back' });
  expect(restored).toMatchObject({ cause: 'by_hand', snapshot: backup.id, staff_id: manager.id });

  const resync = await ear.next('resync');
  expect(resync.data).toMatchObject({ reason: 'other_epoch', epoch: restored.epoch });
  expect((await sofia.api.get(`orders/${lost.id}`)).status).toBe(404);
  expect((await sofia.api.get(`orders/${before.id}`)).status).toBe(200);

  // The number that was called out for it comes to stand for no other.
  const next = await sofia.does('POST', 'orders', takeaway);
  expect(next.order_number).toBe(lost.order_number + 1);
  const heard = await ear.next(({ data }) => data?.order_id === next.id);
  expect(heard.seq).toBeGreaterThan(resync.data.head);
  const late = await sofia.hears('general', cursor);
  expect(late.frames.find(({ type }) => type === 'resync')?.data).toMatchObject({ reason: 'other_epoch' });

  const again = await manager.api.post(`backups/${backup.id}/restore`, { store_name: name }, { key: 'go-back' });
  expect([again.status, again.headers['idempotency-replayed'], again.body.data.epoch]).toEqual([
    200,
    'true',
    restored.epoch,
  ]);
  expect((await sofia.api.get(`orders/${next.id}`)).status).toBe(200);
  expect((await manager.api.get('/health')).body.notice).toBe(restored.sentence);
  expect(verifyChain(store.server.core.connection())).toMatchObject({ ok: true });
  expect(store.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('what is on paper, or known to an older iPad, by a number keeps it, however often the restaurant goes back', async () => {
  const bar = await openStore();
  const client = await bar.signedIn('manager@demo.test', 'demo-manager-1');
  const { restaurant } = await client.must('GET', 'settings');
  const closeDay = async (): Promise<number[]> => {
    const session = await client.must('POST', 'pos/sessions', { config_id: 1, opening_float: 50 });
    const sale = await client.must('POST', 'orders', takeaway);
    const payment = { method: 'card', amount: sale.amount_due, reference: 'none' };
    await client.must('POST', `orders/${sale.id}/payments`, payment);
    await client.must('POST', `pos/sessions/${session.uuid}/count`, { counted_amount: 50 });
    await client.must('POST', `pos/sessions/${session.uuid}/close`, { carry_over: true });
    const last = bar.server.core.connection().sqlite.prepare(
      `SELECT (SELECT max(alias) FROM orders), (SELECT max(order_number) FROM orders), (SELECT max(alias) FROM payment),
         (SELECT max(alias) FROM pos_session), (SELECT max(number) FROM z_report)`,
    );
    return last.raw().get() as number[];
  };
  const first = await closeDay();
  const backup = await client.must('POST', 'backups');
  const seen = [first];
  const goBack = () => client.must('POST', `backups/${backup.id}/restore`, { store_name: restaurant.name });
  for (let time = 0; time < 3; time += 1) {
    seen.push(await closeDay());
    await goBack();
  }
  await goBack();
  seen.push(await closeDay());
  for (const [at, numbers] of seen.entries()) expect(numbers).toEqual(first.map((number) => number + at));
  expect(checkMoney(bar.server.core.connection())).toEqual([]);
  await bar.close();
});

test('who goes back, trades on and then comes back to what was before is told what that trade was, and no number stands twice', async () => {
  const bar = await openStore();
  const client = await bar.signedIn('manager@demo.test', 'demo-manager-1');
  const { restaurant } = await client.must('GET', 'settings');
  const backup = await client.must('POST', 'backups');
  for (let n = 0; n < 9; n += 1) await client.must('POST', 'orders', takeaway);
  const goTo = (id: string) => client.must('POST', `backups/${id}/restore`, { store_name: restaurant.name });
  const { safety_backup } = await goTo(backup.id);
  const between = await client.must('POST', 'orders', takeaway);
  expect(between.order_number).toBe(10);
  const { seq: head } = bar.server.core.head();
  // The safety backup is further on than what is left now, and knows nothing of it; what both have is not lost.
  const { lost, sentence } = await client.must('POST', `backups/${safety_backup}/preview`);
  expect(lost).toMatchObject({ orders: 1, entries: head - backup.contents.head_seq });
  expect(sentence).toContain('You will lose 1 order and 0 payments made since.');
  expect(await goTo(safety_backup)).toMatchObject({ lost_from: backup.contents.head_seq + 1, lost_to: head });
  expect((await client.must('POST', 'orders', takeaway)).order_number).toBe(11);
  await bar.close();
});

test.each([
  ['before the next backup: what was recorded since is lost, and that is said', false],
  ['after the next backup, which comes before any of what was left behind', true],
])('the database is damaged after going back, %s', async (_, isBackedUp) => {
  let bar = await openStore();
  let client = await bar.signedIn('manager@demo.test', 'demo-manager-1');
  const { restaurant } = await client.must('GET', 'settings');
  const backup = await client.must('POST', 'backups');
  for (let n = 0; n < 9; n += 1) await client.must('POST', 'orders', takeaway);
  await client.must('POST', `backups/${backup.id}/restore`, { store_name: restaurant.name });
  const after = await client.must('POST', 'orders', takeaway);
  if (isBackedUp) await bar.server.snapshot();
  await bar.server.stop();
  truncateSync(join(bar.dataDir, 'store.db'), 20_000);
  bar = await bar.restart();
  client = await bar.signedIn('manager@demo.test', 'demo-manager-1');
  const { notice } = await client.must('GET', 'health');
  // Its slip may have come out since, which is an entry too.
  if (isBackedUp)
    expect(notice).toMatch(/Nothing that was recorded is lost\.|is lost \(entr(y|ies) [1-9]\d+( to \d+)?\)\./);
  else expect(notice).toMatch(/is lost \(entries 1 to \d+\)\./);
  expect((await client.ask('GET', `orders/${after.id}`)).status).toBe(isBackedUp ? 200 : 404);
  expect((await client.must('POST', 'orders', takeaway)).order_number).toBeGreaterThan(after.order_number);
  await bar.close();
});

test('a backup that was still being made when the restaurant went back to another does not count for what follows', async () => {
  const made = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let isSlow = false;
  const slowly: typeof doTask = async (task) => {
    const result = await doTask(task);
    if (isSlow && task.kind === 'snapshot' && task.occasion !== 'before_restore') {
      made.resolve();
      await gate.promise;
    }
    return result;
  };
  const bar = await openStore({ backups: { doTask: slowly } });
  const client = await bar.signedIn('manager@demo.test', 'demo-manager-1');
  const backup = await client.must('POST', 'backups');
  for (let n = 0; n < 9; n += 1) await client.must('POST', 'orders', takeaway);
  isSlow = true;
  const late = bar.server.snapshot();
  await made.promise;
  const { restaurant } = await client.must('GET', 'settings');
  await client.must('POST', `backups/${backup.id}/restore`, { store_name: restaurant.name });
  gate.resolve();
  await late;
  expect((await client.must('GET', 'backups')).waiting_since).not.toBeNull();
  await bar.close();
});

import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BATCH_CONTENT_TYPE, relayPaths } from '#contract/relay.ts';
import { asOwner } from '../db/cluster.fixture.ts';
import { NOON, openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore, type TestStore } from '../store.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
afterAll(() => at?.stop());

async function joined(): Promise<TestStore> {
  const store = createTestStore(at);
  expect((await store.join(await at.claimCode())).status).toBe(201);
  return store;
}

async function daysOf(store: TestStore) {
  const path = `/api/v1/platform/restaurants/${store.id}/days?from=2025-06-01&to=2025-06-30`;
  return (await at.call(`GET ${path}`, { token: await at.signIn() })).data;
}

const head = (store: TestStore) => ({ acked_seq: store.entries.length, acked_hash: store.entries.at(-1)?.hash });

test('an evening arrives in batches and the owner reads its totals', async () => {
  const store = await joined();
  for (let n = 0; n < 30; n += 1) store.sell(1000 + n, { tipMinor: 50 });
  expect(await store.send(store.batch(1, 20))).toMatchObject({ status: 200, data: { acked_seq: 20 } });
  expect((await store.send(store.batch(21))).data).toEqual(head(store));

  const { restaurant, days } = await daysOf(store);
  expect(restaurant.detail).toMatchObject({ acked_seq: 30, unread_facts: 0, orphaned_entries: 0 });
  expect(days).toEqual([
    expect.objectContaining({
      business_day: '2025-06-18',
      currency: 'GBP',
      orders: 30,
      covers: 60,
      sales_minor: 30_435,
      tips_minor: 1500,
      tenders: [{ method: 'card', payments: 30, taken_minor: 30_435, tip_minor: 1500, refunded_minor: 0 }],
    }),
  ]);
});

test('batches that come again, overlap or are cut anew change nothing twice', async () => {
  const store = await joined();
  for (let n = 0; n < 12; n += 1) store.sell(500);
  await store.send(store.batch(1, 5));
  expect((await store.send(store.batch(1, 5))).data).toMatchObject({ acked_seq: 5 });
  expect((await store.send(store.batch(3, 8))).data).toMatchObject({ acked_seq: 8 });
  expect((await store.send(store.batch(2, 4))).data).toMatchObject({ acked_seq: 8 });
  await Promise.all([store.send(store.batch(1)), store.send(store.batch(9)), store.send(store.batch(7, 11))]);
  expect((await store.send(store.batch(1))).data).toEqual(head(store));
  const { days } = await daysOf(store);
  expect(days[0]).toMatchObject({ orders: 12, sales_minor: 6000 });
});

test('a gap is answered with the entry that is missing', async () => {
  const store = await joined();
  for (let n = 0; n < 6; n += 1) store.sell(100);
  await store.send(store.batch(1, 2));
  expect(await store.send(store.batch(5))).toMatchObject({
    status: 409,
    code: 'BATCH_GAP',
    details: { expected_seq: 3 },
  });
});

test('another history is answered with where they part, and nothing of it is taken', async () => {
  const store = await joined();
  for (let n = 0; n < 4; n += 1) store.sell(100);
  const held = store.entries;
  await store.send(store.batch(1));
  const other = createTestStore(at, store.id);
  for (let n = 0; n < 6; n += 1) other.sell(900);
  const forged = { ...other.batch(1), epoch: store.epoch };
  expect(await store.send(forged)).toMatchObject({
    status: 409,
    code: 'CHAIN_FORKED',
    details: { seq: 1, hash: held[0]?.hash },
  });
  expect(await store.send({ ...other.batch(5), epoch: store.epoch })).toMatchObject({
    code: 'CHAIN_FORKED',
    details: { seq: 4, hash: held[3]?.hash },
  });
  expect((await daysOf(store)).days[0]).toMatchObject({ orders: 4 });
});

test('what was altered, swapped, cut or is no batch at all is refused whole', async () => {
  const store = await joined();
  for (let n = 0; n < 4; n += 1) store.sell(100);
  const good = store.batch(1);
  const [first, second, ...rest] = good.entries;
  if (first === undefined || second === undefined) throw new Error('no entries');
  const altered = first.parts.map((part) => ({ ...part, body: part.body?.replace('100', '999') ?? null }));
  const broken = async (batch: unknown) =>
    expect(await store.send(batch)).toMatchObject({ status: 422, code: 'BATCH_BROKEN' });
  await broken({ ...good, entries: [{ ...first, parts: altered }, second, ...rest] });
  await broken({ ...good, entries: [second, first, ...rest] });
  await broken({ ...good, entries: [first, ...rest] });
  await broken({ ...good, entries: [{ ...first, actor_id: 'somebody else' }, second, ...rest] });
  await broken({ ...good, entries: [] });
  await broken({ ...good, format: 2 });
  await broken({});
  const whole = zstdCompressSync(JSON.stringify(good));
  for (const bytes of [whole.subarray(0, whole.length - 20), Buffer.from('not zstd'), zstdCompressSync('{"format":1')])
    expect(await store.sendBytes(bytes)).toMatchObject({ status: 422, code: 'BATCH_BROKEN' });
  expect((await daysOf(store)).restaurant.detail.acked_seq).toBe(0);
});

test('a batch may be neither too long nor too big, packed or unpacked', async () => {
  const store = await joined();
  for (let n = 0; n < 501; n += 1) store.tell([]);
  expect(await store.send(store.batch(1))).toMatchObject({ status: 413, code: 'BATCH_TOO_BIG' });
  expect((await store.send(store.batch(1, 500))).data).toMatchObject({ acked_seq: 500 });
  const bomb = zstdCompressSync(Buffer.alloc(200 * 1024 * 1024, 32));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await store.sendBytes(bomb)).toMatchObject({ status: 413, code: 'BATCH_TOO_BIG' });
  expect(await store.sendBytes(Buffer.alloc(3 * 1024 * 1024))).toMatchObject({ status: 413, code: 'BATCH_TOO_BIG' });
});

test('only zstd of the right type is read', async () => {
  const store = await joined();
  store.sell(100);
  const body = gzipSync(JSON.stringify(store.batch(1)));
  expect(await store.sendBytes(body, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 415 });
  expect(await store.sendBytes(body, { 'Content-Type': 'application/json' })).toMatchObject({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'A batch has to be packed with zstd and named as a batch.',
    details: { suggestion: `Set the headers Content-Type: ${BATCH_CONTENT_TYPE} and Content-Encoding: zstd.` },
  });
});

test('entries from a clock that runs days ahead wait until it is put right', async () => {
  const store = await joined();
  store.tell([], { now: NOON + 25 * 3_600_000 });
  expect(await store.send(store.batch(1))).toMatchObject({ status: 422, code: 'BATCH_FROM_FUTURE' });
});

test('a batch of another store is refused, whoever sends it', async () => {
  const store = await joined();
  const neighbour = await joined();
  neighbour.sell(100);
  expect(await store.send(neighbour.batch(1))).toMatchObject({ status: 403, code: 'TENANT_MISMATCH' });
});

test('facts of a newer store are kept and counted, and its other members do not disturb', async () => {
  const store = await joined();
  store.tell([
    { kind: 'robot.greeted', body: { guest: 1 } },
    { kind: 'order.settled', version: 2, body: {} },
  ]);
  store.tell([{ kind: 'staff.signed_in', body: {} }]);
  const batch = store.batch(1);
  const newer = { ...batch, weather: 'fine', entries: batch.entries.map((entry) => ({ ...entry, mood: 'calm' })) };
  expect(await store.send(newer)).toMatchObject({ status: 200, data: { acked_seq: 2 } });
  expect((await daysOf(store)).restaurant.detail).toMatchObject({ acked_seq: 2, unread_facts: 2 });
  const kept = await asOwner<{ packed: Buffer }>(at.databaseUrl, 'SELECT packed FROM batch WHERE store_id = $1', [
    store.id,
  ]);
  expect(kept[0]?.packed.equals(zstdCompressSync(JSON.stringify(newer)))).toBe(true);
});

test('texts with a NUL are taken, since a store that wrote one must not be stuck for ever', async () => {
  const store = await joined();
  store.tell([
    {
      kind: 'menu.product_changed',
      entity: 'product',
      entityId: store.id,
      body: {
        product_id: store.id,
        name: 'So\u0000up',
        category_id: store.id,
        price_minor: 500,
        vat_bps: 2000,
        active: true,
      },
    },
  ]);
  expect((await store.send(store.batch(1))).status).toBe(200);
});

test('a restored store goes on from a held entry; what it left behind is shown and counts for nothing', async () => {
  const store = await joined();
  for (let n = 0; n < 10; n += 1) store.sell(1000);
  await store.send(store.batch(1));
  store.restore(6);
  for (let n = 0; n < 3; n += 1) store.sell(7);
  expect((await store.send(store.batch(7))).data).toEqual(head(store));
  const { restaurant, days } = await daysOf(store);
  expect(restaurant.detail).toMatchObject({ acked_seq: 9, orphaned_entries: 4 });
  expect(days[0]).toMatchObject({ orders: 9, sales_minor: 6021 });
  // It is offered back to the store, check by check.
  const offered = await store.signed(relayPaths.leftBehind, {}, Buffer.from('{}'));
  expect(offered.data).toMatchObject({ entries: 4, more: false });
  const [newest, , , oldest] = offered.data.checks;
  expect([newest.number, oldest.number]).toEqual([10, 7]);
  expect(newest).toMatchObject({ total_minor: 1000, payments: [{ method: 'card', amount_minor: 1000 }], lines: [] });
  // The old history is closed: it takes nothing more.
  const revived = { ...store.batch(7), epoch: { ...store.epoch, id: store.epoch.parent_epoch } };
  expect((await store.send(revived)).status).toBe(200);
  store.sell(7);
  expect(await store.send({ ...store.batch(10), epoch: revived.epoch })).toMatchObject({ code: 'CHAIN_FORKED' });
});

test('a restored store whose parent is not held here is told so', async () => {
  const store = await joined();
  for (let n = 0; n < 3; n += 1) store.sell(1000);
  await store.send(store.batch(1));
  store.restore(2);
  store.sell(7);
  const lost = { ...store.batch(3), epoch: { ...store.epoch, parent_hash: 'a'.repeat(64) } };
  expect(await store.send(lost)).toMatchObject({ status: 409, code: 'CHAIN_FORKED', details: { seq: 2 } });
  const orphan = { ...store.batch(3), epoch: { ...store.epoch, parent_seq: null, parent_hash: null } };
  expect(await store.send(orphan)).toMatchObject({ code: 'CHAIN_FORKED', details: { seq: 3 } });
});

test('a store restored beyond what had arrived goes on as if nothing had happened', async () => {
  const store = await joined();
  for (let n = 0; n < 5; n += 1) store.sell(100);
  await store.send(store.batch(1, 2));
  const { epoch } = store;
  store.restore(4);
  store.sell(100);
  expect((await store.send({ ...store.batch(3, 4), epoch })).status).toBe(200);
  expect((await store.send(store.batch(5))).data).toEqual(head(store));
  expect((await daysOf(store)).restaurant.detail).toMatchObject({ orphaned_entries: 0 });
});

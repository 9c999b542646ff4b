import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { dailyReport } from '../../store-server/features/reports/index.ts';
import type { ApiClient } from '../harness/api-client.ts';
import { type OpenStoreOptions, openStore, type TestStore } from '../harness/open-store.ts';
import { peopleOf } from '../harness/people.ts';
import { dice } from '../property/dice.ts';
import { manager, soon, trade } from './floor.ts';
import { HostileProxy } from './hostile-proxy.ts';
import { heldEntries, relayDays } from './read-models.ts';

/** A restaurant and a relay, both as they are in service, over an evening on which the line is down for an hour. */

const HOUR = 3_600_000;
const DAY = '2025-06-18';
let relay: TestRelay;
let line: HostileProxy;
let store: TestStore;
let client: ApiClient;
const folders: string[] = [];

beforeEach(async () => {
  relay = await openRelay({ at: Date.parse('2025-06-18T18:00:00Z') });
  line = await new HostileProxy(relay.relay.url, dice(1)).open();
});
afterEach(async () => {
  await store?.close();
  await line.end();
  await relay.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function attached(options: OpenStoreOptions = {}): Promise<void> {
  store = await openStore({ relay: line.url, claim: await relay.claimCode(), ...options });
  client = await manager(store);
  await arrived();
}
const arrived = () =>
  soon(async () => {
    const { seq, hash } = store.server.core.head();
    const held = await heldEntries(relay.databaseUrl);
    expect([held.seqs.length, held.hash]).toEqual([seq, hash.toString('hex')]);
  });
const dayHere = () => dailyReport(store.server.core.connection(), DAY).summary;
const dayThere = async () => (await relayDays(relay.databaseUrl)).find(({ day }) => day === DAY);

test('orders stream in; after an hour without a line everything is there, once, in order, to the penny', async () => {
  await attached();
  await trade(client, 5);
  await arrived();
  expect((await dayThere())?.sales).toBe(dayHere().salesTotalMinor);

  await line.close();
  for (let quarter = 0; quarter < 4; quarter += 1) {
    await trade(client, 8);
    store.clock.jump(HOUR / 4);
  }
  relay.clock.set(store.clock.now());
  await soon(async () => expect(await client.must('GET', 'relay')).toMatchObject({ state: 'unreachable' }));
  expect((await dayThere())?.orders).toBe(5);

  await line.open();
  await arrived();
  const { seqs } = await heldEntries(relay.databaseUrl);
  expect(seqs).toEqual(seqs.map((_, n) => n + 1));
  const { orders, salesTotalMinor, vatMinor } = dayHere();
  expect(orders).toBe(37);
  expect(await dayThere()).toMatchObject({ orders, sales: salesTotalMinor, vat: vatMinor });

  await client.must('POST', 'reports/seal-day');
  await arrived();
  expect(await dayThere()).toMatchObject({ agrees: true });
});

test('the owner sees what the restaurant says of itself long before its backlog is there', async () => {
  await attached();
  await line.close();
  await trade(client, 20);
  await line.open();
  const token = await relay.signIn();
  await soon(async () => {
    const [restaurant] = (await relay.call('GET /api/v1/platform/restaurants', { token })).data;
    expect(restaurant).toMatchObject({ freshness: 'live' });
    expect(restaurant.live.sales_minor).toBe(dayHere().salesTotalMinor);
  });
  await arrived();
});

test('the owner sees how the store’s computer is: its iPads, its backups, its disk, its clock', async () => {
  await attached({ backups: { disk: { freeBytes: () => 7e9 } } });
  const token = await relay.signIn();
  const seen = async () => (await relay.call('GET /api/v1/platform/restaurants', { token })).data[0];
  const health = async () => (await seen()).health;
  await soon(async () =>
    expect(await health()).toMatchObject({
      ...{ time_zone: 'Europe/London', read_only: false, disk_free_bytes: 7e9 },
      devices: { connected: 0, registered: 0 },
      backup: { made_at: null, waiting_since: expect.any(String), problem: null },
    }),
  );
  expect((await health()).printers).toBe((await client.must('GET', 'hardware/printers')).length);

  const people = peopleOf({ host: '127.0.0.1', port: store.server.port });
  const desk = await people.atDesk('manager@demo.test', 'demo-manager-1');
  const bar = await people.ipad('Bar iPad', desk);
  await people.ipad('Kitchen iPad', desk);
  await (await bar.signIn('Daniel', '9153')).hears('kitchen');
  await desk.hears('management');
  const { made_at } = await client.must('POST', 'backups');
  await soon(async () =>
    expect(await health()).toMatchObject({ devices: { connected: 1, registered: 2 }, backup: { made_at } }),
  );
  people.goHome();
  await trade(client, 1);
  store.clock.jump(5 * 60_000);
  await soon(async () => {
    const { devices, backup, clock_ahead_ms } = await health();
    expect([devices, backup.waiting_since !== null]).toEqual([{ connected: 0, registered: 2 }, true]);
    expect(Math.round(clock_ahead_ms / 60_000)).toBe(5);
  });
});

test('a price that the platform sets is the price in the restaurant, and the platform hears so', async () => {
  await attached();
  const token = await relay.signIn();
  const [restaurant] = (await relay.call('GET /api/v1/platform/restaurants', { token })).data;
  const steak = (await client.must('GET', 'products')).find(({ name }: { name: string }) => name === 'Ribeye 10 oz');
  const menu = (await relay.call(`GET /api/v1/platform/restaurants/${restaurant.id}/menu`, { token })).data;
  const { version } = menu.find(({ id }: { id: string }) => id === steak.uuid);
  const push = (price_minor: number) =>
    relay.call('POST /api/v1/platform/prices', {
      token,
      body: { price_minor, targets: [{ id: restaurant.id, product_id: steak.uuid, base_version: version }] },
    });
  expect((await push(3_333)).status).toBe(201);
  await soon(async () => expect((await client.must('GET', `products/${steak.uuid}`)).price).toBe(33.33));
  const commands = async () =>
    (await relay.call(`GET /api/v1/platform/restaurants/${restaurant.id}/commands`, { token })).data;
  await soon(async () => expect(await commands()).toMatchObject([{ n: 1, state: 'applied' }]));
  // Based on a menu that is no longer so.
  expect((await push(1)).status).toBe(201);
  await soon(async () => expect(await commands()).toMatchObject([{ n: 2, state: 'refused' }, { n: 1 }]));
  expect((await client.must('GET', `products/${steak.uuid}`)).price).toBe(33.33);
});

test('what the restaurant goes back from is left behind in the relay too, and the evening goes on from there', async () => {
  await attached();
  await trade(client, 3);
  const open = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 1 }] });
  const backup = await client.must('POST', 'backups');
  await trade(client, 12);
  await client.must('POST', `orders/${open.id}/payments`, {
    method: 'card',
    amount: open.amount_due,
    reference: 'T-12',
  });
  await arrived();
  expect(await dayThere()).toMatchObject({ orders: 16 });
  const { restaurant } = await client.must('GET', 'settings');
  await client.must('POST', `backups/${backup.id}/restore`, { store_name: restaurant.name });
  client = await manager(store);
  // Nothing has been sold since, and what the owner hears of this moment is that of the backup already.
  const { salesTotalMinor: soldByThen } = dayHere();
  const token = await relay.signIn();
  await soon(async () =>
    expect((await relay.call('GET /api/v1/platform/restaurants', { token })).data[0].live).toMatchObject({
      sales_minor: soldByThen,
      orders_settled: 3,
      orders_open: 1,
      open_minor: Math.round(open.amount_due * 100),
    }),
  );
  await trade(client, 1);
  await arrived();
  const { orders, salesTotalMinor } = dayHere();
  expect(orders).toBe(4);
  expect(await dayThere()).toMatchObject({ orders, sales: salesTotalMinor });
  // What was sold after the backup is in no figure, and is told to whoever enters it again: dishes and money.
  const { checks, more } = await client.must('GET', 'relay/left-behind');
  expect([checks.length, more]).toEqual([13, false]);
  const { lines, payments, total } = checks.at(-1);
  expect(lines).toEqual([{ name: expect.any(String), quantity: 2 }]);
  expect(payments).toEqual([{ method: 'card', amount: total, tip: 0 }]);
  expect(await client.must('GET', 'relay')).toMatchObject({ state: 'connected' });
});

test('two computers went on from one backup: the relay refuses the second, until a manager says that it stands', async () => {
  await attached();
  await trade(client, 3);
  await arrived();
  // The whole folder is copied, and both go on: not a restore, which would say so.
  const copy = mkdtempSync(join(tmpdir(), 'fynlo-copy-'));
  folders.push(copy);
  store.server.core.connection().sqlite.pragma('wal_checkpoint(TRUNCATE)');
  cpSync(store.dataDir, copy, { recursive: true, filter: (from) => !from.endsWith('.lock') });
  const common = store.server.core.head();
  await trade(client, 7);
  await arrived();
  const before = await heldEntries(relay.databaseUrl);
  await store.close();

  store = await openStore({ dataDir: copy });
  client = await manager(store);
  // Nothing to decide yet.
  expect(await client.post('relay/go-on', {})).toMatchObject({ status: 409 });
  await trade(client, 2);
  await soon(async () => expect((await client.must('GET', 'relay')).state).toBe('forked'));
  expect(await dayThere()).toMatchObject({ orders: 10 });
  expect(await heldEntries(relay.databaseUrl)).toEqual(before);
  const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
  expect(await waiter.post('relay/go-on', {})).toMatchObject({ status: 403 });
  await line.close();
  expect((await client.post('relay/go-on', {})).body.error.code).toBe('RELAY_UNREACHABLE');
  expect((await client.get('relay/left-behind')).body.error.code).toBe('RELAY_UNREACHABLE');
  await line.open();

  expect((await client.must('POST', 'relay/go-on', {})).state).not.toBe('forked');
  await trade(client, 1);
  await arrived();
  const { orders, salesTotalMinor } = dayHere();
  expect(orders).toBe(6);
  expect(await dayThere()).toMatchObject({ orders, sales: salesTotalMinor });
  // What the other computer sold is kept, shown, and in no figure.
  const token = await relay.signIn();
  await soon(async () => {
    const [restaurant] = (await relay.call('GET /api/v1/platform/restaurants', { token })).data;
    expect(restaurant.detail.orphaned_entries).toBe(before.seqs.length - common.seq);
    expect(restaurant.live.sales_minor).toBe(salesTotalMinor);
  });
  // It is settled for good: over a restart, and a second time there is nothing to decide.
  store = await store.restart();
  client = await manager(store);
  await trade(client, 1);
  await arrived();
  expect(await client.post('relay/go-on', {})).toMatchObject({ status: 409 });
});

test('a code that is unknown or spent leaves the restaurant trading without a relay', async () => {
  await attached();
  const spent = await openStore({ relay: line.url, claim: 'NO-SUCH-99' });
  await soon(() => expect(spent.said).toEqual([expect.stringContaining('This claim code is not known.')]));
  await trade(await manager(spent), 1);
  await spent.close();
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshDatabase } from '../../cloud-relay/db/cluster.fixture.ts';
import { ApiClient } from '../harness/api-client.ts';
import { trade } from './floor.ts';
import { type Running, startProcess } from './processes.ts';
import { heldEntries } from './read-models.ts';

/** The three commands as people start them: a relay and two restaurants, each a process of its own. */

/** At the product's own pace: the stores ask a relay that was away after one second, two, four. */
const soon = (what: () => Promise<void>): Promise<void> => vi.waitFor(what, { timeout: 30_000, interval: 100 });
let folder: string;
let databaseUrl: string;
let relay: Running;
let owner: ApiClient;
const running: Running[] = [];
const clients: ApiClient[] = [];

async function signedIn(url: URL, email: string, password: string): Promise<ApiClient> {
  const client = new ApiClient(Number(url.port));
  clients.push(client);
  const { access_token } = await client.must('POST', 'auth/login', { email, password });
  client.token = access_token;
  return client;
}

async function startRelay(port: string): Promise<Running> {
  const args = ['--demo', '--data-dir', join(folder, 'relay'), '--host', '127.0.0.1', '--port', port];
  const started = await startProcess('relay', args, { DATABASE_URL: databaseUrl });
  running.push(started);
  return started;
}

interface Restaurant {
  readonly id: string;
  readonly manager: ApiClient;
  readonly dish: { readonly uuid: string; readonly price: number };
}

async function openRestaurant(name: string, code: string): Promise<Restaurant> {
  const before = new Set((await owner.must('GET', 'platform/restaurants')).map(({ id }: { id: string }) => id));
  const flags = ['--demo', '--no-mdns', '--host', '127.0.0.1', '--port', '0', '--compat-port', '0'];
  const where = ['--data-dir', join(folder, name), '--relay', relay.url.href, '--claim', code];
  const started = await startProcess('store', [...flags, ...where]);
  running.push(started);
  const manager = await signedIn(started.url, 'manager@demo.test', 'demo-manager-1');
  let id = '';
  await soon(async () => {
    const all: { id: string }[] = await owner.must('GET', 'platform/restaurants');
    id = all.find((one) => !before.has(one.id))?.id ?? '';
    expect(id).not.toBe('');
  });
  const menu = await manager.must('GET', 'products');
  const dish = menu.find((one: { name: string }) => one.name === 'Ribeye 10 oz');
  return { id, manager, dish };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-two-'));
  databaseUrl = await freshDatabase();
  relay = await startRelay('0');
  owner = await signedIn(relay.url, 'owner@platform.test', 'demo-platform-1');
}, 90_000);
afterAll(() => {
  for (const client of clients) client.close();
  for (const one of running) one.kill();
  rmSync(folder, { recursive: true, force: true });
});

test('two restaurants join with a code each, sell, take a new price, lose the relay and find it again, and every penny fits', async () => {
  const [printed = ''] = /(?<=^claim code: ).+$/m.exec(relay.said()) ?? [];
  const { code: made } = await owner.must('POST', 'platform/claim-codes', {});
  const both = [await openRestaurant('harbour', printed), await openRestaurant('station', made)] as const;
  const of = async ({ id }: Restaurant) => {
    const { restaurants } = await owner.must('GET', 'platform/dashboard');
    return restaurants.find((one: { id: string }) => one.id === id);
  };
  const paid = new Map(both.map(({ id }) => [id, 0]));
  const sell = async ({ id, manager }: Restaurant, guests: number) => {
    paid.set(id, (paid.get(id) ?? 0) + Math.round((await trade(manager, guests)) * 100));
  };
  const fits = () =>
    soon(async () => {
      for (const one of both) {
        const seen = await of(one);
        expect(seen).toMatchObject({ freshness: 'live', detail: { backlog: 0, days_in_doubt: 0 } });
        expect(seen.today.sales_minor).toBe(paid.get(one.id));
        expect(seen.live.sales_minor).toBe(paid.get(one.id));
      }
    });

  // An order settled in each is at the owner's within seconds.
  await Promise.all(both.map((one) => sell(one, 1)));
  await fits();

  // One price for both; each gives a verdict of its own.
  const price_minor = both[0].dish.price * 100 + 250;
  const targets = both.map(({ id, dish }) => ({ id, product_id: dish.uuid }));
  await owner.must('POST', 'platform/prices', { price_minor, targets });
  for (const { id, manager, dish } of both) {
    await soon(async () =>
      expect(await owner.must('GET', `platform/restaurants/${id}/commands`)).toMatchObject([{ state: 'applied' }]),
    );
    expect((await manager.must('GET', `products/${dish.uuid}`)).price).toBe(price_minor / 100);
  }

  // The relay stops; nobody in the restaurants notices. Then it is there again, where it was.
  const { port } = relay.url;
  expect(await relay.stop()).toBe(0);
  await Promise.all(both.map((one) => sell(one, 6)));
  for (const { manager } of both) expect((await manager.must('GET', 'relay')).behind).toBeGreaterThan(0);
  relay = await startRelay(port);
  await fits();
  for (const { manager, id } of both) {
    const today = (await manager.get('reports/daily-sales')).body;
    expect(Math.round(today.summary.total_sales * 100)).toBe(paid.get(id));
    expect(await manager.must('GET', 'relay')).toMatchObject({ state: 'connected', behind: 0 });
  }
  // Each entry of each restaurant once.
  const heads = await Promise.all(both.map(async ({ manager }) => (await manager.must('GET', 'relay')).head_seq));
  const { seqs } = await heldEntries(databaseUrl);
  expect(seqs).toEqual(
    heads.flatMap((head: number) => Array.from({ length: head }, (_, n) => n + 1)).sort((a, b) => a - b),
  );
}, 90_000);

import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BATCH_CONTENT_TYPE, relayPaths } from '#contract/relay.ts';
import type { Route } from '../../cloud-relay/http/route.ts';
import { type Heard, heardOf, openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { createTestStore, type TestStore } from '../../cloud-relay/store.fixture.ts';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { fill, forgetTenantFilters, idsOf, type Platform, rowsOf } from './two-platforms.ts';

/** Whatever one owner's people or stores name that belongs to another, they hear what they would hear of nothing. */

const CANARY = /canary|7777731/i;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const JSON_TYPE = { 'Content-Type': 'application/json' };

interface Wish {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

let at: TestRelay;
let ours: Platform;
let spare: TestStore;
let theirTenant: string;
let foreign: Map<string, string>;
let before: Record<string, string[]>;
const plainFetch = globalThis.fetch;
/** Every answer that came to us, as it came. */
const traffic: string[] = [];
let rules = 0;

beforeAll(async () => {
  at = await openRelay();
  const theirToken = await at.otherOwner('canary-owner@platform.test');
  await fill(at, theirToken, 'canary', 7_777_731);
  theirTenant = (await at.call('GET /api/v1/auth/me', { token: theirToken })).data.platform_id;
  ours = await fill(at, await at.signIn(), 'plain', 1_200);
  spare = createTestStore(at, at.ids.next(), 'Spare');
  await spare.join(await at.claimCode());
  foreign = await idsOf(at.databaseUrl, theirTenant);
  before = await rowsOf(at.databaseUrl, theirTenant);
  globalThis.fetch = async (...asked) => {
    const response = await plainFetch(...asked);
    traffic.push(await response.clone().text());
    return response;
  };
});
afterAll(async () => {
  globalThis.fetch = plainFetch;
  await at?.stop();
});

/** A request of ours to each route, as it is made every day; each that names an id names one of ours. */
function everyday(): Record<string, Wish> {
  const { store, product, user } = ours;
  const id = { params: { id: store.id } };
  const days = { query: { from: '2025-06-01', to: '2025-06-30' } };
  const month = { query: { month: '2025-06' } };
  const command = { command: 'menu.change_product', input: { product_id: product, price_minor: 900 } };
  return {
    'health.probe': {},
    'health.read': {},
    'auth.login': { body: { email: 'owner@platform.test', password: 'demo-platform-1' } },
    'auth.refresh': { body: { refresh_token: 'not-one-of-ours' } },
    'auth.logout': { body: {} },
    'auth.me': {},
    'relay.join': { body: { store_id: at.ids.next(), restaurant_id: at.ids.next() } },
    'relay.token': { body: { store_id: store.id } },
    'relay.batches': { body: store.batch(1) },
    'relay.exchange': {
      body: { live: store.live(), verdicts: [{ command_id: at.ids.next(), outcome: 'refused' }] },
    },
    'relay.left_behind': { body: {} },
    'platform.dashboard': {},
    'platform.analytics': days,
    'platform.comparison': days,
    'platform.claim_code': { body: {} },
    'platform.claim_codes': {},
    'platform.restaurants': {},
    'platform.restaurant': id,
    'platform.switch': { ...id, body: { previous_context: spare.id } },
    'platform.restaurant_days': { ...id, ...days },
    'platform.restaurant_menu': id,
    'platform.revoke': { params: { id: spare.id }, body: {} },
    'platform.commands': id,
    'platform.issue_command': { ...id, body: command },
    'platform.issue_price': { body: { price_minor: 900, targets: [{ id: store.id, product_id: product }] } },
    'platform.commission': month,
    'platform.restaurant_commission': { ...id, ...month },
    'platform.commission_rules': id,
    'platform.add_commission_rule': { body: { restaurants: [store.id], from_day: '2025-08-01', bps: 300 } },
    'platform.users': {},
    'platform.add_user': {
      body: { email: 'new@platform.test', name: 'New', role: 'viewer', password: 'a-new-password-1' },
    },
    'platform.change_user': { params: { id: user }, body: { name: 'Renamed' } },
  };
}

/** Sends one request as our people or our store would. */
async function ask(route: Route, { params = {}, query = {}, body }: Wish, headers: object = {}): Promise<Heard> {
  const { store } = ours;
  // Nobody can be added twice.
  if (route.operation === 'platform.add_user')
    body = { ...(body as object), email: `new-${at.ids.next()}@platform.test` };
  // Nor may two rules begin on one day.
  if (route.operation === 'platform.add_commission_rule')
    body = { ...(body as object), from_day: addDays('2025-08-01', rules++) };
  const bytes = Buffer.from(JSON.stringify(body ?? null));
  if (route.operation === 'relay.join') {
    const joining = createTestStore(at);
    return joining.join(await at.claimCode(), body as Record<string, unknown>);
  }
  if (route.operation === 'relay.token') return store.askToken(body as { store_id: string });
  if (route.operation === 'relay.exchange' || route.operation === 'relay.left_behind')
    return store.signed(route.path, { ...JSON_TYPE, ...headers }, bytes);
  if (route.operation === 'relay.batches') {
    const type = { 'Content-Type': BATCH_CONTENT_TYPE, 'Content-Encoding': 'zstd', ...headers };
    return store.signed(relayPaths.batches, type, zstdCompressSync(bytes));
  }
  const url = new URL(
    route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? ''),
    at.relay.url,
  );
  url.search = new URLSearchParams(query).toString();
  const token = route.operation === 'auth.logout' ? await at.signIn() : ours.token;
  const init = {
    method: route.method.toUpperCase(),
    headers: { ...JSON_TYPE, Authorization: `Bearer ${token}`, ...headers },
  };
  for (;;) {
    const heard = await heardOf(await fetch(url, body === undefined ? init : { ...init, body: bytes }));
    // So many requests from one address in one second are slowed down; that is another promise.
    if (heard.status !== 429) return heard;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The same wish with every id in it, one after the other, in the place of which `id` stands. */
function namingInstead(wish: Wish, id: string): { place: string; wish: Wish }[] {
  const found: { place: string; wish: Wish }[] = [];
  const walk = (value: unknown, place: string, put: (by: unknown) => Wish): void => {
    if (typeof value === 'string' && uuid.test(value)) found.push({ place, wish: put(id) });
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        walk(inner, `${place}.${key}`, (by) =>
          put(Array.isArray(value) ? value.with(Number(key), by) : { ...value, [key]: by }),
        );
  };
  walk(wish, '', (by) => by as Wish);
  return found;
}

/** The same wish with the id in a field, a parameter and a header that nobody asked for. */
const hinting = (wish: Wish, id: string): { place: string; wish: Wish; headers?: object }[] => [
  { place: '?tenant_id', wish: { ...wish, query: { ...wish.query, tenant_id: id } } },
  { place: 'X-Tenant-Id', wish, headers: { 'X-Tenant-Id': id, 'X-Platform-Id': id } },
  ...(typeof wish.body === 'object' && wish.body !== null
    ? [{ place: 'body.tenant_id', wish: { ...wish, body: { ...wish.body, tenant_id: id } } }]
    : []),
];

/** What an answer gives away; the id that was asked for stands for itself. */
const told = ({ status, code, details }: Heard, id: string) => {
  const { error_id, ...said } = details ?? {};
  return JSON.stringify({ status, code: code ?? null, said }).replaceAll(id, 'ID');
};

/** Goes through all routes with all foreign ids. Answers what differed from the answer for an id that never was. */
async function sweep(): Promise<{ differed: string[]; asked: number }> {
  const differed: string[] = [];
  let asked = 0;
  for (const route of at.relay.routes) {
    const wish = everyday()[route.operation] ?? {};
    const nowhere = at.ids.next();
    const ofNothing = namingInstead(wish, nowhere);
    const hintOfNothing = hinting(wish, nowhere);
    const plain: string[] = [];
    for (const one of [...ofNothing, ...hintOfNothing])
      plain.push(told(await ask(route, one.wish, 'headers' in one ? (one.headers as object) : {}), nowhere));
    for (const [kind, id] of foreign) {
      // A store may have any id that no other store has; it would be ours from then on.
      if (route.operation === 'relay.join' && !kind.endsWith('.store_id')) continue;
      const named = namingInstead(wish, id);
      // Fields that nobody asked for are tried with the id of the tenant: there is nothing else that they could mean.
      const hints = id === theirTenant ? hinting(wish, id) : [];
      for (const [n, one] of [...named, ...hints].entries()) {
        asked += 1;
        const heard = told(await ask(route, one.wish, 'headers' in one ? (one.headers as object) : {}), id);
        if (heard !== plain[n]) differed.push(`${route.operation} ${one.place} ${kind}: ${heard}, not ${plain[n]}`);
      }
    }
  }
  return { differed, asked };
}

/** A store that joins has to be told that its id is taken: ids are random, and there is no other sentence for it. */
const taken = /^relay\.join \.body\.store_id \w+\.store_id: \{"status":403,"code":"TENANT_MISMATCH"/;

async function nothingCameThrough(): Promise<void> {
  expect(traffic.filter((text) => CANARY.test(text))).toEqual([]);
  expect(await rowsOf(at.databaseUrl, theirTenant)).toEqual(before);
}

test('our everyday requests work, so that what follows proves something, and show nothing of the others', async () => {
  const wishes = everyday();
  expect(at.relay.routes.map(({ operation }) => operation).filter((name) => !(name in wishes))).toEqual([]);
  expect(foreign.size).toBeGreaterThan(8);
  for (const route of at.relay.routes) {
    const { status } = await ask(route, wishes[route.operation] ?? {});
    expect([route.operation, status]).toEqual([
      route.operation,
      route.operation === 'auth.refresh' ? 401 : route.status,
    ]);
  }
  expect(traffic.length).toBeGreaterThan(20);
  await nothingCameThrough();
});

test('every route with every id of another platform in every place answers as for an id that never was', async () => {
  const { differed, asked } = await sweep();
  expect(differed.filter((line) => !taken.test(line))).toEqual([]);
  expect(differed).toHaveLength(1);
  expect(asked).toBeGreaterThan(150);
  await nothingCameThrough();
});

test('the same holds where every statement has lost its filter: the database itself keeps them apart', async () => {
  const reads = at.relay.routes.filter(({ method, access }) => method === 'get' && access !== 'public');
  const look = async () => {
    const seen: Record<string, unknown> = {};
    for (const route of reads) seen[route.operation] = (await ask(route, everyday()[route.operation] ?? {})).data;
    return seen;
  };
  const filtered = await look();
  const { putRight, changed } = forgetTenantFilters();
  try {
    expect(await look()).toEqual(filtered);
    const { differed } = await sweep();
    expect(differed.filter((line) => !taken.test(line))).toEqual([]);
    expect(changed()).toBeGreaterThan(300);
  } finally {
    putRight();
  }
  await nothingCameThrough();
});

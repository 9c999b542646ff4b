import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isSignedBy } from '../../store-server/kernel/ed25519.ts';
import { commandText } from '../../store-server/kernel/relay-texts.ts';
import { NOON, openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore, type TestStore } from '../store.fixture.ts';

let at: TestRelay;
let token: string;
beforeAll(async () => {
  at = await openRelay();
});
beforeEach(async () => {
  at.clock.set(NOON);
  token = await at.signIn();
});
afterAll(() => at?.stop());

let relayKey = '';
async function joined(name: string, code?: string): Promise<TestStore> {
  const store = createTestStore(at, at.ids.next(), name);
  relayKey = (await store.join(code ?? (await at.claimCode()))).data.relay_public_key;
  return store;
}

const get = (path: string, as = token) => at.call(`GET /api/v1/platform/${path}`, { token: as });
const post = (path: string, body: unknown, as = token) => at.call(`POST /api/v1/platform/${path}`, { body, token: as });

/** Puts a dish on a store's menu, told as the store tells it. @returns its id */
async function dish(store: TestStore, price_minor: number): Promise<string> {
  const product_id = at.ids.next();
  const body = { product_id, name: 'Margherita', category_id: product_id, price_minor, vat_bps: 2000, active: true };
  store.tell([{ kind: 'menu.product_changed', entity: 'product', entityId: product_id, body }]);
  await store.send(store.batch(store.entries.length));
  return product_id;
}

test('the dashboard shows each restaurant’s own word, how old it is, and how far the detail has come', async () => {
  const bistro = await joined('Bistro');
  const cafe = await joined('Café');
  await joined('Unheard');
  for (let n = 0; n < 5; n += 1) bistro.sell(1000);
  await bistro.send(bistro.batch(1, 2));
  await bistro.exchange({ sales_minor: 5000, orders_settled: 5, orders_open: 1, open_minor: 700 });
  await cafe.exchange({ sales_minor: 300, orders_settled: 1, printers_waiting: 1 });
  at.clock.set(NOON + 1500);

  const { data } = await get('dashboard');
  const of = (id: string) => data.restaurants.find((one: { id: string }) => one.id === id);
  expect(of(bistro.id)).toMatchObject({
    freshness: 'live',
    live: { age_ms: 1500, sales_minor: 5000, orders_settled: 5, orders_open: 1 },
    detail: { acked_seq: 2, backlog: 3, complete_to: '2025-06-18T12:00:00.000Z' },
    today: { orders: 2, sales_minor: 2000 },
  });
  expect(of(cafe.id)).toMatchObject({ today: null, detail: { acked_seq: 0, backlog: 0, complete_to: null } });
  expect(data.totals).toEqual([
    {
      currency: 'GBP',
      restaurants: 2,
      live: { sales_minor: 5300, orders_settled: 6, orders_open: 1, open_minor: 700 },
      detail: { sales_minor: 2000, orders: 2 },
    },
  ]);
  expect(data.attention.map(({ name }: { name: string }) => name)).toEqual(['Café', 'Unheard']);
});

test('a store that falls silent needs somebody, and pounds are not added to euros', async () => {
  const store = await joined('Trattoria');
  await store.exchange({ sales_minor: 900, currency: 'EUR' });
  at.clock.set(NOON + 5 * 60_000);
  const seen = async () => (await get(`restaurants/${store.id}`)).data.freshness;
  expect(await seen()).toBe('quiet');
  at.clock.set(NOON + 14 * 60_000);
  const dashboard = (await get('dashboard')).data;
  expect(await seen()).toBe('silent');
  expect(dashboard.attention).toContainEqual({
    id: store.id,
    name: 'Trattoria',
    urgent: true,
    reason: 'It has not been heard of for 14 minutes.',
    advice: 'Call the restaurant: are the store’s PC and its internet on?',
    since: '2025-06-18T12:00:00.000Z',
  });
  expect(dashboard.totals.map(({ currency }: { currency: string }) => currency).sort()).toEqual(['EUR', 'GBP']);
});

test('a beat that arrives late does not take the place of a newer one, and a new name is heard', async () => {
  const store = await joined('Old name');
  store.sell(100);
  store.sell(100);
  await store.exchange({ sales_minor: 200, name: 'New name' });
  await store.exchange({ sales_minor: 100, head_seq: 1 });
  expect((await get(`restaurants/${store.id}`)).data).toMatchObject({ name: 'New name', live: { sales_minor: 200 } });
  expect(await store.exchange({ sales_minor: 1.5 })).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
});

test('sales across restaurants, by restaurant and by day', async () => {
  const one = await joined('One');
  const two = await joined('Two');
  one.sell(1000, { day: '2024-03-01' });
  one.sell(2000, { day: '2024-03-02' });
  two.sell(500, { day: '2024-03-02' });
  await one.send(one.batch(1));
  await two.send(two.batch(1));
  const { data } = await get('analytics?from=2024-03-01&to=2024-03-31');
  const sold = data.restaurants.filter(({ sales_minor }: { sales_minor: number }) => sales_minor > 0);
  expect(sold).toEqual([
    expect.objectContaining({ name: 'One', sales_minor: 3000, orders: 2, days: 2, currency: 'GBP' }),
    expect.objectContaining({ name: 'Two', sales_minor: 500, orders: 1 }),
  ]);
  expect(data.days).toEqual([
    expect.objectContaining({ business_day: '2024-03-01', sales_minor: 1000, orders: 1 }),
    expect.objectContaining({ business_day: '2024-03-02', sales_minor: 2500, orders: 2 }),
  ]);
});

test('sales of restaurants with two currencies, and of one that has no day there', async () => {
  const london = await joined('London');
  const lisbon = await joined('Lisbon');
  const empty = await joined('Not open yet');
  const euros = (total: number, day: string) => lisbon.sell(total, { day, currency: 'EUR', tipMinor: 30 });
  london.sell(1200, { day: '2023-03-01', tipMinor: 10 });
  london.sell(2400, { day: '2023-03-03' });
  // Outside what is asked for, on both sides.
  london.sell(99, { day: '2023-02-28' });
  london.sell(99, { day: '2023-04-01' });
  euros(600, '2023-03-03');
  euros(600, '2023-03-03');
  // It turned to pounds: the restaurant shows the newest, the day is apart for each.
  lisbon.sell(6000, { day: '2023-03-04' });
  for (const store of [london, lisbon]) await store.send(store.batch(1));
  const { data } = await get('analytics?from=2023-03-01&to=2023-03-31');
  const figures = { service_minor: 0, refunds_minor: 0, refund_count: 0 };
  const of = ({ id }: TestStore) => data.restaurants.findIndex((one: { id: string }) => one.id === id);
  expect(data.restaurants[of(london)]).toEqual({
    ...{ id: london.id, name: 'London', currency: 'GBP', days: 2, orders: 2, covers: 4 },
    ...{ sales_minor: 3600, vat_minor: 600, tips_minor: 10, ...figures },
  });
  expect(data.restaurants[of(lisbon)]).toEqual({
    ...{ id: lisbon.id, name: 'Lisbon', currency: 'GBP', days: 2, orders: 3, covers: 6 },
    ...{ sales_minor: 7200, vat_minor: 1200, tips_minor: 60, ...figures },
  });
  expect(data.restaurants[of(empty)]).toEqual({
    ...{ id: empty.id, name: 'Not open yet', currency: null, days: 0, orders: 0, covers: 0 },
    ...{ sales_minor: 0, vat_minor: 0, tips_minor: 0, ...figures },
  });
  expect([of(lisbon), of(london)]).toEqual([0, 1]);
  const day = (business_day: string, currency: string, sales_minor: number, orders: number, tips_minor: number) => {
    return { business_day, currency, orders, covers: 2 * orders, sales_minor, tips_minor, ...figures };
  };
  expect(data.days).toEqual([
    { ...day('2023-03-01', 'GBP', 1200, 1, 10), vat_minor: 200 },
    { ...day('2023-03-03', 'EUR', 1200, 2, 60), vat_minor: 200 },
    { ...day('2023-03-03', 'GBP', 2400, 1, 0), vat_minor: 400 },
    { ...day('2023-03-04', 'GBP', 6000, 1, 0), vat_minor: 1000 },
  ]);
});

test('today is the day that each store is in by its own word, with what was taken how', async () => {
  const late = await joined('Still yesterday');
  for (const day of ['2025-06-16', '2025-06-17', '2025-06-18'])
    for (const method of ['card', 'cash', 'card']) late.sell(Number(day.slice(-2)) * 100, { day, method });
  await late.send(late.batch(1));
  await late.exchange({ business_day: '2025-06-17' });
  const today = async () =>
    (await get('dashboard')).data.restaurants.find(({ id }: { id: string }) => id === late.id).today;
  const tender = (method: string, payments: number) => {
    return { method, payments, taken_minor: payments * 1700, tip_minor: 0, refunded_minor: 0 };
  };
  expect(await today()).toMatchObject({
    ...{ business_day: '2025-06-17', orders: 3, sales_minor: 5100, sealed: null },
    tenders: [tender('card', 2), tender('cash', 1)],
  });
  await late.exchange({ business_day: '2025-06-19' });
  expect(await today()).toBeNull();
});

test('a day that no calendar has is refused at the door, and the owner’s view stays whole', async () => {
  const store = await joined('Odd clock');
  await store.exchange({ business_day: '2025-06-18' });
  for (const business_day of ['2025-13-45', '2025-02-30', '0000-01-01'])
    expect(await store.exchange({ business_day })).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
  expect((await get('dashboard')).status).toBe(200);
  for (const path of ['analytics?from=0000-01-01&to=0000-01-31', 'commission?month=0000-01'])
    expect(await get(path)).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
});

test('a closed day says whether its entries add up to what the store sealed', async () => {
  const store = await joined('Sealed');
  store.sell(600, { day: '2024-05-01' });
  store.seal('2024-05-01', 600);
  store.sell(600, { day: '2024-05-02' });
  store.seal('2024-05-02', 601);
  store.sell(600, { day: '2024-05-03' });
  await store.send(store.batch(1));
  const { restaurant, days } = (await get(`restaurants/${store.id}/days?from=2024-05-01&to=2024-05-31`)).data;
  expect(days.map(({ agrees }: { agrees: boolean | null }) => agrees)).toEqual([true, false, null]);
  expect(days[0].sealed).toMatchObject({ sales_minor: 600, vat_minor: 100, at: '2025-06-18T12:00:00.000Z' });
  expect(restaurant.detail.days_in_doubt).toBe(1);
});

test('a price goes to two restaurants at once and each gives its own verdict', async () => {
  const stores = [await joined('Here'), await joined('There')];
  const [here, there] = stores as [TestStore, TestStore];
  const [a, b] = [await dish(here, 900), await dish(there, 950)];
  expect((await get(`restaurants/${here.id}/menu`)).data).toEqual([
    { id: a, name: 'Margherita', price_minor: 900, vat_bps: 2000, active: true, version: 1 },
  ]);
  const issued = await post('prices', {
    price_minor: 1000,
    targets: [
      { id: here.id, product_id: a, base_version: 1 },
      { id: there.id, product_id: b },
    ],
  });
  expect([issued.status, issued.data.length]).toEqual([201, 2]);
  const state = async (store: TestStore) => (await get(`restaurants/${store.id}/commands`)).data[0];
  expect(await state(here)).toMatchObject({ state: 'waiting', n: 1, input: { product_id: a, price_minor: 1000 } });

  const [command] = (await here.exchange()).data.commands;
  expect(command).toMatchObject({ command: 'menu.change_product', base_version: 1, n: 1 });
  const { signature, ...unsigned } = command;
  expect(isSignedBy(relayKey, commandText(here.id, unsigned), signature)).toBe(true);
  expect(isSignedBy(relayKey, commandText(there.id, unsigned), signature)).toBe(false);
  expect(await state(here)).toMatchObject({ state: 'sent' });

  const { command_id } = command;
  const told = await here.exchange({}, [{ command_id, outcome: 'applied' }]);
  expect(told.data).toMatchObject({ acknowledged: [command_id], commands: [] });
  const [other] = (await there.exchange()).data.commands;
  const problem = { code: 'VERSION_CONFLICT', message: 'Somebody changed this at the same time.' };
  await there.exchange({}, [{ command_id: other.command_id, outcome: 'refused', problem }]);
  expect([await state(here), await state(there)]).toEqual([
    expect.objectContaining({ state: 'applied', problem: null, answered_at: '2025-06-18T12:00:00.000Z' }),
    expect.objectContaining({ state: 'refused', problem }),
  ]);
  // A verdict that comes again, or another one, changes nothing.
  await here.exchange({}, [{ command_id, outcome: 'refused', problem }]);
  expect(await state(here)).toMatchObject({ state: 'applied' });
});

test('what a restore undid is not called applied any more, whether or not its entry had arrived', async () => {
  const store = await joined('Burnt PC');
  const product_id = await dish(store, 900);
  const states = async () =>
    (await get(`restaurants/${store.id}/commands`)).data.map(({ state }: { state: string }) => state).toReversed();
  const push = async (price_minor: number) => {
    await post(`restaurants/${store.id}/commands`, {
      command: 'menu.change_product',
      input: { product_id, price_minor },
    });
    const [command] = (await store.exchange()).data.commands;
    store.tell([], { doing: command.command_id });
    await store.exchange({}, [{ command_id: command.command_id, outcome: 'applied' }]);
  };
  await push(1_000);
  const kept = store.entries.length;
  await store.send(store.batch(1));
  await push(1_100);
  await store.send(store.batch(kept + 1));
  // The computer dies with this one's entry on it, though the verdict is here.
  await push(1_200);
  expect(await states()).toEqual(['applied', 'applied', 'applied']);

  store.restore(kept);
  expect(await states()).toEqual(['applied', 'applied', 'applied']);
  store.sell(500);
  await store.send(store.batch(kept + 1));
  expect(await states()).toEqual(['applied', 'undone', 'undone']);
  await push(1_200);
  // Told under the new history, and its entry is on the way.
  expect(await states()).toEqual(['applied', 'undone', 'undone', 'applied']);
  await store.send(store.batch(kept + 2));
  expect(await states()).toEqual(['applied', 'undone', 'undone', 'applied']);
});

test('a restored store that sends what the relay had not heard of yet has lost nothing of it', async () => {
  const store = await joined('Slow line');
  const product_id = await dish(store, 900);
  const held = store.entries.length;
  await post(`restaurants/${store.id}/commands`, {
    command: 'menu.change_product',
    input: { product_id, price_minor: 1_000 },
  });
  const [{ command_id }] = (await store.exchange()).data.commands;
  store.sell(500);
  store.tell([], { doing: command_id });
  await store.exchange({}, [{ command_id, outcome: 'applied' }]);
  store.restore(held + 2);
  store.sell(500);
  const state = async () => (await get(`restaurants/${store.id}/commands`)).data[0].state;
  // Of the new history, and only as far as before the command.
  await store.send(store.batch(held + 1, held + 1));
  expect(await state()).toBe('applied');
  await store.send(store.batch(held + 2));
  expect(await state()).toBe('applied');
});

test('a command that nobody fetched in time is not carried out late', async () => {
  const store = await joined('Away');
  const product_id = await dish(store, 900);
  const body = { command: 'menu.change_product', input: { product_id, price_minor: 1 } };
  expect((await post(`restaurants/${store.id}/commands`, body)).data).toMatchObject({ state: 'waiting' });
  at.clock.set(NOON + 24 * 3_600_000);
  store.token = null;
  expect((await store.exchange()).data.commands).toEqual([]);
  token = await at.signIn();
  expect((await get(`restaurants/${store.id}/commands`)).data[0]).toMatchObject({ state: 'late' });
});

test('all of a push is queued or none of it', async () => {
  const store = await joined('Half');
  const product_id = await dish(store, 900);
  const targets = [
    { id: store.id, product_id },
    { id: at.ids.next(), product_id },
  ];
  expect(await post('prices', { price_minor: 1000, targets })).toMatchObject({ status: 404 });
  expect((await get(`restaurants/${store.id}/commands`)).data).toEqual([]);
  const command = { command: 'menu.change_product', input: { product_id: at.ids.next(), price_minor: 1 } };
  expect(await post(`restaurants/${store.id}/commands`, command)).toMatchObject({ status: 404 });
  const odd = { command: 'staff.set_password', input: { product_id, price_minor: 1 } };
  expect(await post(`restaurants/${store.id}/commands`, odd)).toMatchObject({ status: 422 });
  await post(`restaurants/${store.id}/revoke`, {});
  const good = { command: 'menu.change_product', input: { product_id, price_minor: 1 } };
  expect(await post(`restaurants/${store.id}/commands`, good)).toMatchObject({ status: 403, code: 'STORE_REVOKED' });
});

test('another owner’s restaurant is as unknown as one that never was, whatever is asked of it', async () => {
  const store = await joined('Mine');
  const product_id = await dish(store, 900);
  store.sell(12_345);
  await store.send(store.batch(2));
  await store.exchange({ sales_minor: 12_345 });
  const stranger = await at.otherOwner('stranger@platform.test');
  const span = 'from=2025-06-01&to=2025-06-30';
  const asks: (() => Promise<{ status: number }>)[] = [
    () => get(`restaurants/${store.id}`, stranger),
    () => get(`restaurants/${store.id}/days?${span}`, stranger),
    () => get(`restaurants/${store.id}/menu`, stranger),
    () => get(`restaurants/${store.id}/commands`, stranger),
    () => post(`restaurants/${store.id}/revoke`, {}, stranger),
    () =>
      post(
        `restaurants/${store.id}/commands`,
        { command: 'menu.change_product', input: { product_id, price_minor: 1 } },
        stranger,
      ),
    () => post('prices', { price_minor: 1, targets: [{ id: store.id, product_id }] }, stranger),
    () => get('restaurants/nonsense', stranger),
  ];
  for (const ask of asks) expect((await ask()).status).toBe(404);
  for (const path of ['dashboard', 'restaurants', `analytics?${span}`])
    expect(JSON.stringify((await get(path, stranger)).data)).not.toMatch(/Mine|12345/);
  expect((await store.exchange()).status).toBe(200);
});

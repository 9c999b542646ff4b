import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import type { ApiClient, Ask, Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { peopleOf } from '../harness/people.ts';
import { watched } from './watch.ts';

/** What people and devices get wrong on a bad day, one by one. That nothing changed is looked at for each refusal. */

let store: TestStore;
let manager: ApiClient;
let server: ApiClient;
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

// biome-ignore lint/suspicious/noExplicitAny: menu and orders as they came
type Anything = any;
let soup: Anything;
let steak: Anything;
let tills = 0;

beforeAll(async () => {
  store = watched(await openStore({ perSecond: 100_000 }));
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  server = await store.signedIn('server@demo.test', 'demo-server-1');
  const menu = (await server.must('GET', 'products')) as { name: string }[];
  soup = menu.find(({ name }) => name === 'Soup of the day');
  steak = menu.find(({ name }) => name === 'Ribeye 10 oz');
});
afterAll(async () => {
  expect(checkMoney(store.server.core.connection())).toEqual([]);
  await store.close();
});

async function check(lines: readonly object[] = [{ product_id: soup.id, quantity: 2 }]): Promise<Anything> {
  const { id } = await server.must('POST', 'orders', { order_type: 'takeaway' });
  return lines.length === 0 ? { id } : server.must('POST', `orders/${id}/lines`, { lines });
}
async function paid(): Promise<Anything> {
  const { id, amount_due: amount } = await check();
  return (await server.must('POST', `orders/${id}/payments`, { method: 'card', amount, reference: 'T-1' })).order;
}
const session = async () => {
  tills += 1;
  const till = await manager.must('POST', 'pos/tills', { name: `Bar ${tills}` });
  return `pos/sessions/${(await manager.must('POST', 'pos/sessions', { config_id: till.id, opening_float: 20 })).uuid}`;
};

test('an id that can be none hears of both forms that are taken', async () => {
  const asked = [
    await server.get('orders/table-seven'),
    await server.get('orders/0'),
    await server.post('orders', { order_type: 'dine_in', table_id: 'seven' }),
    await server.post('orders', { order_type: 'dine_in', table_id: 1.5 }),
  ];
  for (const [index, { status, body }] of asked.entries()) {
    const field = index < 2 ? 'order_id' : 'table_id';
    expect([status, body.message]).toEqual([422, `${field} has to be a uuid or a whole number.`]);
  }
});

describe('prices and totals that a client brings along', () => {
  test('our own operations do not take a price', async () => {
    const { id } = await check([]);
    const add = (line: object) =>
      server.post(`orders/${id}/lines`, { lines: [{ product_id: soup.id, quantity: 1, ...line }] });
    expect(told(await add({ unit_price: 0.01 }))).toEqual([422, 'UNKNOWN_FIELD', 'lines.0.unit_price']);
    expect(told(await add({ total_price: 0.01 }))).toEqual([422, 'UNKNOWN_FIELD', 'lines.0.total_price']);
    expect(told(await server.post(`orders/${id}/bill`, { total: 1 }))).toEqual([422, 'UNKNOWN_FIELD', 'total']);
  });

  test('an older client’s are recomputed, and how far it was off is reported and kept', async () => {
    const items = [{ product_id: soup.id, quantity: 3, unit_price: 0.01, total_price: 0.03 }];
    const { status, body } = await server.post('orders', { items, total_amount: 0.03, service_charge: 1000 });
    const goods = Math.round(300 * soup.price) / 100;
    expect([status, body.data.items_total, body.data.items[0].unit_price]).toEqual([201, goods, soup.price]);
    // A charge above the configured rate comes down to it.
    expect(body.data.service_charge).toBeCloseTo(Math.round(goods * 12.5) / 100, 10);
    const { client, server: ours, difference } = body.meta.totals_reported;
    expect([client, ours]).toEqual([0.03, body.data.total_amount]);
    expect(difference).toBeCloseTo(body.data.total_amount - 0.03, 10);
  });
});

describe('quantities that no table eats', () => {
  test.each([
    ['negative', -1],
    ['nothing', 0],
    ['a fraction', 1.5],
    ['huge', 1_000],
    ['beyond counting', 1e300],
    ['words', '2'],
    ['null', null],
  ])('%s', async (_, quantity) => {
    const { id } = await check([]);
    const own = await server.post(`orders/${id}/lines`, { lines: [{ product_id: soup.id, quantity }] });
    expect(told(own)).toEqual([422, 'VALIDATION_ERROR', 'lines.0.quantity']);
    const older = await server.post('orders', { lines: [{ product_id: soup.id, qty: quantity }] });
    expect(told(older)).toEqual([422, 'VALIDATION_ERROR', 'lines.0.qty']);
  });

  test.each([-0.01, 0.001, 1e12, '5'])('an amount of money of %s', async (amount) => {
    const { id } = await check();
    const reply = await server.post(`orders/${id}/payments`, { method: 'card', amount, reference: 'T-1' });
    expect(told(reply)).toEqual([422, 'VALIDATION_ERROR', 'amount']);
  });
});

test('a steak that nobody said how to cook names the choice that is missing', async () => {
  const { id } = await check([]);
  const reply = await server.post(`orders/${id}/lines`, { lines: [{ product_id: steak.id, quantity: 1 }] });
  expect(reply.status).toBe(422);
  expect(reply.body.error).toMatchObject({
    code: 'MODIFIER_REQUIRED',
    details: { group: 'How cooked', product: 'Ribeye 10 oz' },
  });
  expect((await server.must('GET', `orders/${id}`)).lines).toEqual([]);
});

describe('steps that are not possible now: the state it is in, and what is possible', () => {
  test('a dish that is served is not started', async () => {
    const { id, lines } = await check();
    await server.must('POST', `orders/${id}/fire`);
    const bump = (to: string) => server.post(`orders/${id}/lines/${lines[0].id}/bump`, { to });
    expect((await bump('served')).status).toBe(200);
    const reply = await bump('preparing');
    expect(told(reply)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    expect(reply.body.error.details).toMatchObject({ state: 'served', possible: ['recall', 'void'] });
  });

  test('a dish that the kitchen has is not another dish', async () => {
    const { id, lines } = await check();
    await server.must('POST', `orders/${id}/fire`);
    const reply = await server.patch(`orders/${id}/lines/${lines[0].id}`, { quantity: 5 });
    expect(told(reply)).toEqual([409, 'ILLEGAL_TRANSITION', 'quantity']);
    expect(reply.body.error.details).toMatchObject({ state: 'fired', possible: expect.arrayContaining(['void']) });
  });

  test('a session that was not counted is not closed', async () => {
    const reply = await manager.post(`${await session()}/close`, { carry_over: true });
    expect(told(reply)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    expect(reply.body.error.details).toMatchObject({ state: 'opened', possible: ['count'] });
  });
});

describe('money', () => {
  test('nobody pays twice', async () => {
    const order = await paid();
    const again = { method: 'card', amount: 1, reference: 'T-2' };
    expect(told(await server.post(`orders/${order.id}/payments`, again))).toEqual([409, 'ORDER_ALREADY_PAID', null]);
    const older = await server.post('payments', { order_id: order.id, payment_method: 'card', amount: 1 });
    expect(told(older)).toEqual([409, 'ORDER_ALREADY_PAID', null]);
  });

  test('a card is not charged more than is due, and a tip has its own field', async () => {
    const { id, amount_due } = await check();
    const reply = await server.post(`orders/${id}/payments`, {
      method: 'card',
      amount: amount_due + 1,
      reference: 'T-1',
    });
    expect(told(reply)).toEqual([422, 'AMOUNT_OVER_DUE', 'amount']);
    expect(reply.body.error.details.amount_due).toBe(amount_due);
  });

  test('no more goes back than came in, at once or bit by bit', async () => {
    const order = await paid();
    const refund = (body: object) => manager.post(`orders/${order.id}/refunds`, { reason: 'cold', ...body });
    const over = await refund({ amount: order.total_amount + 0.01 });
    expect([over.status, over.body.error.code]).toEqual([422, 'AMOUNT_OVER_DUE']);
    expect(over.body.message).toBe(`That is more than can be given back: £${order.total_amount.toFixed(2)} is left.`);
    expect((await refund({ amount: order.total_amount - 0.5 })).status).toBe(201);
    const rest = await refund({ amount: 0.51 });
    expect([rest.status, rest.body.error.code]).toEqual([422, 'AMOUNT_OVER_DUE']);
    expect(rest.body.error.details).toMatchObject({ amount_left: 0.5, suggestion: 'Give back £0.50 or less.' });
    expect((await refund({ amount: 0.5 })).status).toBe(201);
    const none = await refund({ amount: 0.01 });
    expect([none.status, none.body.message]).toEqual([422, 'There is nothing left to give back here.']);
    expect(none.body.error.details.amount_left).toBe(0);
  });

  test('a server does not refund without a manager', async () => {
    const order = await paid();
    const reply = await server.post(`orders/${order.id}/refunds`, { amount: 1, reason: 'cold' });
    expect(told(reply)).toEqual([403, 'APPROVAL_NEEDED', null]);
    expect(reply.body.error.details).toMatchObject({ command: 'payments.refund', target_id: order.id });
  });

  test('open checks are not forgotten at closing: carried over by choice only', async () => {
    await check();
    const drawer = await session();
    await manager.must('POST', `${drawer}/count`, { counted_amount: 20 });
    expect(told(await manager.post(`${drawer}/close`, {}))).toEqual([409, 'OPEN_CHECKS', null]);
    expect((await manager.post(`${drawer}/close`, { carry_over: true })).status).toBe(200);
  });

  test('cash needs an open session', async () => {
    const { id, amount_due: amount } = await check();
    const till = await manager.must('POST', 'pos/tills', { name: 'Terrace' });
    const reply = await server.post(`orders/${id}/payments`, { method: 'cash', amount, config_id: till.id });
    expect([reply.status, reply.body.error.code]).toEqual([409, 'NO_OPEN_SESSION']);
  });
});

describe('the same again', () => {
  const line = () => ({ lines: [{ product_id: soup.id, quantity: 1 }] });
  const keyed = (key: string): Ask => ({ key });

  test('the same key and body get the same answer, and one soup', async () => {
    const { id } = await check([]);
    const key = randomUUID();
    const first = await server.post(`orders/${id}/lines`, line(), keyed(key));
    const [second, third] = [
      await server.post(`orders/${id}/lines`, line(), keyed(key)),
      await server.post(`orders/${id}/lines`, line(), keyed(key)),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(third.text).toBe(first.text);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect((await server.must('GET', `orders/${id}`)).lines).toHaveLength(1);
  });

  test('the same key with another body is refused, and the first one stands', async () => {
    const { id } = await check([]);
    const key = randomUUID();
    await server.must('POST', `orders/${id}/lines`, line(), keyed(key));
    const other = await server.post(
      `orders/${id}/lines`,
      { lines: [{ product_id: soup.id, quantity: 9 }] },
      keyed(key),
    );
    expect(told(other)).toEqual([422, 'IDEMPOTENCY_KEY_REUSED', null]);
    expect((await server.must('GET', `orders/${id}`)).lines).toMatchObject([{ quantity: 1 }]);
  });

  test('a final refusal is repeated word for word; one that may end better is asked anew', async () => {
    const key = randomUUID();
    const missing = `orders/${randomUUID()}/fire`;
    const [first, second] = [await server.post(missing, {}, keyed(key)), await server.post(missing, {}, keyed(key))];
    expect([first.status, second.text, second.headers['idempotency-replayed']]).toEqual([404, first.text, 'true']);
    const { id, lines } = await check();
    await server.must('POST', `orders/${id}/fire`);
    const path = `orders/${id}/lines/${lines[0].id}/void`;
    const again = randomUUID();
    expect(told(await server.post(path, { reason: 'hair' }, keyed(again)))).toEqual([403, 'APPROVAL_NEEDED', null]);
    const me = await manager.must('GET', 'auth/me');
    const yes = { user_id: me.id, pin: '482913', command: 'orders.void_line', target_id: lines[0].id };
    const { approval_id: approval } = await manager.must('POST', 'approvals', yes);
    expect((await server.post(path, { reason: 'hair' }, { key: again, approval })).status).toBe(200);
  });

  test('a key that is no key', async () => {
    const { id } = await check([]);
    const long = await server.post(`orders/${id}/lines`, line(), keyed('x'.repeat(201)));
    expect(told(long)).toEqual([400, 'INVALID_IDEMPOTENCY_KEY', null]);
  });
});

describe('secrets', () => {
  test('a wrong password and an unknown name sound the same', async () => {
    const login = (email: string) => store.client().post('auth/login', { email, password: 'guess' });
    const [wrong, unknown] = [await login('owner@demo.test'), await login('nobody@demo.test')];
    expect(told(wrong)).toEqual([401, 'INVALID_CREDENTIALS', null]);
    expect(unknown.body.message).toBe(wrong.body.message);
  });

  test('after a wrong PIN even the right one has to wait, so that nobody tries them all', async () => {
    const people = peopleOf({ host: '127.0.0.1', port: store.server.port });
    const marcus = await people.atDesk('manager@demo.test', 'demo-manager-1');
    const { device } = (await people.ipad('Bar iPad', marcus)).api;
    const ipad = Object.assign(store.client(), { device });
    const staff = (await ipad.must('GET', 'auth/staff')) as { id: string; name: string }[];
    const user_id = staff.find(({ name }) => name.startsWith('Jack'))?.id;
    const wrong = await ipad.post('auth/pin', { user_id, pin: '1793' });
    expect(told(wrong)).toEqual([401, 'INVALID_CREDENTIALS', null]);
    expect(wrong.text).not.toContain('1793');
    const right = await ipad.post('auth/pin', { user_id, pin: '8205' });
    expect(told(right)).toEqual([429, 'RATE_LIMIT_EXCEEDED', null]);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
    people.goHome();
  });

  test('an approval is good once, for one thing', async () => {
    const { id, lines } = await check([
      { product_id: soup.id, quantity: 1 },
      { product_id: soup.id, quantity: 1, seat: 2 },
    ]);
    await server.must('POST', `orders/${id}/fire`);
    const me = await manager.must('GET', 'auth/me');
    const yes = { user_id: me.id, pin: '482913', command: 'orders.void_line', target_id: lines[0].id };
    const { approval_id: approval } = await manager.must('POST', 'approvals', yes);
    const voiding = (line: Anything) =>
      server.post(`orders/${id}/lines/${line.id}/void`, { reason: 'hair' }, { approval });
    expect(told(await voiding(lines[1]))).toEqual([403, 'APPROVAL_NEEDED', null]);
    expect((await voiding(lines[0])).status).toBe(200);
    expect(told(await voiding(lines[1]))).toEqual([403, 'APPROVAL_NEEDED', null]);
  });
});

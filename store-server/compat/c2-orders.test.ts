import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OrderDto } from '#contract/orders.dto.ts';
import { openRestaurant } from '../features/orders/orders.fixture.ts';

let house: Awaited<ReturnType<typeof openRestaurant>>;
beforeEach(async () => {
  house = await openRestaurant();
});
afterEach(async () => {
  await house.close();
});

const post = (json: object, headers: Record<string, string> = {}) => house.ask('POST', '/orders', json, headers);

/** As the app of June 2025 really sends it, with our dishes in it. */
const odooBody = () => ({
  partner_id: 5,
  partner_name: 'Bob',
  amount_total: 10,
  lines: [{ product_id: house.menu.lager.alias, product_name: 'Taco', qty: 2, price_unit: 5, price_subtotal: 10 }],
  session_id: 7,
  date_order: '2025-06-18T19:30:00.000Z',
  state: 'draft',
});

describe('the Odoo-style body', () => {
  test('is a takeaway that goes to the kitchen at once, at the menu’s prices', async () => {
    const { status, body } = await post(odooBody());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      order_type: 'takeaway',
      customer_name: 'Bob',
      partner_name: 'Bob',
      status: 'confirmed',
      state: 'draft',
      total_amount: 9,
      service_charge: 0,
      amount_due: 9,
      lines: [{ product_name: 'Lager', qty: 2, price_unit: 4.5, price_subtotal: 9, status: 'fired' }],
      meta: { totals_reported: { client: 10, server: 9, difference: -1 } },
    });
    expect(OrderDto.strict().parse(body.data)).toEqual(body.data);
    expect((await house.ask('GET', `/orders/${body.id}`)).body.data).toEqual(body.data);
    expect(house.slips(house.barPrinter)).toHaveLength(1);
    expect(house.kinds(body.id)).toEqual(['order.opened', 'order.fired']);
    const stored = house.core
      .connection()
      .sqlite.prepare('SELECT client_total_minor AS c, totals_differ_by_minor AS d FROM orders');
    expect(stored.get()).toEqual({ c: 1000, d: -100 });
  });

  test('joins an occupied table with a check of its own', async () => {
    const first = await house.open(house.tables[3]);
    const { body } = await post({ ...odooBody(), table_number: 7 });
    expect(body).toMatchObject({ table_number: '7', order_type: 'dine_in', order_number: 2 });
    expect(body.id).not.toBe(first.order.id);
    const plan = (await house.ask('GET', '/restaurants/floor-plan')).body;
    expect(plan.tables[3]).toMatchObject({
      open_checks: 2,
      current_order: { order_number: 1 },
      open_orders: [{}, { name: 'Bob' }],
    });
  });

  test('required choices that it does not know take what the house would', async () => {
    const { body } = await post({ lines: [{ product_id: house.menu.burger.id, qty: 1 }] });
    expect(body.lines[0].modifiers).toMatchObject([{ name: 'Medium' }]);
    expect(body.meta).toBeNull();
  });
});

describe('the REST-style body', () => {
  const restBody = (more: object = {}) => ({
    order_type: 'dine_in',
    table_number: 't8',
    guest_count: 3,
    items: [
      {
        product_id: house.menu.burger.id,
        quantity: 1,
        unit_price: 0.01,
        total_price: 0.01,
        modifiers: [{ id: house.menu.rare }, { name: 'No onions', price: 0 }, 'extra napkins'],
        special_instructions: 'hot',
      },
      { product_id: house.menu.chips.id, quantity: 2, unit_price: 4.5, total_price: 9, modifiers: [] },
    ],
    service_charge: 1,
    ...more,
  });

  test('choices count by id, words reach the kitchen, prices are ours', async () => {
    const { body } = await post(restBody({ total_amount: 0.01 }));
    expect(body.items).toMatchObject([
      { unit_price: 9.99, modifiers: [{ name: 'Rare' }], note: 'No onions; extra napkins; hot' },
      { unit_price: 4.5, quantity: 2, total_price: 9 },
    ]);
    expect(body).toMatchObject({ table_number: 'T8', guest_count: 3, service_charge: 1, total_amount: 19.99 });
    expect(body.meta.totals_reported).toEqual({ client: 0.01, server: 19.99, difference: 19.98 });
  });

  test('a service charge above the rate of the house is brought down to it', async () => {
    expect((await post(restBody({ service_charge: 50 }))).body.service_charge).toBe(2.37);
    await house.settings({ service_charge: { enabled: false } });
    expect((await post(restBody({ service_charge: 50 }))).body.service_charge).toBe(0);
  });

  test.each([
    ['takeout', 'takeaway'],
    ['pickup', 'collection'],
    ['delivery', 'delivery'],
    ['takeaway', 'takeaway'],
  ])('%s is a %s here', async (said, meant) => {
    const { body } = await post({ order_type: said, items: [{ product_id: house.menu.lager.id, quantity: 1 }] });
    expect(body.order_type).toBe(meant);
  });

  test.each([
    ['a table of a name there is none of', { table_number: 'Z9' }, 'table_number', 422],
    ['an unknown product', { items: [{ product_id: 999, quantity: 1 }] }, 'items.0.product_id', 404],
    ['no product', { items: [{ quantity: 1 }] }, 'items.0.product_id', 422],
    ['a negative quantity', { items: [{ product_id: 1, quantity: -1 }] }, 'items.0.quantity', 422],
    ['half a dish', { items: [{ product_id: 1, quantity: 0.5 }] }, 'items.0.quantity', 422],
    ['no quantity', { items: [{ product_id: 1 }] }, 'items.0.quantity', 422],
    ['a huge quantity', { items: [{ product_id: 1, quantity: 1e9 }] }, 'items.0.quantity', 422],
    ['a negative service charge', { service_charge: -1 }, 'service_charge', 422],
    [
      'a choice of another dish',
      { items: [{ product_id: 2, quantity: 1, modifiers: [{ id: 1 }] }] },
      'items.0.modifiers',
      422,
    ],
  ])('%s is refused and nothing is cooked', async (_, more, field, expected) => {
    const { status, body } = await post(restBody(more));
    expect([status, body.error.field]).toEqual([expected, field]);
    expect([house.count('orders'), house.count('job')]).toEqual([0, 0]);
  });
});

test('an order that fires when paid waits for the payment, and then goes to the kitchen once', async () => {
  await house.settings({ legacy_fire: 'on_payment' });
  const { body } = await post(odooBody());
  expect([body.status, house.slips(house.barPrinter).length]).toEqual(['pending', 0]);
  const paid = await house.pay(body.id, 900);
  expect(paid.order).toMatchObject({ status: 'closed', wireStatus: 'confirmed' });
  await house.ask('PUT', `/orders/${body.mobile_id}`, { state: 'paid' });
  expect(house.slips(house.barPrinter)).toHaveLength(1);
});

test('a dish without a station stops an older client’s order as well: nothing is half sent', async () => {
  const lines = [
    { product_id: house.menu.lager.id, qty: 1 },
    { product_id: house.menu.apron.id, qty: 1 },
  ];
  const { status, body } = await post({ lines });
  expect([status, body.error.code]).toEqual([409, 'NO_STATION']);
  expect([house.count('orders'), house.count('job')]).toEqual([0, 0]);
});

test('the same bytes twice within seconds are two orders, and a manager hears of the second', async () => {
  const first = (await post(odooBody())).body;
  house.pass(5_000);
  const second = (await post(odooBody())).body;
  expect([first.flags, second.flags]).toEqual([[], ['SUSPECTED_DOUBLE']]);
  expect(house.kinds(second.id)).toEqual(['order.opened', 'order.fired', 'order.suspected_double']);
  house.pass(11_000);
  expect((await post(odooBody())).body.flags).toEqual([]);
});

test('with a key the same body is one order, answered alike', async () => {
  const first = await post(odooBody(), { 'Idempotency-Key': 'k1' });
  const again = await post(odooBody(), { 'Idempotency-Key': 'k1' });
  expect(again.body).toEqual(first.body);
  expect(house.count('orders')).toBe(1);
});

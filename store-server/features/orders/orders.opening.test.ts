import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { openInput, openRestaurant } from './orders.fixture.ts';

let house: Awaited<ReturnType<typeof openRestaurant>>;
beforeEach(async () => {
  house = await openRestaurant();
});
afterEach(async () => {
  await house.close();
});

const open = (fields: object) => house.run(openOrderCommand, 'server', openInput(fields));

test('a server opens table 7 for four: the check is empty and the table taken', async () => {
  const { order } = await house.open(house.tables[3], 4);
  expect(order).toMatchObject({
    orderNumber: 1,
    status: 'open',
    wireStatus: 'pending',
    state: 'draft',
    tableName: '7',
    covers: 4,
    serverName: 'Ana P.',
    dueMinor: 0,
    serviceBps: 1250,
    possible: ['add_lines', 'allergies', 'move', 'cancel'],
  });
  expect(house.facts(order.id)).toEqual([
    {
      kind: 'order.opened',
      body: expect.objectContaining({
        order_number: 1,
        table_name: '7',
        covers: 4,
        source: 'own',
        lines: [],
        total_minor: 0,
      }),
    },
  ]);
  expect(house.facts(house.tables[3]).at(-1)?.body).toMatchObject({ new_status: 'occupied', order_id: order.id });
});

test('two servers open the same table at once: one check, and the second is told which', async () => {
  const both = await Promise.allSettled([
    house.open(house.tables[0], 2, 'server'),
    house.open(house.tables[0], 2, 'second'),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const no = await house.refusal(house.open(house.tables[0]));
  expect(no).toMatchObject({ code: 'TABLE_TAKEN', status: 409, details: { order_number: 1, table_number: '1' } });
  expect(no.details['order_id']).toBe(house.facts().find(({ kind }) => kind === 'order.opened')?.body.order_id);
  expect(house.count('orders')).toBe(1);
});

test('order numbers have no gap, count a cancelled check, and begin anew each day; the older integer never does', async () => {
  const takeaway = () => open({ order_type: 'takeaway' });
  const first = await takeaway();
  await house.run(cancelOrder, 'server', { order_id: first.order.id, reason: 'mistake' });
  await expect(open({ table_id: 99 })).rejects.toThrow();
  expect((await takeaway()).order).toMatchObject({ orderNumber: 2, alias: 2 });
  house.nextDay('2025-06-19');
  expect((await takeaway()).order).toMatchObject({ orderNumber: 1, alias: 3, businessDay: '2025-06-19' });
});

test('the service charge is added by itself only where the settings say so', async () => {
  expect((await open({ order_type: 'takeaway' })).order.serviceBps).toBe(0);
  await house.settings({ service_charge: { min_covers: 6 } });
  expect((await house.open(house.tables[0], 5)).order.serviceBps).toBe(0);
  expect((await house.open(house.tables[1], 6)).order.serviceBps).toBe(1250);
  await house.settings({ service_charge: { enabled: false } });
  expect((await house.open(house.tables[2], 6)).order.serviceBps).toBe(0);
});

test('nobody is seated at a broken table, and a table that is being cleaned may be taken', async () => {
  await house.ask('PUT', '/restaurants/tables/1/status', { status: 'out_of_order' });
  await house.ask('PUT', '/restaurants/tables/2/status', { status: 'cleaning' });
  expect(await house.refusal(house.open(house.tables[0]))).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    details: { state: 'out_of_order', possible: ['available', 'cleaning'] },
  });
  expect(house.count('orders')).toBe(0);
  expect((await house.open(house.tables[1])).order.orderNumber).toBe(1);
});

test('a cook takes no orders', async () => {
  expect(await house.refusal(house.open(house.tables[0], 2, 'cook'))).toMatchObject({ code: 'FORBIDDEN' });
});

describe('over HTTP', () => {
  const post = (json: unknown) => house.ask('POST', '/orders', json);

  test('our own screen opens an empty check and reads it back, by uuid and by number', async () => {
    const { status, body } = await post({ table_id: house.tables[3], covers: 4, order_type: 'dine_in' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      order_number: 1,
      table_number: '7',
      guest_count: 4,
      status: 'pending',
      items: [],
      meta: null,
    });
    for (const id of [body.id, body.mobile_id]) {
      const { timestamp: _t, message: _m, ...same } = (await house.ask('GET', `/orders/${id}`)).body;
      const { timestamp, message, ...first } = body;
      expect([same, typeof timestamp, typeof message]).toEqual([first, 'string', 'string']);
    }
  });

  test.each([
    ['nothing at all', {}, 'order_type', 422],
    ['a kind of order there is none of', { order_type: 'picnic' }, 'order_type', 422],
    ['a kind that only a prototype knows', { order_type: 'toString' }, 'order_type', 422],
    ['no guests', { order_type: 'dine_in', covers: 0 }, 'covers', 422],
    ['half a guest', { order_type: 'dine_in', covers: 2.5 }, 'covers', 422],
    ['a table that is none', { order_type: 'dine_in', table_id: 'seven' }, 'table_id', 422],
    [
      'a table of somebody else',
      { order_type: 'dine_in', table_id: '00000000-0000-7000-8000-00000000dead' },
      'table_id',
      404,
    ],
    ['a table by a name there is none of', { order_type: 'dine_in', table_number: 'Z99' }, 'table_number', 422],
    ['a list instead of an order', [], 'body', 422],
  ])('%s is refused', async (_, json, field, expected) => {
    const { status, body } = await post(json);
    expect([status, body.error?.field]).toEqual([expected, field]);
    expect(house.count('orders')).toBe(0);
  });

  test('orders are listed newest first, by state, in pages without a gap', async () => {
    for (let n = 0; n < 5; n += 1) await post({ order_type: 'takeaway' });
    await house.ask('POST', '/orders/2/cancel', { reason: 'gone' });
    const numbers = (body: { orders: { mobile_id: number }[] }) => body.orders.map((order) => order.mobile_id);
    expect(numbers((await house.ask('GET', '/orders')).body)).toEqual([5, 4, 3, 1]);
    expect(numbers((await house.ask('GET', '/orders?status=cancelled')).body)).toEqual([2]);
    expect(numbers((await house.ask('GET', '/orders?status=closed')).body)).toEqual([]);
    const lager = { product_id: house.menu.lager.id, quantity: 1, unit_price: 1 };
    expect((await post({ order_type: 'takeaway', items: [lager] })).body.status).toBe('confirmed');
    expect(numbers((await house.ask('GET', '/orders?status=pending&limit=2')).body)).toEqual([5, 4]);
    expect(numbers((await house.ask('GET', '/orders?status=confirmed')).body)).toEqual([6]);
    await house.pay((await house.ask('GET', '/orders/6')).body.id, 450);
    expect(numbers((await house.ask('GET', '/orders?status=confirmed')).body)).toEqual([6]);
    const { lines } = (await house.ask('GET', '/orders/6')).body;
    await house.ask('POST', `/orders/6/lines/${lines[0].id}/bump`, { to: 'served' });
    expect(numbers((await house.ask('GET', '/orders?status=completed')).body)).toEqual([6]);
    expect(numbers((await house.ask('GET', '/orders?status=served')).body)).toEqual([]);
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await house.ask('GET', `/orders?status=all&limit=2${cursor}&date_range=today`);
      seen.push(...numbers(body));
      const { next_cursor, has_next } = body.meta.pagination;
      expect(has_next).toBe(next_cursor !== null);
      cursor = next_cursor === null ? '' : `&cursor=${next_cursor}`;
    } while (cursor !== '');
    expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
    for (const query of ['limit=0', 'limit=201', 'limit=many', 'status=lost', 'cursor=-1']) {
      expect((await house.ask('GET', `/orders?${query}`)).status).toBe(422);
    }
  });

  test('an order nobody knows is not found', async () => {
    for (const id of ['7', '00000000-0000-7000-8000-00000000dead']) {
      expect((await house.ask('GET', `/orders/${id}`)).body.error).toMatchObject({
        code: 'NOT_FOUND',
        field: 'order_id',
      });
    }
  });
});

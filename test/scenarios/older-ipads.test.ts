import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ordersWithOtherTotals } from '../../store-server/features/orders/index.ts';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { plainText } from '../../store-server/hardware/lab/slip.ts';
import { ApiClient, type Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';

/**
 * The iPads of the second generation, request by request as they were captured: no device, no idempotency key, prices
 * and totals of their own, answers read from `data` by one screen and from the top level by the next.
 */

const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
const hour = 3_600_000;

/** Every object stands in `data` and at the top level as well. */
function insistHoisted({ body }: Reply): void {
  expect(body).toMatchObject({ success: true, error: null, message: expect.any(String) });
  expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  for (const [name, value] of Object.entries(body.data)) expect(body[name], name).toEqual(value);
}

const slips = (store: TestStore, printer: string): string[] =>
  store
    .printer(printer)
    .papers()
    .map(({ slip }) => plainText(slip));

async function until(look: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !look(); turn++) await new Promise((resolve) => setTimeout(resolve, 25));
}

const doors = [
  ['8000', (store: TestStore) => store.server.port],
  ['8069', (store: TestStore) => store.server.compatPort],
] as const;

describe.each(doors)('an iPad of the second generation on port %s', (_name, portOf) => {
  let store: TestStore;
  let ipad: ApiClient;
  // biome-ignore lint/suspicious/noExplicitAny: the menu as it came
  let menu: any[];
  // biome-ignore lint/suspicious/noExplicitAny: a product as it came
  const product = (name: string): any => menu.find((one) => one.name === name);

  beforeAll(async () => {
    store = await openStore();
    ipad = new ApiClient(portOf(store));
  });
  afterAll(async () => {
    ipad.close();
    await store.close();
  });

  test('signs in with e-mail and password alone, for a whole shift', async () => {
    const reply = await ipad.post(
      '/api/v1/auth/login',
      { email: 'manager@demo.test', password: 'demo-manager-1' },
      { headers },
    );
    expect(reply.status).toBe(200);
    insistHoisted(reply);
    const { access_token, token_type, user } = reply.body.data;
    expect(token_type).toBe('bearer');
    expect(reply.body.data.refresh_token).toBeUndefined();
    expect(user).toMatchObject({
      email: 'manager@demo.test',
      first_name: 'Marcus',
      last_name: 'Bell',
      role: 'manager',
      restaurant_id: store.restaurantId,
      platform_id: null,
      is_active: true,
    });
    const { exp } = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString()) as { exp: number };
    expect(exp * 1_000 - store.clock.now()).toBeGreaterThan(11.9 * hour);
    ipad.token = access_token;
  });

  test('is told in words what was wrong, at the top level where it looks', async () => {
    const reply = await ipad.post(
      '/api/v1/auth/login',
      { email: 'manager@demo.test', password: 'no' },
      { token: null },
    );
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ success: false, data: null, error: { code: 'INVALID_CREDENTIALS' } });
    expect(reply.body.message).toBe('That sign-in is not right.');
    expect(reply.body.detail).toBe(reply.body.message);
  });

  test('loads the menu: names, prices as numbers, categories as words', async () => {
    const { status, body } = await ipad.get('/api/v1/products/mobile');
    expect(status).toBe(200);
    menu = body.data;
    expect(body.products).toEqual(menu);
    expect(body.items).toEqual(menu);
    expect(menu.length).toBeGreaterThanOrEqual(110);
    for (const one of menu) {
      expect(one).toMatchObject({
        id: expect.any(Number),
        name: expect.any(String),
        price: expect.any(Number),
        category: expect.any(String),
        available_in_pos: true,
        active: true,
      });
    }
    const categories = (await ipad.get('/api/v1/categories')).body.data;
    for (const one of categories) {
      expect(one).toMatchObject({ id: expect.any(Number), name: expect.any(String), active: true });
    }
    const names = new Set(categories.map(({ name }: { name: string }) => name));
    expect(menu.filter(({ category }) => !names.has(category))).toEqual([]);
  });

  test('finds no session, opens one that has to be counted, and finds it again', async () => {
    const none = await ipad.get('/api/v1/pos/sessions/current');
    expect([none.status, none.body.success, none.body.data]).toEqual([200, true, null]);
    const opened = await ipad.post('/api/v1/pos/sessions', { config_id: 1 });
    expect(opened.status).toBe(201);
    insistHoisted(opened);
    expect(opened.body.data).toMatchObject({
      id: expect.any(Number),
      name: 'POS/00001',
      state: 'opening_control',
      start_at: expect.any(String),
      config_id: 1,
      config_name: 'Till 1',
      user_id: expect.any(Number),
      user_name: 'Marcus B.',
    });
    const again = await ipad.post('/api/v1/pos/sessions', { config_id: 1 });
    expect([again.status, again.body.data]).toEqual([200, opened.body.data]);
    expect((await ipad.get('/api/v1/pos/sessions/current')).body.data).toEqual(opened.body.data);
  });

  test('sends an Odoo-style order: recomputed, fired, paid in cash, closed', async () => {
    const dish = product('Soup of the day');
    const reply = await ipad.post('/api/v1/orders', {
      partner_id: 5,
      partner_name: 'Bob',
      amount_total: 10,
      lines: [{ product_id: dish.id, product_name: 'Soup', qty: 2, price_unit: 5, price_subtotal: 10 }],
      session_id: 7,
      date_order: '2025-06-18T19:00:00.000Z',
      state: 'draft',
    });
    expect(reply.status).toBe(201);
    insistHoisted(reply);
    const order = reply.body.data;
    const total = Math.round(dish.price * 200) / 100;
    expect(order).toMatchObject({
      state: 'draft',
      status: 'confirmed',
      order_type: 'takeaway',
      partner_name: 'Bob',
      items_total: total,
      service_charge: 0,
      total_amount: total,
      payment_status: 'pending',
    });
    expect(order.lines[0]).toMatchObject({ qty: 2, price_unit: dish.price, price_subtotal: total, status: 'fired' });
    expect(reply.body.meta.totals_reported).toMatchObject({ client: 10, server: total });
    expect(reply.body.meta.totals_reported.difference).toBeCloseTo(total - 10, 10);
    await until(() => slips(store, 'Kitchen printer').length > 0);
    expect(slips(store, 'Kitchen printer').at(-1)).toContain('2 x SOUP');

    const early = await ipad.put(`/api/v1/orders/${order.id}`, { state: 'paid' });
    expect([early.status, early.body.error.code, early.body.error.details.amount_due]).toEqual([
      409,
      'PAYMENT_REQUIRED',
      total,
    ]);

    const note = await ipad.post('/api/v1/payments', { order_id: order.mobile_id, payment_method: 'cash', amount: 20 });
    expect(note.status).toBe(201);
    insistHoisted(note);
    expect(note.body).toMatchObject({ amount: total, tendered: 20, settled: true, amount_due: 0 });
    expect(note.body.change).toBeCloseTo(20 - total, 10);
    await until(() => store.printer('Receipt printer').drawerOpenings().length > 0);
    expect(store.printer('Receipt printer').drawerOpenings()).toHaveLength(1);

    const paid = await ipad.put(`/api/v1/orders/${order.mobile_id}`, { state: 'paid' });
    expect(paid.status).toBe(200);
    expect(paid.body.data).toMatchObject({
      id: order.id,
      state: 'paid',
      check_status: 'closed',
      payment_status: 'completed',
    });
    expect(slips(store, 'Kitchen printer')).toHaveLength(1);
    const shown = await ipad.get(`/api/v1/orders/${order.id}`);
    insistHoisted(shown);
    expect(shown.body.data).toEqual(paid.body.data);
    const twice = await ipad.post('/api/v1/payments', { order_id: order.id, payment_method: 'cash', amount: 20 });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'ORDER_ALREADY_PAID']);
  });

  test('sends a REST-style order to a table: required choices it does not know take their usual pick', async () => {
    const steak = product('Ribeye 10 oz');
    const chicken = product('Half grilled chicken');
    const reply = await ipad.post('/api/v1/orders', {
      items: [
        {
          product_id: steak.uuid,
          quantity: 1,
          unit_price: 1,
          total_price: 1,
          modifiers: [],
          special_instructions: 'no salt',
        },
        { product_id: chicken.uuid, quantity: 1, unit_price: chicken.price, total_price: chicken.price, modifiers: [] },
        {
          product_id: chicken.uuid,
          quantity: 2,
          unit_price: chicken.price,
          total_price: 2 * chicken.price,
          modifiers: [],
        },
      ],
      order_type: 'dine_in',
      table_number: '12',
      customer_id: null,
      total_amount: 36,
    });
    expect(reply.status).toBe(201);
    insistHoisted(reply);
    const order = reply.body.data;
    expect(order).toMatchObject({ order_type: 'dine_in', table_number: '12', items_total: 29.5 + 3 * chicken.price });
    expect(order.items[0].modifiers.map(({ name }: { name: string }) => name)).toEqual(['Medium rare', 'Chips']);
    expect(order.items).toHaveLength(3);
    await until(() => slips(store, 'Grill printer').length > 0);
    expect(slips(store, 'Grill printer').at(-1)).toContain('no salt');
    expect(slips(store, 'Grill printer').at(-1)).toContain('TABLE 12');

    const card = await ipad.post('/api/v1/payments', {
      order_id: order.id,
      payment_method: 'card',
      amount: order.total_amount,
    });
    expect(card.body.data).toMatchObject({ payment_method: 'card', reference: 'none', settled: true });
    expect((await ipad.get(`/api/v1/orders/${order.id}`)).body).toMatchObject({
      check_status: 'closed',
      state: 'paid',
    });
  });

  test('reads the floor, wholly and by section, and says that a table is clean', async () => {
    const plan = await ipad.get('/api/v1/restaurants/floor-plan');
    insistHoisted(plan);
    const { tables, sections } = plan.body.data;
    expect([tables.length, sections.length]).toEqual([40, 3]);
    const twelve = tables.find(({ name }: { name: string }) => name === '12');
    expect(twelve).toMatchObject({
      id: expect.any(String),
      display_name: expect.any(String),
      capacity: expect.any(Number),
      seats: expect.any(Number),
      status: 'cleaning',
      section: { id: expect.any(String), name: expect.any(String), color: expect.stringMatching(/^#/) },
    });
    expect(sections[0]).toMatchObject({
      id: expect.any(String),
      name: expect.any(String),
      color: expect.any(String),
      table_count: expect.any(Number),
      total_capacity: expect.any(Number),
    });
    const part = (await ipad.get('/api/v1/restaurants/floor-plan?section_id=2')).body.data;
    expect(part.tables.length).toBe(12);
    const me = (await ipad.get('/api/v1/auth/me')).body.id;
    const status = `/api/v1/restaurants/tables/${twelve.id}/status`;
    const sat = await ipad.put(status, { status: 'occupied', server_id: me, guest_count: 2 });
    insistHoisted(sat);
    expect(sat.body.data).toMatchObject({ status: 'occupied', server: { id: me, name: 'Marcus B.' } });
    const clean = await ipad.put(status, { status: 'available' });
    insistHoisted(clean);
    expect(clean.body.data).toMatchObject({ id: twelve.id, status: 'available' });
  });

  test('an occupied table takes one more check instead of refusing a second order', async () => {
    const tart = product('Lemon tart');
    const order = (table_number: number) => ({
      items: [{ product_id: tart.id, quantity: 1 }],
      order_type: 'dine_in',
      table_number,
    });
    const first = await ipad.post('/api/v1/orders', order(13));
    const second = await ipad.post('/api/v1/orders', order(13));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
    const { tables } = (await ipad.get('/api/v1/restaurants/floor-plan')).body;
    expect(tables.find(({ name }: { name: string }) => name === '13')).toMatchObject({
      status: 'occupied',
      open_checks: 2,
    });
    for (const { body } of [first, second]) {
      await ipad.post('/api/v1/payments', { order_id: body.id, payment_method: 'cash', amount: tart.price });
    }
  });

  test('an unknown choice is kitchen text, an unknown dish is refused, and an unknown field is nobody’s business', async () => {
    const soup = product('Soup of the day');
    const items = [{ product_id: soup.id, quantity: 1, modifiers: ['no croutons'], colour: 'red' }];
    const words = await ipad.post('/api/v1/orders', { items, loyalty_level: 'gold' });
    expect(words.body.data.items[0]).toMatchObject({ special_instructions: 'no croutons' });
    const nothing = await ipad.post('/api/v1/orders', { items: [{ product_id: 9_999, quantity: 1 }] });
    expect([nothing.status, nothing.body.error.code]).toEqual([404, 'NOT_FOUND']);
    await ipad.post('/api/v1/payments', { order_id: words.body.id, payment_method: 'card', amount: soup.price });
  });

  test('is counted for the status page wherever it had reckoned another total than ours', () => {
    expect(ordersWithOtherTotals(store.server.core.connection(), store.clock.now() - 86_400_000)).toBe(2);
    expect(ordersWithOtherTotals(store.server.core.connection(), store.clock.now() + 1)).toBe(0);
  });

  test('reads the day’s report with everything it paid, and signs out', async () => {
    const report = await ipad.get('/api/v1/reports/daily-sales?date=2025-06-18');
    insistHoisted(report);
    const { data } = report.body;
    const chicken = product('Half grilled chicken').price;
    const sold = 3 * product('Soup of the day').price + 29.5 + 3 * chicken + 2 * product('Lemon tart').price;
    expect(data.summary).toMatchObject({ total_orders: 5, total_items: 3 + 4 + 2, refund_amount: 0 });
    expect(data.summary.total_sales).toBeCloseTo(sold, 10);
    expect(data.report_info).toMatchObject({ type: 'daily_sales', date: '2025-06-18' });
    expect(data.payment_methods.map(({ method }: { method: string }) => method).sort()).toEqual(['card', 'cash']);
    for (const { hour: at } of data.hourly_breakdown) expect(at).toMatch(/^\d\d:00$/);
    expect(data.top_products[0]).toMatchObject({
      name: expect.any(String),
      qty: expect.any(Number),
      category: expect.any(String),
    });
    expect(checkMoney(store.server.core.connection())).toEqual([]);
    expect((await ipad.ask('POST', '/api/v1/auth/logout')).status).toBe(200);
    expect((await ipad.get('/api/v1/categories')).status).toBe(401);
    expect(store.complaints).toEqual([]);
  });
});

test('the first sixty dishes of the list can be ordered as they are, with no choice to make', async () => {
  const store = await openStore();
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const first = (await manager.must('GET', 'products/mobile')).slice(0, 60) as { id: number; needs_choice: boolean }[];
  expect(first.filter(({ needs_choice }) => needs_choice)).toEqual([]);
  const { id } = await manager.must('POST', 'orders', { order_type: 'takeaway' });
  const lines = first.map((product) => ({ product_id: product.id, quantity: 1 }));
  expect((await manager.must('POST', `orders/${id}/lines`, { lines })).lines).toHaveLength(60);
  const fired = await manager.must('POST', `orders/${id}/fire`, {});
  expect(new Set(fired.lines.map(({ status }: { status: string }) => status))).toEqual(new Set(['fired']));
  await store.close();
});

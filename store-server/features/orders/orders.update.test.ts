import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fire } from './orders.commands/fire-lines.ts';
import { openRestaurant } from './orders.fixture.ts';

let house: Awaited<ReturnType<typeof openRestaurant>>;
let check: string;
beforeEach(async () => {
  house = await openRestaurant();
  check = (await house.open(house.tables[3], 4)).order.id;
});
afterEach(async () => {
  expect(house.ledger()).toEqual([]);
  await house.close();
});

const chips = (seat: number | null = null, quantity = 1) => ({ product_id: house.menu.chips.id, quantity, seat });
const lager = (seat: number | null = null) => ({ product_id: house.menu.lager.id, quantity: 1, seat });
const fireAll = () => house.run(fire, 'server', { order_id: check });
/** 9.00 of goods and 1.13 of service: 10.13. */
const twoRounds = () => house.add(check, [chips(1), lager(2)]);

describe('an older client’s PUT', () => {
  const put = (json: object, id: string | number = check) => house.ask('PUT', `/orders/${id}`, json);

  test('“paid” never invents a payment: the amount due is the answer until it is true', async () => {
    await twoRounds();
    const no = await put({ state: 'paid' });
    expect([no.status, no.body.error]).toMatchObject([
      409,
      { code: 'PAYMENT_REQUIRED', details: { amount_due: 10.13 } },
    ]);
    await house.pay(check, 1013);
    for (const json of [{ state: 'paid' }, { status: 'completed' }, { state: 'invoiced' }, { state: 'done' }]) {
      const { status, body } = await put(json, 1);
      expect([status, body.state, body.amount_due]).toEqual([200, 'paid', 0]);
    }
    expect((await put({ state: 'draft' })).body.error).toMatchObject({ code: 'ILLEGAL_TRANSITION', field: 'state' });
    expect(house.count('payment')).toBe(1);
  });

  test('it never fires, whatever it says', async () => {
    await twoRounds();
    expect((await put({ state: 'confirmed' })).body.status).toBe('pending');
    expect((await put({ status: 'ready' })).body.error.code).toBe('ILLEGAL_TRANSITION');
    expect(house.slips(house.grillPrinter)).toEqual([]);
  });

  test('the kitchen’s words move every dish that can go there', async () => {
    await twoRounds();
    await fireAll();
    expect((await put({ status: 'preparing' })).body.status).toBe('preparing');
    expect((await put({ status: 'preparing' })).body.status).toBe('preparing');
    expect((await put({ status: 'served' })).body.status).toBe('served');
  });

  test('note, name and guests, under the words of each generation, and whatever else is ignored', async () => {
    const { body } = await put({
      special_instructions: 'window',
      partner_name: 'Bob',
      guest_count: 6,
      total_amount: 0,
      colour: 'x',
    });
    expect(body).toMatchObject({ note: 'window', customer_name: 'Bob', guest_count: 6, total_amount: 0 });
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.changed',
      body: { changed: ['note', 'customerName', 'covers'], covers: 6 },
    });
    const facts = house.facts(check).length;
    await put({ note: 'window' });
    expect(house.facts(check)).toHaveLength(facts);
    expect((await put({ guest_count: -1 })).body.error.field).toBe('guest_count');
    expect((await put({ state: 'burnt' })).body.error).toMatchObject({ code: 'VALIDATION_ERROR', field: 'state' });
    expect((await put({ status: 'toString' })).body.error.field).toBe('status');
  });

  test('more guests bring the service charge where it depends on them', async () => {
    await house.settings({ service_charge: { min_covers: 6 } });
    const other = (await house.open(house.tables[0], 5)).order.id;
    await house.add(other, [chips()]);
    expect((await put({ guest_count: 6 }, other)).body.service_charge).toBe(0.56);
    expect((await put({ guest_count: 5 }, other)).body.service_charge).toBe(0);
  });

  test('“cancel” cancels, once, and asks for a manager when the kitchen cooks', async () => {
    await twoRounds();
    await fireAll();
    expect((await put({ state: 'cancel' })).body.error).toMatchObject({
      code: 'APPROVAL_NEEDED',
      details: { command: 'orders.update' },
    });
    const other = (await house.open(house.tables[0])).order.id;
    expect((await put({ state: 'cancel' }, other)).body).toMatchObject({ status: 'cancelled', state: 'cancel' });
    expect((await put({ status: 'cancelled' }, other)).status).toBe(200);
    expect((await put({ state: 'paid' }, other)).body.error.code).toBe('ILLEGAL_TRANSITION');
    expect((await put({ note: 'late' }, other)).body.error.code).toBe('ORDER_CLOSED');
  });

  test('tap water costs nothing, so it is paid', async () => {
    await house.add(check, [{ product_id: house.menu.tap.id, quantity: 2 }]);
    expect((await put({ state: 'paid' })).body).toMatchObject({
      state: 'paid',
      payment_status: 'completed',
      total_amount: 0,
    });
  });
});

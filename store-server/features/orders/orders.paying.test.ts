import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bumpLine } from './orders.commands/bump-line.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { noteAllergies } from './orders.commands/note-allergies.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { printBill } from './orders.commands/print-bill.ts';
import { removeService } from './orders.commands/remove-service.ts';
import { splitOrder, unsplitOrder } from './orders.commands/split-order.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { openInput, openRestaurant } from './orders.fixture.ts';

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
const split = (body: Parameters<typeof splitOrder.input.parse>[0]) =>
  house.run(splitOrder, 'server', splitOrder.input.parse({ order_id: check, split: body }));
const fireAll = () => house.run(fire, 'server', { order_id: check });
const tableStatus = async (index: number) =>
  (await house.ask('GET', '/restaurants/floor-plan')).body.tables[index].status;
/** 9.00 of goods and 1.13 of service: 10.13. */
const twoRounds = () => house.add(check, [chips(1), lager(2)]);

describe('allergies', () => {
  const note = (fields: object) =>
    house.run(noteAllergies, 'server', noteAllergies.input.parse({ order_id: check, ...fields }));

  test('one flag per seat; on the ticket it stands above everything, at every station', async () => {
    await note({ seat: 2, allergens: ['nuts', 'milk', 'nuts'] });
    const { order } = await note({ seat: 2, allergens: ['nuts'], note: 'carries a pen' });
    expect(order.allergies).toMatchObject([{ seat: 2, allergens: ['nuts'], note: 'carries a pen' }]);
    await twoRounds();
    await fireAll();
    for (const printer of [house.grillPrinter, house.barPrinter]) {
      expect(house.slips(printer)[0]?.ticket[0]).toEqual({ kind: 'allergy', lines: ['SEAT 2: NUTS - carries a pen'] });
    }
  });

  test('an allergy that is named after firing reaches every station that is cooking, in a slip of its own', async () => {
    await twoRounds();
    await fireAll();
    await note({ seat: 1, allergens: ['fish'] });
    expect([house.grillPrinter, house.barPrinter].map((id) => house.slips(id).at(-1)?.title)).toEqual([
      'ALLERGY, order 1',
      'ALLERGY, order 1',
    ]);
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.allergy_noted',
      body: { seat: 1, allergens: ['fish'], station_ids: [house.menu.grill, house.menu.bar] },
    });
    expect((await note({ seat: 1, allergens: [] })).order.allergies).toEqual([]);
  });

  test('only the fourteen are known, and a guest needs a seat', async () => {
    const post = (json: object) => house.ask('POST', `/orders/${check}/allergies`, json);
    expect((await post({ seat: 1, allergens: ['cats'] })).body.error.field).toBe('allergens.0');
    expect((await post({ allergens: ['nuts'] })).body.error.field).toBe('seat');
    expect((await post({ seat: -1, allergens: ['nuts'] })).body.error.field).toBe('seat');
    expect(house.count('order_allergy')).toBe(0);
    expect((await post({ seat: 1, allergens: ['nuts'] })).body.allergies).toEqual([
      { seat: 1, allergens: ['nuts'], note: null },
    ]);
  });
});

describe('moving', () => {
  const move = (table_id: string | number) => house.run(moveOrder, 'server', { order_id: check, table_id });

  test('guests take their check along; the kitchen gets a notice, never a new ticket', async () => {
    await twoRounds();
    await fireAll();
    const { order } = await move(house.tables[0]);
    expect(order).toMatchObject({ tableName: '1', tableId: house.tables[0] });
    expect([await tableStatus(3), await tableStatus(0)]).toEqual(['cleaning', 'occupied']);
    expect(house.slips(house.grillPrinter).map(({ title }) => title)).toEqual(['Order 1', 'MOVED, order 1']);
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.moved',
      body: { table_name: '1', from_table_name: '7', from_table_id: house.tables[3] },
    });
  });

  test('a table at which nothing was eaten is free at once, and staying where one is changes nothing', async () => {
    const facts = house.facts(check).length;
    await move(house.tables[3]);
    expect(house.facts(check)).toHaveLength(facts);
    await move(5);
    expect(await tableStatus(3)).toBe('available');
  });

  test('a taken or broken table is refused, and nobody has moved', async () => {
    const other = (await house.open(house.tables[0])).order.id;
    expect(await house.refusal(move(house.tables[0]))).toMatchObject({
      code: 'TABLE_TAKEN',
      details: { order_id: other },
    });
    await house.ask('PUT', '/restaurants/tables/2/status', { status: 'out_of_order' });
    expect(await house.refusal(move(2))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await house.refusal(move(99))).toMatchObject({ code: 'NOT_FOUND', field: 'table_id' });
    expect([await tableStatus(0), await tableStatus(1), await tableStatus(3)]).toEqual([
      'occupied',
      'out_of_order',
      'occupied',
    ]);
  });

  test('a tab at the bar that sits down is served, and charged, like any other table', async () => {
    const { order } = await house.run(openOrderCommand, 'server', openInput({ order_type: 'bar' }));
    expect(order.serviceBps).toBe(0);
    const seated = (await house.run(moveOrder, 'server', { order_id: order.id, table_id: 1 })).order;
    expect(seated).toMatchObject({ orderType: 'dine_in', covers: 1, serviceBps: 1250 });
  });
});

describe('the bill', () => {
  test('shows what was eaten, the VAT in it, the service charge and the shares', async () => {
    await twoRounds();
    await split({ mode: 'even', ways: 2 });
    const { order } = await house.run(printBill, 'server', { order_id: check });
    expect(order.billPrintedAt).toBe(Date.UTC(2025, 5, 18, 19, 30));
    const [slip] = house.slips(house.till);
    expect(slip?.title).toBe('Bill, order 1');
    const paper = JSON.stringify(slip?.ticket);
    for (const text of [
      'Chips',
      '£4.50',
      'Optional service charge',
      '£1.13',
      '£10.13',
      'VAT 20 % on £7.50',
      'Share 2 of 2',
      '£5.06',
    ]) {
      expect(paper).toContain(text);
    }
    expect(house.kinds(check).at(-1)).toBe('order.bill_printed');
  });

  test('there is no bill for nothing, and none without a printer', async () => {
    expect(await house.refusal(house.run(printBill, 'server', { order_id: check }))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    await twoRounds();
    house.core.connection().sqlite.exec('UPDATE printer SET is_receipt_printer = 0');
    expect(await house.refusal(house.run(printBill, 'server', { order_id: check }))).toMatchObject({
      code: 'NO_PRINTER',
    });
    expect((await house.ask('GET', `/orders/${check}`)).body.bill_printed_at).toBeNull();
  });
});

describe('splitting', () => {
  test('evenly: the shares add up and the odd penny is the first guest’s', async () => {
    await twoRounds();
    const { status, body } = await house.ask('POST', `/orders/${check}/splits`, { mode: 'even', ways: 2 });
    expect(status).toBe(201);
    expect(body.shares.map((share: { amount_due: number }) => share.amount_due)).toEqual([5.07, 5.06]);
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.split',
      body: { mode: 'even', shares: [{ total_minor: 507 }, { total_minor: 506 }] },
    });
  });

  test('by dish and by seat; a new way replaces the one before', async () => {
    const { order } = await twoRounds();
    const [first, second] = order.lines.map(({ id }) => id) as [string, string];
    const byDish = (await split({ mode: 'items', shares: [{ line_ids: [second] }, { line_ids: [first] }] })).order;
    expect(byDish.shares.map(({ n, lineIds, totalMinor }) => [n, lineIds, totalMinor])).toEqual([
      [1, [second], 507],
      [2, [first], 506],
    ]);
    const bySeat = (await split({ mode: 'seats' })).order;
    expect(bySeat.shares.map(({ seat, lineIds }) => [seat, lineIds])).toEqual([
      [1, [first]],
      [2, [second]],
    ]);
    expect(house.kinds(check).slice(-2)).toEqual(['order.unsplit', 'order.split']);
    const together = (await house.run(unsplitOrder, 'server', { order_id: check })).order;
    expect([together.shares, together.dueMinor]).toEqual([[], 1013]);
    const facts = house.facts(check).length;
    await house.run(unsplitOrder, 'server', { order_id: check });
    expect(house.facts(check)).toHaveLength(facts);
  });

  test('a share that is paid stands: no new split, no undoing', async () => {
    await twoRounds();
    const { order } = await split({ mode: 'even', ways: 2 });
    await house.pay(check, 507, order.shares[0]?.id);
    expect(await house.refusal(split({ mode: 'even', ways: 3 }))).toMatchObject({ code: 'SHARE_PAID', status: 409 });
    expect(await house.refusal(house.run(unsplitOrder, 'server', { order_id: check }))).toMatchObject({
      code: 'SHARE_PAID',
    });
    const paid = await house.pay(check, 506, order.shares[1]?.id);
    expect(paid.order).toMatchObject({ status: 'closed', paymentStatus: 'completed', dueMinor: 0 });
  });

  test('another round dissolves a split that is half paid: what is left is due on the check, and the answer says so', async () => {
    await twoRounds();
    const { order } = await split({ mode: 'even', ways: 2 });
    await house.pay(check, 507, order.shares[0]?.id);
    const { body } = await house.ask('POST', `/orders/${check}/lines`, { lines: [lager()] });
    expect(body).toMatchObject({
      shares: [],
      amount_paid: 5.07,
      amount_due: 10.12,
      total_amount: 15.19,
      meta: { split_dissolved: true },
    });
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.unsplit',
      body: { reason: 'check_changed', due_minor: 1012 },
    });
    const again = (await split({ mode: 'even', ways: 2 })).order;
    expect(again.shares.map(({ totalMinor }) => totalMinor)).toEqual([506, 506]);
    expect(await house.refusal(split({ mode: 'seats' }))).toMatchObject({ code: 'VALIDATION_ERROR', field: 'mode' });
  });

  test('who sits where matters to a split by seat only', async () => {
    const { order } = await twoRounds();
    const move = (seat: number) =>
      house.run(changeLine, 'server', { order_id: check, line_id: order.lines[0]?.id as string, seat });
    await split({ mode: 'even', ways: 2 });
    expect((await move(3)).order.shares).toHaveLength(2);
    await split({ mode: 'seats' });
    expect(await move(4)).toMatchObject({ order: { shares: [] }, notes: { splitDissolved: true } });
  });

  test.each([
    ['one way', { mode: 'even', ways: 1 }, 'ways'],
    ['half a way', { mode: 'even', ways: 2.5 }, 'ways'],
    ['a thousand ways', { mode: 'even', ways: 1000 }, 'ways'],
    ['no known way', { mode: 'fairly' }, 'mode'],
    ['seats nobody has', { mode: 'seats' }, 'mode'],
    [
      'dishes of another table',
      {
        mode: 'items',
        shares: [
          { line_ids: ['00000000-0000-7000-8000-00000000dead'] },
          { line_ids: ['00000000-0000-7000-8000-00000000beef'] },
        ],
      },
      'shares.0.line_ids',
    ],
    ['a share of nothing', { mode: 'items', shares: [{ line_ids: [] }, { line_ids: [] }] }, 'shares.0.line_ids'],
  ])('%s is refused', async (_, json, field) => {
    await house.add(check, [chips(), lager()]);
    const { status, body } = await house.ask('POST', `/orders/${check}/splits`, json);
    expect([status, body.error.field]).toEqual([422, field]);
    expect(house.count('order_share')).toBe(0);
  });

  test('nothing is not split', async () => {
    expect(await house.refusal(split({ mode: 'even', ways: 2 }))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

describe('the service charge', () => {
  test('comes off with a manager’s yes and what is due follows', async () => {
    await twoRounds();
    const remove = (as: Parameters<typeof house.run>[1]) => house.run(removeService, as, { order_id: check });
    expect(await house.refusal(remove('server'))).toMatchObject({
      code: 'APPROVAL_NEEDED',
      details: { command: 'orders.remove_service', target_id: check },
    });
    const { order } = await remove(house.approved('server', 'orders.remove_service', check));
    expect([order.sums.service, order.dueMinor]).toEqual([0, 900]);
    expect(house.facts(check).at(-1)).toMatchObject({ kind: 'order.service_removed', body: { service_minor: 113 } });
    const facts = house.facts(check).length;
    await remove('manager');
    expect(house.facts(check)).toHaveLength(facts);
    expect((await house.add(check, [lager()])).order.sums.service).toBe(0);
  });

  test('a mandatory one is part of the price', async () => {
    await house.settings({ service_charge: { mandatory: true } });
    const other = (await house.open(house.tables[0])).order.id;
    await house.add(other, [chips()]);
    expect(await house.refusal(house.run(removeService, 'manager', { order_id: other }))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { state: 'mandatory_service' },
    });
  });
});

describe('settling', () => {
  test('the payment that brings the balance to nought closes the check; dishes go on to the table', async () => {
    const { order } = await twoRounds();
    await fireAll();
    const paid = (await house.pay(check, 1013)).order;
    expect(paid).toMatchObject({
      status: 'closed',
      state: 'paid',
      wireStatus: 'confirmed',
      settledDay: '2025-06-18',
      paymentStatus: 'completed',
    });
    expect(await tableStatus(3)).toBe('cleaning');
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.settled',
      body: { total_minor: 1013, paid_minor: 1013, due_minor: 0 },
    });
    for (const { id } of order.lines) await house.run(bumpLine, 'cook', { order_id: check, line_id: id, to: 'served' });
    expect((await house.ask('GET', `/orders/${check}`)).body).toMatchObject({
      status: 'completed',
      check_status: 'closed',
      possible: ['refund'],
    });
  });

  test('what was paid before it was fired can still be fired', async () => {
    await twoRounds();
    await house.pay(check, 1013);
    expect((await fireAll()).order.wireStatus).toBe('confirmed');
    expect(house.slips(house.grillPrinter)).toHaveLength(1);
  });

  test('a settled check takes no more changes', async () => {
    const { order } = await twoRounds();
    await house.pay(check, 1013);
    const line_id = order.lines[0]?.id as string;
    const tries = [
      house.add(check, [lager()]),
      house.run(changeLine, 'server', { order_id: check, line_id, quantity: 2 }),
      house.run(voidLine, 'manager', { order_id: check, line_id, reason: 'late' }),
      house.run(moveOrder, 'server', { order_id: check, table_id: 1 }),
      house.run(noteAllergies, 'server', { order_id: check, seat: 1, allergens: ['nuts'] }),
      house.run(removeService, 'manager', { order_id: check }),
      house.run(cancelOrder, 'manager', { order_id: check, reason: 'late' }),
      split({ mode: 'even', ways: 2 }),
    ];
    for (const work of tries)
      expect(await house.refusal(work)).toMatchObject({ code: 'ORDER_CLOSED', details: { state: 'closed' } });
  });

  test('a table with two checks is cleaned when the last is paid', async () => {
    await twoRounds();
    const second = openInput({ table_id: house.tables[3], if_taken: 'another', lines: [lager()] });
    const { order } = await house.run(openOrderCommand, 'server', second);
    await house.pay(check, 1013);
    expect(await tableStatus(3)).toBe('occupied');
    await house.pay(order.id, order.dueMinor);
    expect(await tableStatus(3)).toBe('cleaning');
  });

  test('voiding what was not paid yet settles the check, and its money is a sale', async () => {
    const { order } = await twoRounds();
    await house.pay(check, 506);
    const left = await house.run(voidLine, 'manager', {
      order_id: check,
      line_id: order.lines[1]?.id as string,
      reason: 'never came',
    });
    expect(left.order).toMatchObject({ status: 'closed', sums: { total: 506 }, money: { paidMinor: 506 }, flags: [] });
  });

  test('a check that is voided below what was paid says so', async () => {
    const { order } = await twoRounds();
    await house.pay(check, 800);
    const left = await house.run(voidLine, 'manager', {
      order_id: check,
      line_id: order.lines[1]?.id as string,
      reason: 'never came',
    });
    expect(left.order).toMatchObject({
      status: 'closed',
      sums: { total: 506 },
      money: { paidMinor: 800 },
      flags: ['OVERPAID'],
    });
  });
});

describe('cancelling', () => {
  const cancel = (as: Parameters<typeof house.run>[1] = 'server') =>
    house.run(cancelOrder, as, { order_id: check, reason: 'they left' });

  test('before anything was fired anybody may, and the table is free at once', async () => {
    await house.add(check, [{ product_id: house.menu.cake.id, quantity: 3 }]);
    const { order } = await cancel();
    expect(order).toMatchObject({
      status: 'cancelled',
      wireStatus: 'cancelled',
      state: 'cancel',
      dueMinor: 0,
      possible: [],
    });
    expect(await tableStatus(3)).toBe('available');
    expect(house.facts(check).at(-1)).toMatchObject({
      kind: 'order.cancelled',
      body: { cancelled_minor: 2025, reason: 'they left' },
    });
    await house.add((await house.open(house.tables[0])).order.id, [{ product_id: house.menu.cake.id, quantity: 3 }]);
  });

  test('once the kitchen cooks, a manager has to agree and every station is stopped', async () => {
    await twoRounds();
    await fireAll();
    expect(await house.refusal(cancel())).toMatchObject({
      code: 'APPROVAL_NEEDED',
      details: { command: 'orders.cancel', target_id: check },
    });
    await cancel(house.approved('server', 'orders.cancel', check));
    expect([house.grillPrinter, house.barPrinter].map((id) => house.slips(id).at(-1)?.title)).toEqual([
      'Void, order 1',
      'Void, order 1',
    ]);
    expect(await tableStatus(3)).toBe('cleaning');
    expect(await house.refusal(fireAll())).toMatchObject({ code: 'ORDER_CLOSED', details: { state: 'cancelled' } });
  });

  test('never with money on it, and not without a reason', async () => {
    await twoRounds();
    await house.pay(check, 100);
    expect(await house.refusal(cancel('manager'))).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { state: 'partly_paid' },
    });
    const { status, body } = await house.ask('POST', `/orders/${check}/cancel`, {});
    expect([status, body.error.field]).toEqual([422, 'reason']);
  });
});

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

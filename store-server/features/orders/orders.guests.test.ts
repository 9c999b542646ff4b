import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { noteAllergies } from './orders.commands/note-allergies.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { printBill } from './orders.commands/print-bill.ts';
import { splitOrder } from './orders.commands/split-order.ts';
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

  test.each([
    [4, ', 4 covers"'],
    [1, ', 1 cover"'],
  ])('%i at the table are counted as people say it', async (guests, words) => {
    const { order } = await house.open(house.tables[0], guests);
    await house.add(order.id, [{ product_id: house.menu.cake.id, quantity: 1 }]);
    await house.run(printBill, 'server', { order_id: order.id });
    expect(JSON.stringify(house.slips(house.till)[0]?.ticket)).toContain(words);
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

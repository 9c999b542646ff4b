import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OrderDto } from '#contract/orders.dto.ts';
import { bumpLine } from './orders.commands/bump-line.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { noteAllergies } from './orders.commands/note-allergies.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
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

  test('a manager’s yes is for the same check whether the till says its uuid or its number', async () => {
    await twoRounds();
    const other = (await house.open(house.tables[4])).order.id;
    const number = String((await house.ask('GET', `/orders/${check}`)).body.mobile_id);
    const remove = (target: string, order_id: number | string) =>
      house.refusal(house.run(removeService, house.approved('server', 'orders.remove_service', target), { order_id }));
    for (const notThisOne of [other, '2147483647', 'table-1']) {
      expect(await remove(notThisOne, check)).toMatchObject({ details: { reason: 'for_something_else' } });
    }
    expect(await house.refusal(house.run(removeService, 'server', { order_id: Number(number) }))).toMatchObject({
      details: { target_id: check },
    });
    await house.run(removeService, house.approved('server', 'orders.remove_service', number), { order_id: check });
    expect(house.facts(check).at(-1)).toMatchObject({ kind: 'order.service_removed' });
    await house.run(cancelOrder, house.approved('server', 'orders.cancel', check), {
      order_id: Number(number),
      reason: 'The guests left',
    });
    expect(house.facts(check).at(-1)).toMatchObject({ kind: 'order.cancelled' });
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
    expect(OrderDto.strict().parse((await house.ask('GET', `/orders/${check}`)).body.data).payments).toHaveLength(1);
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

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PaymentDto, RefundDto } from '#contract/payments.dto.ts';
import { splitOrder } from '../orders/orders.commands/split-order.ts';
import { voidLine } from '../orders/orders.commands/void-line.ts';
import { people } from '../orders/orders.fixture.ts';
import { type Evening, openEvening } from '../reports/evening.fixture.ts';
import { sealDay } from '../reports/index.ts';
import { closeShift } from '../shifts/index.ts';

let evening: Evening;
beforeEach(async () => {
  evening = await openEvening();
  await evening.settings({ service_charge: { enabled: false } });
});
afterEach(async () => {
  expect(evening.money()).toEqual([]);
  expect(evening.bugs).toEqual([]);
  await evening.close();
});

/** A burger and two lagers on table 7: 18.99. */
async function supper(): Promise<string> {
  const { order } = await evening.open(evening.tables[3]);
  const { burger, lager, medium } = evening.menu;
  await evening.add(order.id, [
    { product_id: burger.id, quantity: 1, modifiers: [{ option_id: medium }] },
    { product_id: lager.id, quantity: 2 },
  ]);
  return order.id;
}
const receipts = () => evening.slips(evening.till).map(({ title }) => title);
const paper = (title: string) =>
  JSON.stringify(evening.slips(evening.till).find((slip) => slip.title === title)?.ticket);

describe('cash', () => {
  test('a twenty pays supper, opens the drawer once, and the table is to be cleaned', async () => {
    const { session } = await evening.openShift();
    const id = await supper();
    const { payment, settled, order } = await evening.pay(id, { amount_minor: 2000 });
    expect(payment).toMatchObject({ amountMinor: 1899, tenderedMinor: 2000, changeMinor: 101, sessionId: session.id });
    expect([settled, order.status, order.paymentStatus, order.dueMinor]).toEqual([true, 'closed', 'completed', 0]);
    expect(evening.pulses()).toBe(1);
    expect(receipts()).toEqual([`Receipt, order ${order.orderNumber}`]);
    expect(paper(receipts()[0]!)).toContain('£1.01');
    expect(evening.facts().map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['payment.recorded', 'order.settled', 'table.status_changed']),
    );
    expect(evening.facts(payment.id)[0]?.body).toMatchObject({
      order_number: order.orderNumber,
      table_name: '7',
      amount_minor: 1899,
      due_minor: 0,
      settled: true,
    });
  });

  test('nobody takes cash while no drawer is open, and a card still goes', async () => {
    const id = await supper();
    expect(await evening.refusal(evening.pay(id, { amount_minor: 2000 }))).toMatchObject({ code: 'NO_OPEN_SESSION' });
    expect((await evening.pay(id, { method: 'card', amount_minor: 1899 })).settled).toBe(true);
  });

  test('with two drawers open somebody says which', async () => {
    await evening.openShift();
    const terrace = await evening.addTill('Terrace');
    const { session } = await evening.openShift(5000, terrace.alias);
    const id = await supper();
    const refused = await evening.refusal(evening.pay(id, { amount_minor: 2000 }));
    expect(refused).toMatchObject({ code: 'VALIDATION_ERROR', field: 'config_id' });
    const { payment } = await evening.pay(id, { amount_minor: 2000, config_id: terrace.alias });
    expect(payment.sessionId).toBe(session.id);
  });

  test('a drawer that is set not to open stays shut', async () => {
    await evening.settings({ drawer: { on_cash_sale: false, on_cash_refund: false } });
    await evening.openShift();
    const id = await supper();
    await evening.pay(id, { amount_minor: 2000 });
    await evening.refund(id, { amount_minor: 100 });
    expect(evening.pulses()).toBe(0);
  });
});

describe('several ways to pay one check', () => {
  test('a tenner now, the rest by card with a tip: the check stays open in between', async () => {
    await evening.openShift();
    const id = await supper();
    const first = await evening.pay(id, { amount_minor: 1000 });
    expect([first.settled, first.order.dueMinor, first.order.paymentStatus]).toEqual([false, 899, 'partial']);
    expect(receipts()).toEqual([]);
    const rest = await evening.pay(id, { method: 'card', amount_minor: 899, tip_minor: 150, reference: 'T-4711' });
    expect(rest.order).toMatchObject({ status: 'closed', money: { paidMinor: 1899, tipMinor: 150 } });
    expect(paper(receipts()[0]!)).toMatch(/T-4711/);
    expect(await evening.refusal(evening.pay(id, { amount_minor: 1 }))).toMatchObject({ code: 'ORDER_ALREADY_PAID' });
  });

  test('all but a penny leaves a penny to pay', async () => {
    const id = await supper();
    const { settled, order } = await evening.pay(id, { method: 'card', amount_minor: 1898 });
    expect([settled, order.dueMinor, order.status]).toEqual([false, 1, 'open']);
  });

  test('three guests pay a share each, and each gets a receipt for what is theirs', async () => {
    await evening.openShift();
    const id = await supper();
    const { order } = await evening.run(splitOrder, 'server', { order_id: id, split: { mode: 'even', ways: 3 } });
    const [ana, ben, cai] = order.shares.map((share) => share.id) as [string, string, string];
    expect(order.shares.map((share) => share.totalMinor)).toEqual([633, 633, 633]);
    await evening.pay(id, { share_id: ana, amount_minor: 1000 });
    const again = await evening.refusal(evening.pay(id, { share_id: ana, amount_minor: 1000 }));
    expect(again).toMatchObject({ code: 'SHARE_PAID', details: { share_id: ana } });
    const over = await evening.refusal(evening.pay(id, { share_id: ben, method: 'card', amount_minor: 634 }));
    expect(over).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_due: 6.33 } });
    await evening.pay(id, { share_id: ben, method: 'card', amount_minor: 300 });
    expect(receipts()).toHaveLength(1);
    await evening.pay(id, { share_id: ben, method: 'card', amount_minor: 333 });
    const last = await evening.pay(id, { share_id: cai, method: 'voucher', amount_minor: 633 });
    expect([last.settled, last.order.status]).toEqual([true, 'closed']);
    expect(receipts()).toHaveLength(3);
    expect(paper(receipts()[0]!)).toContain('Share 1 of 3');
    const nobody = '00000000-0000-7000-8000-0000000000aa';
    const other = await supper();
    expect(await evening.refusal(evening.pay(other, { share_id: nobody, amount_minor: 1 }))).toMatchObject({
      code: 'NOT_FOUND',
      field: 'share_id',
    });
  });
});

describe('refunds', () => {
  const paidByCard = async () => {
    const id = await supper();
    return (await evening.pay(id, { method: 'card', amount_minor: 1899, tip_minor: 200 })).order;
  };

  test('a lager goes back the way it was paid, with its VAT, and no further than was paid', async () => {
    const order = await paidByCard();
    const lagers = order.lines[1]!;
    const { refund, order: after } = await evening.refund(order.id, { lines: [{ line_id: lagers.id, quantity: 1 }] });
    expect(refund).toMatchObject({ method: 'card', amountMinor: 450, returnedMinor: 0, vatMinor: 75 });
    expect([after.paymentStatus, after.sums.total, after.money.refundedMinor]).toEqual([
      'partially_refunded',
      1899,
      450,
    ]);
    const over = await evening.refusal(evening.refund(order.id, { amount_minor: 1450 }));
    expect(over).toMatchObject({ code: 'AMOUNT_OVER_DUE', field: 'amount', details: { amount_left: 14.49 } });
    const rest = await evening.refund(order.id, { amount_minor: 1449 });
    expect(rest.order.paymentStatus).toBe('refunded');
    expect(receipts().filter((title) => title.startsWith('Refund'))).toHaveLength(2);
    expect(evening.facts(refund.id)[0]?.body).toMatchObject({ vat_minor: 75, refunded_minor: 450, reason: 'cold' });
  });

  test('a line named without a quantity is all of it', async () => {
    const order = await paidByCard();
    const { refund } = await evening.refund(order.id, { lines: [{ line_id: order.lines[1]!.id }] });
    expect(refund).toMatchObject({ amountMinor: 900, lines: [{ quantity: 2 }] });
  });

  test('cash back needs an open drawer and opens it', async () => {
    const order = await paidByCard();
    const back = { amount_minor: 500, method: 'cash' as const };
    expect(await evening.refusal(evening.refund(order.id, back))).toMatchObject({ code: 'NO_OPEN_SESSION' });
    const { session } = await evening.openShift();
    const { refund } = await evening.refund(order.id, back);
    expect([refund.sessionId, evening.pulses()]).toEqual([session.id, 1]);
  });

  test('paid half in cash and half by card, somebody says how it goes back', async () => {
    await evening.openShift();
    const id = await supper();
    await evening.pay(id, { amount_minor: 1000 });
    await evening.pay(id, { method: 'card', amount_minor: 899 });
    const refused = await evening.refusal(evening.refund(id, { amount_minor: 100 }));
    expect(refused).toMatchObject({
      code: 'VALIDATION_ERROR',
      field: 'method',
      details: { methods: ['cash', 'card'] },
    });
  });

  test('a server asks a manager, whose yes counts for this order and once', async () => {
    const order = await paidByCard();
    const refused = await evening.refusal(evening.refund(order.id, { amount_minor: 100 }, people.server));
    expect(refused).toMatchObject({
      code: 'APPROVAL_NEEDED',
      details: { command: 'payments.refund', target_id: order.id },
    });
    const yes = evening.approved('server', 'payments.refund', order.id);
    const { refund } = await evening.refund(order.id, { amount_minor: 100 }, yes);
    expect([refund.madeBy, refund.approvedBy]).toEqual([people.server.actor.id, people.manager.actor.id]);
    const twice = await evening.refusal(evening.refund(order.id, { amount_minor: 100 }, yes));
    expect(twice).toMatchObject({ code: 'APPROVAL_NEEDED' });
  });

  test('a share goes back as it was charged', async () => {
    const id = await supper();
    const { order } = await evening.run(splitOrder, 'server', { order_id: id, split: { mode: 'even', ways: 2 } });
    const [half, other] = order.shares as [(typeof order.shares)[0], (typeof order.shares)[0]];
    await evening.pay(id, { share_id: half.id, method: 'card', amount_minor: half.totalMinor });
    await evening.pay(id, { share_id: other.id, method: 'card', amount_minor: other.totalMinor });
    const { refund } = await evening.refund(id, { share_id: half.id });
    expect([refund.amountMinor, refund.shareId]).toEqual([950, half.id]);
    expect(await evening.refusal(evening.refund(id, { share_id: half.id }))).toMatchObject({ code: 'AMOUNT_OVER_DUE' });
  });

  test('while the check is open money goes back without undoing a sale, and is due again', async () => {
    const id = await supper();
    await evening.pay(id, { method: 'card', amount_minor: 1000 });
    const { refund, order } = await evening.refund(id, { amount_minor: 1000 });
    expect([refund.returnedMinor, refund.vatMinor, order.dueMinor]).toEqual([1000, 0, 1899]);
    expect(order.money).toMatchObject({ paidMinor: 0, refundedMinor: 0 });
    const lines = [{ line_id: order.lines[0]!.id, quantity: 1 }];
    expect(await evening.refusal(evening.refund(id, { lines }))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const { order: paid } = await evening.pay(id, { method: 'card', amount_minor: 1899 });
    expect([paid.status, paid.paymentStatus]).toEqual(['closed', 'completed']);
    expect(await evening.refusal(evening.refund(id, { amount_minor: 1900 }))).toMatchObject({
      details: { amount_left: 18.99 },
    });
  });

  test('what was paid too much, because a dish was voided later, goes back first', async () => {
    await evening.openShift();
    const id = await supper();
    const { order } = await evening.pay(id, { amount_minor: 1500 });
    const burger = { order_id: id, line_id: order.lines[0]!.id, reason: 'never came' };
    const { order: after } = await evening.run(voidLine, 'server', burger);
    expect(after).toMatchObject({ status: 'closed', flags: ['OVERPAID'], sums: { total: 900 } });
    const first = await evening.refund(id, { amount_minor: 700 });
    expect(first.refund).toMatchObject({ returnedMinor: 600, vatMinor: 17 });
    const over = await evening.refusal(evening.refund(id, { amount_minor: 801 }));
    expect(over).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_left: 8 } });
  });
});

describe('over HTTP', () => {
  test('our own tills: strict, with a reference for cards, in pounds', async () => {
    await evening.openShift();
    const id = await supper();
    const path = `/orders/${id}/payments`;
    const missing = await evening.ask('server', 'POST', path, { method: 'card', amount: 5 });
    expect([missing.status, missing.body.error.code, missing.body.error.field]).toEqual([
      422,
      'VALIDATION_ERROR',
      'reference',
    ]);
    const unknown = await evening.ask('server', 'POST', path, { method: 'cash', amount: 5, total: 5 });
    expect([unknown.status, unknown.body.error.code]).toEqual([422, 'UNKNOWN_FIELD']);
    const pan = await evening.ask('server', 'POST', path, {
      method: 'card',
      amount: 5,
      reference: 'card 4111 1111 1111 1111',
    });
    expect([pan.status, pan.body.error.field]).toEqual([422, 'reference']);
    expect(JSON.stringify(pan.body)).not.toContain('4111');
    const third = await evening.ask('server', 'POST', path, { method: 'cash', amount: 5.005 });
    expect([third.status, third.body.error.field]).toEqual([422, 'amount']);

    const headers = { 'Idempotency-Key': 'half' };
    const sent = { method: 'cash', amount: 10, tendered: 20, tip_amount: 1 };
    const paid = await evening.ask('server', 'POST', path, sent, headers);
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({
      success: true,
      amount: 10,
      tendered: 20,
      change: 9,
      tip_amount: 1,
      amount_due: 8.99,
    });
    expect(PaymentDto.strict().safeParse(paid.body.data).error).toBeUndefined();
    const again = await evening.ask('server', 'POST', path, sent, headers);
    expect([again.status, again.body.data]).toEqual([201, paid.body.data]);
    expect(evening.pulses()).toBe(1);

    const card = { method: 'card', amount: 8.99, reference: 'none', tip_amount: 2 };
    const settled = await evening.ask('server', 'POST', path, card);
    expect(settled.body).toMatchObject({
      settled: true,
      order: { check_status: 'closed', amount_due: 0, tip_amount: 3 },
    });
    expect((await evening.ask('server', 'POST', path, card)).status).toBe(409);
  });

  test('the first iPad app: its field names, its integer id, and what was handed over as the amount', async () => {
    await evening.openShift();
    const id = await supper();
    const { body: order } = await evening.ask('server', 'GET', `/orders/${id}`);
    const sent = { order_id: order.mobile_id, payment_method: 'cash', amount: 20, app_version: '1.2' };
    const { status, body } = await evening.ask('server', 'POST', '/payments', sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      success: true,
      amount: 18.99,
      tendered: 20,
      change: 1.01,
      settled: true,
      order_id: id,
    });
    const other = await supper();
    const apple = { order_id: other, payment_method: 'Apple_Pay', amount: 18.99 };
    const card = await evening.ask('server', 'POST', '/payments', apple);
    expect(card.body).toMatchObject({ method: 'card', reference: 'none', settled: true });
    const odd = await evening.ask('server', 'POST', '/payments', { ...apple, payment_method: 'seashells' });
    expect([odd.status, odd.body.error.field]).toEqual([422, 'payment_method']);
    const none = await evening.ask('server', 'POST', '/payments', { ...apple, order_id: 99 });
    expect([none.status, none.body.error.field]).toEqual([404, 'order_id']);
  });

  test('a refund says what goes back, one way of three', async () => {
    const id = await supper();
    await evening.pay(id, { method: 'card', amount_minor: 1899 });
    const path = `/orders/${id}/refunds`;
    const vague = await evening.ask('manager', 'POST', path, { reason: 'cold' });
    expect([vague.status, vague.body.error.field]).toEqual([422, 'amount']);
    const both = await evening.ask('manager', 'POST', path, { reason: 'cold', amount: 1, lines: [{ line_id: id }] });
    expect(both.status).toBe(422);
    const silent = await evening.ask('manager', 'POST', path, { amount: 1 });
    expect([silent.status, silent.body.error.field]).toEqual([422, 'reason']);
    const { status, body } = await evening.ask('manager', 'POST', path, { reason: 'cold', amount: 4.5 });
    expect([status, body.amount, body.tax_amount, body.order.payment_status]).toEqual([
      201,
      4.5,
      0.75,
      'partially_refunded',
    ]);
    expect(RefundDto.strict().safeParse(body.data).error).toBeUndefined();
    const server = await evening.ask('server', 'POST', path, { reason: 'cold', amount: 1 });
    expect([server.status, server.body.error.details.target_id]).toEqual([403, id]);
  });
});

test('a sealed evening is not touched by what is paid after it', async () => {
  const { session } = await evening.openShift();
  const id = await supper();
  await evening.pay(id, { amount_minor: 1899 });
  await evening.count(session.id, 16_899);
  await evening.run(closeShift, 'manager', { session_id: session.id, carry_over: false });
  await evening.run(sealDay, 'manager', {});
  evening.nextDay('2025-06-19');
  await evening.refund(id, { amount_minor: 450, method: 'card' });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { DailySalesDto } from '#contract/reports.ts';
import { people } from '../orders/orders.fixture.ts';
import { closeShift } from '../shifts/index.ts';
import { type Evening, openEvening } from './evening.fixture.ts';
import { dailyReport, firstOpenDay, sealDay, sealDueDays } from './index.ts';

let evening: Evening;
beforeEach(async () => {
  evening = await openEvening();
});
afterEach(async () => {
  expect(evening.money()).toEqual([]);
  expect(evening.bugs).toEqual([]);
  await evening.close();
});

/** Two lagers and a tap water on table 1 with 12.5 % service: 9.00 + 1.13. */
async function round(payment: object = { method: 'card', amount_minor: 1013 }): Promise<string> {
  const { order } = await evening.open(evening.tables[0], 3);
  await evening.add(order.id, [
    { product_id: evening.menu.lager.id, quantity: 2 },
    { product_id: evening.menu.tap.id, quantity: 1 },
  ]);
  await evening.pay(order.id, payment);
  await evening.core.connection().sqlite.prepare("UPDATE dining_table SET status = 'available'").run();
  return order.id;
}

test('the report of an evening says what clients read, by the hour of the store', async () => {
  const { session } = await evening.openShift(5000);
  const first = await round();
  evening.pass(3_600_000);
  await round({ amount_minor: 2000, tip_minor: 200 });
  const { order } = await evening.open(evening.tables[1], 2, 'second');
  const { chips, burger, medium } = evening.menu;
  await evening.add(order.id, [
    { product_id: burger.id, quantity: 1, modifiers: [{ option_id: medium }] },
    { product_id: chips.id, quantity: 3 },
  ]);
  await evening.pay(order.id, { method: 'card', amount_minor: 2643 });
  await evening.refund(first, { amount_minor: 450 });

  const { status, body } = await evening.ask('manager', 'GET', '/reports/daily-sales?date=2025-06-18');
  expect(status).toBe(200);
  expect(DailySalesDto.strict().safeParse(body.data).error).toBeUndefined();
  expect(body.report_info).toMatchObject({ type: 'daily_sales', date: '2025-06-18', total_orders: 3, sealed: false });
  // 10.13 + 10.13 + 26.43; VAT 1.50 + 1.50 + 3.92 less what went back with the 4.50.
  expect(body.summary).toMatchObject({
    total_sales: 46.69,
    total_orders: 3,
    average_ticket: 15.56,
    total_items: 10,
    average_items_per_order: 3.3,
    refund_amount: 4.5,
    refund_count: 1,
    discount_amount: 0,
    service_charge: 5.2,
    tips: 2,
    covers: 8,
  });
  const { total_sales, refund_amount, total_tax, net_sales } = body.summary;
  expect(net_sales).toBeCloseTo(total_sales - refund_amount - total_tax, 6);
  expect(body.vat_by_rate[0].vat).toBe(total_tax);
  expect(body.hourly_breakdown).toEqual([
    { hour: '20:00', sales: 10.13, orders: 1, items: 3 },
    { hour: '21:00', sales: 36.56, orders: 2, items: 7 },
  ]);
  expect(body.payment_methods).toEqual([
    { method: 'card', amount: 32.06, tips: 0, count: 2, orders: 2, percentage: 76 },
    { method: 'cash', amount: 10.13, tips: 2, count: 1, orders: 1, percentage: 24 },
  ]);
  expect(body.top_products.slice(0, 2)).toEqual([
    { name: 'Lager', qty: 4, amount: 18, orders: 2, category: 'Drinks' },
    { name: 'Chips', qty: 3, amount: 13.5, orders: 1, category: 'Mains' },
  ]);
  expect(body.staff_performance).toMatchObject([
    { user_id: people.second.actor.id, name: 'Ben P.', orders: 1, sales: 26.43 },
    { user_id: people.server.actor.id, name: 'Ana P.', orders: 2, sales: 20.26, covers: 6 },
  ]);

  await evening.count(session.id, 6213);
  const { z } = await evening.run(closeShift, 'manager', { session_id: session.id, carry_over: false });
  const { summary } = dailyReport(evening.core.connection(), '2025-06-18');
  expect([z.salesTotalMinor, z.tipsMinor, z.refunds.amountMinor, z.vatByRate, z.tenders]).toEqual([
    summary.salesTotalMinor,
    summary.tipsMinor,
    summary.refundsMinor,
    summary.vatByRate,
    summary.tenders,
  ]);
});

test('a day that is closed stays as it was: a refund of tomorrow is in the report of tomorrow', async () => {
  const id = await round();
  const { body: live } = await evening.ask('manager', 'GET', '/reports/daily-sales');
  const sealed = await evening.ask('manager', 'POST', '/reports/seal-day', {});
  expect(sealed.status).toBe(200);
  expect(sealed.body.report_info).toMatchObject({ sealed: true, date: '2025-06-18' });
  expect(sealed.body.summary).toEqual(live.summary);
  evening.nextDay('2025-06-19');
  await evening.refund(id, { amount_minor: 1013 });
  const { body: yesterday } = await evening.ask('manager', 'GET', '/reports/daily-sales?date=2025-06-18');
  expect(yesterday.summary).toEqual(live.summary);
  const { body: today } = await evening.ask('manager', 'GET', '/reports/daily-sales');
  expect(today.summary).toMatchObject({ total_sales: 0, refund_amount: 10.13, total_orders: 0, average_ticket: 0 });
  expect(today.payment_methods).toMatchObject([{ method: 'card', amount: -10.13, percentage: 0 }]);
  const again = await evening.ask('manager', 'POST', '/reports/seal-day', { date: '2025-06-18' });
  expect(again.body.report_info.sealed_at).toBe(sealed.body.report_info.sealed_at);
  expect(evening.facts('2025-06-18').filter(({ kind }) => kind === 'day.sealed')).toHaveLength(1);
});

test('what is voided after an early close is in the report of the day that began with it', async () => {
  await round();
  await evening.ask('manager', 'POST', '/reports/seal-day', {});
  evening.nextDay('2025-06-19');
  // The books are a day on, the clock only an hour.
  evening.pass(3_600_000 - 86_400_000);
  const { order } = await evening.open(evening.tables[1], 2);
  await evening.add(order.id, [{ product_id: evening.menu.lager.id, quantity: 1 }]);
  const line = evening.facts(order.id).at(-1)?.body.lines[0].line_id;
  const voided = await evening.ask('manager', 'POST', `/orders/${order.id}/lines/${line}/void`, { reason: 'warm' });
  expect(voided.status).toBe(200);
  for (const [date, void_count, void_amount] of [
    ['2025-06-18', 0, 0],
    ['2025-06-19', 1, 4.5],
  ]) {
    const { body } = await evening.ask('manager', 'GET', `/reports/daily-sales?date=${date}`);
    expect(body.summary, `${date}`).toMatchObject({ void_count, void_amount });
  }
});

test('the running day is not closed while a drawer is open, and no day before it has come', async () => {
  const { session } = await evening.openShift(0);
  expect(await evening.refusal(evening.run(sealDay, 'manager', {}))).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    details: { state: 'session_open', possible: ['close_session'] },
  });
  expect(await evening.refusal(evening.run(sealDay, 'manager', { date: '2025-06-19' }))).toMatchObject({
    code: 'VALIDATION_ERROR',
    field: 'date',
  });
  await evening.count(session.id, 0);
  await evening.run(closeShift, 'manager', { session_id: session.id, carry_over: false });
  await evening.run(sealDay, 'manager', {});
  expect(firstOpenDay(evening.core.connection(), '2025-06-18')).toBe('2025-06-19');
  expect(firstOpenDay(evening.core.connection(), '2025-06-25')).toBe('2025-06-25');
});

test('nobody has to close the day: after the cut-off it closes by itself, and what was missed before it', async () => {
  await round();
  expect(await sealDueDays(evening.core, evening.now())).toEqual([]);
  evening.nextDay('2025-06-19');
  await round();
  evening.nextDay('2025-06-20');
  expect(await sealDueDays(evening.core, evening.now())).toEqual(['2025-06-18', '2025-06-19']);
  expect(await sealDueDays(evening.core, evening.now())).toEqual([]);
  const { body } = await evening.ask('manager', 'GET', '/reports/daily-sales?date=2025-06-19');
  expect(body).toMatchObject({ report_info: { sealed: true }, summary: { total_sales: 10.13 } });
});

test('reports are for managers, and a date is a date', async () => {
  expect((await evening.ask('server', 'GET', '/reports/daily-sales')).status).toBe(403);
  for (const date of ['yesterday', '2025-02-30', '2025-6-1', '2025-13-01']) {
    const { status, body } = await evening.ask('manager', 'GET', `/reports/daily-sales?date=${date}`);
    expect([date, status, body.error?.field]).toEqual([date, 422, 'date']);
  }
  const empty = await evening.ask('manager', 'GET', '/reports/daily-sales?date=2031-01-01');
  expect(empty.body.summary).toMatchObject({ total_sales: 0, total_orders: 0 });
});

test('the ledger check is quiet on a good day and names what was bent', async () => {
  const id = await round();
  const check = async () => (await evening.ask('manager', 'GET', '/reports/ledger-check')).body.data;
  expect(await check()).toEqual({ date: '2025-06-18', adds_up: true, broken: [] });
  const { sqlite } = evening.core.connection();
  sqlite.prepare('UPDATE payment SET amount_minor = amount_minor + 1 WHERE order_id = ?').run(id);
  sqlite.prepare('UPDATE order_line SET unit_price_minor = unit_price_minor + 120 WHERE order_id = ?').run(id);
  const bent = await check();
  expect(bent.adds_up).toBe(false);
  expect(bent.broken.join('\n')).toMatch(/card in the ledger: 1013, should be 1014/);
  expect(bent.broken.join('\n')).toMatch(/net items: 750, should be/);
  sqlite.prepare('UPDATE payment SET amount_minor = amount_minor - 1 WHERE order_id = ?').run(id);
  sqlite.prepare('UPDATE order_line SET unit_price_minor = unit_price_minor - 120 WHERE order_id = ?').run(id);
});

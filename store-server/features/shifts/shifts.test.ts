import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClosedSessionDto, SessionDto, ShiftReportDto } from '#contract/shifts.dto.ts';
import { voidLine } from '../orders/orders.commands/void-line.ts';
import { people } from '../orders/orders.fixture.ts';
import { cashier, type Evening, openEvening } from '../reports/evening.fixture.ts';
import { closeShift, moveCash, openWithoutSale } from './index.ts';

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

async function sellLagers(quantity: number, payment: object): Promise<string> {
  const { order } = await evening.open(evening.tables[0]);
  await evening.add(order.id, [{ product_id: evening.menu.lager.id, quantity }]);
  await evening.pay(order.id, payment);
  await evening.core.connection().sqlite.prepare("UPDATE dining_table SET status = 'available'").run();
  return order.id;
}
const move = (session_id: string, direction: 'in' | 'out', amount_minor: number, reason: string) =>
  evening.run(moveCash, cashier, { session_id, direction, amount_minor, reason });
const close = (session_id: string, carry_over = false) =>
  evening.run(closeShift, 'manager', { session_id, carry_over });
const slips = () => evening.slips(evening.till).map(({ title }) => title);

test('an evening at the till: float, sales, milk, a refund, a blind count that is two pounds short, and the Z', async () => {
  const { session } = await evening.openShift(15_000);
  await sellLagers(4, { amount_minor: 2000 });
  const byCard = await sellLagers(2, { method: 'card', amount_minor: 900, tip_minor: 100 });
  await sellLagers(1, { amount_minor: 450, tip_minor: 50, tendered_minor: 500 });
  await move(session.id, 'out', 320, 'milk');
  await move(session.id, 'in', 1000, 'coins from the bank');
  await evening.refund(byCard, { amount_minor: 450, method: 'cash' });
  await evening.run(openWithoutSale, cashier, { session_id: session.id, reason: 'change for a guest' });
  const { order } = await evening.open(evening.tables[1]);
  const { order: filled } = await evening.add(order.id, [
    { product_id: evening.menu.lager.id, quantity: 2 },
    { product_id: evening.menu.chips.id, quantity: 1 },
  ]);
  await evening.run(voidLine, 'server', { order_id: order.id, line_id: filled.lines[0]!.id, reason: 'changed mind' });

  // 150.00 + 18.00 + 4.50 + 0.50 − 3.20 + 10.00 − 4.50 = 175.30
  const counted = await evening.count(session.id, 17_330);
  expect(counted).toMatchObject({ state: 'closing_control', expectedMinor: 17_530, countedMinor: 17_330 });
  expect(await evening.refusal(close(session.id))).toMatchObject({ code: 'OPEN_CHECKS', details: { count: 1 } });
  const { session: closed, z } = await close(session.id, true);
  expect(closed).toMatchObject({ state: 'closed', zNumber: 1, carriedOver: 1 });
  expect(z).toMatchObject({
    number: 1,
    cash: {
      openingFloatMinor: 15_000,
      floatCounted: true,
      salesMinor: 2250,
      tipsMinor: 50,
      refundsMinor: 450,
      inMinor: 1000,
      outMinor: 320,
      expectedMinor: 17_530,
      countedMinor: 17_330,
      differenceMinor: -200,
    },
    salesTotalMinor: 3150,
    salesNetMinor: 2625,
    salesVatMinor: 525,
    checks: 3,
    covers: 6,
    vatByRate: [{ bps: 2000, netMinor: 2250, vatMinor: 450, grossMinor: 2700 }],
    refunds: { count: 1, amountMinor: 450, vatMinor: 75, returnedMinor: 0 },
    tipsMinor: 150,
    voids: { count: 1, valueMinor: 900 },
    noSales: 1,
    carriedOver: 1,
  });
  expect(
    z.tenders.map(({ method, takenMinor, tipMinor, refundedMinor }) => [method, takenMinor, tipMinor, refundedMinor]),
  ).toEqual([
    ['card', 900, 100, 0],
    ['cash', 2250, 50, 450],
  ]);
  expect(slips().at(-1)).toBe('Z report 1');
  const paper = JSON.stringify(evening.slips(evening.till).at(-1));
  for (const words of ['£173.30', '-£2.00', 'milk', z.journal?.head ?? 'no head']) expect(paper).toContain(words);
});

test('the head of the journal on the Z is that of the entry before it', async () => {
  const { session } = await evening.openShift(0);
  await evening.count(session.id, 0);
  const { seq, hash } = evening.core.head();
  const { z } = await close(session.id);
  expect(z.journal).toEqual({ seq, head: hash.toString('hex').slice(0, 16) });
});

test('the drawer opens for milk and for change, prints a slip for the milk, and each time is kept with its reason', async () => {
  const { session } = await evening.openShift();
  await move(session.id, 'out', 320, 'milk');
  await evening.run(openWithoutSale, cashier, { session_id: session.id, reason: 'change' });
  await evening.settings({ drawer: { on_no_sale: false } });
  const shut = await evening.run(openWithoutSale, cashier, { session_id: session.id, reason: 'again' });
  expect([evening.pulses(), shut.drawerOpened, slips()]).toEqual([2, false, ['Cash out']]);
  const reasons = evening.facts().flatMap(({ kind, body }) => (kind === 'drawer.no_sale' ? [body.reason] : []));
  expect(reasons).toEqual(['change', 'again']);
});

test('whoever counts is not told what should be there, until the count stands; each recount is kept', async () => {
  const { session } = await evening.openShift(10_000);
  const seen = async (who: string) => (await evening.ask(who, 'GET', `/pos/sessions/${session.id}`)).body;
  expect((await seen('cashier')).expected_amount).toBeNull();
  expect((await seen('manager')).expected_amount).toBe(100);
  expect((await evening.ask('cashier', 'GET', `/pos/sessions/${session.id}/x-report`)).status).toBe(403);
  expect((await evening.count(session.id, 9000)).expectedMinor).toBe(10_000);
  expect(await seen('cashier')).toMatchObject({ state: 'closing_control', expected_amount: 100, difference: -10 });
  await evening.count(session.id, 10_000);
  const { z } = await close(session.id);
  expect(z.cash).toMatchObject({ countedMinor: 10_000, differenceMinor: 0, closingCounts: 2 });
  const counts = evening.facts().filter(({ kind }) => kind === 'shift.drawer_counted');
  expect(counts.map(({ body }) => [body.kind, body.counted_minor, body.recount])).toEqual([
    ['opening', 10_000, false],
    ['closing', 9000, false],
    ['closing', 10_000, true],
  ]);
});

test('a float that nobody counted counts as nothing, and the Z says so', async () => {
  const { session } = await evening.openShift(null);
  await sellLagers(2, { amount_minor: 900 });
  const counted = await evening.count(session.id, 900, true);
  expect(counted).toMatchObject({ state: 'closing_control', openingFloatMinor: null, expectedMinor: 900 });
  const { z } = await close(session.id);
  expect(z.cash).toMatchObject({ openingFloatMinor: 0, floatCounted: false, differenceMinor: 0 });
  expect(JSON.stringify(evening.slips(evening.till).at(-1))).toContain('Opening float (not counted)');
});

test('each step in its turn: a drawer is counted before it is closed, and then no cash goes in', async () => {
  const { session } = await evening.openShift();
  expect(await evening.refusal(close(session.id))).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    details: { state: 'opened', possible: ['count'] },
  });
  await evening.count(session.id, 15_000);
  const { order } = await evening.open(evening.tables[0]);
  await evening.add(order.id, [{ product_id: evening.menu.lager.id, quantity: 1 }]);
  expect(await evening.refusal(evening.pay(order.id, { amount_minor: 450 }))).toMatchObject({
    code: 'NO_OPEN_SESSION',
    details: { state: 'closing_control' },
  });
  expect(await evening.refusal(move(session.id, 'out', 100, 'milk'))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  await close(session.id, true);
  for (const late of [close(session.id), evening.count(session.id, 1), move(session.id, 'in', 1, 'late')]) {
    expect(await evening.refusal(late)).toMatchObject({ code: 'SESSION_CLOSED' });
  }
});

test('Z reports are numbered without a gap across drawers, and cannot be changed or deleted', async () => {
  const terrace = await evening.addTill('Terrace');
  for (const till of [1, terrace.alias, 1]) {
    const { session } = await evening.openShift(0, till);
    await evening.count(session.id, 0);
    await close(session.id);
  }
  const { sqlite } = evening.core.connection();
  expect(sqlite.prepare('SELECT number FROM z_report ORDER BY number').pluck().all()).toEqual([1, 2, 3]);
  expect(() => sqlite.exec("UPDATE z_report SET body = '{}'")).toThrow('never changed');
  expect(() => sqlite.exec('DELETE FROM z_report')).toThrow('never deleted');
});

test('a server may not count, move cash or open the drawer; a cashier may not close', async () => {
  const { session } = await evening.openShift();
  const ask = (who: string, what: string, body: object) =>
    evening.ask(who, 'POST', `/pos/sessions/${session.id}/${what}`, body);
  for (const [what, body] of [
    ['count', { counted_amount: 1 }],
    ['cash-movements', { direction: 'out', amount: 1, reason: 'milk' }],
    ['drawer/open', { reason: 'change' }],
  ] as const) {
    expect((await ask('server', what, body)).status).toBe(403);
  }
  expect((await ask('cashier', 'close', { carry_over: true })).body.error).toMatchObject({
    code: 'APPROVAL_NEEDED',
    details: { command: 'shifts.close', target_id: session.id },
  });
});

test('a manager’s yes to closing is for the session, by uuid or by number', async () => {
  const { session } = await evening.openShift(0);
  await evening.count(session.id, 0);
  const closing = (ref: string | number, said: string) =>
    evening.run(
      closeShift,
      { ...cashier, approvalId: evening.approved('server', 'shifts.close', said).approvalId },
      { session_id: ref, carry_over: false },
    );
  expect(await evening.refusal(closing(session.alias, '2'))).toMatchObject({
    code: 'APPROVAL_NEEDED',
    details: { reason: 'for_something_else' },
  });
  expect((await closing(session.alias, session.id)).session.state).toBe('closed');
  const next = (await evening.openShift(0)).session;
  await evening.count(next.id, 0);
  expect((await closing(next.id, String(next.alias))).session.state).toBe('closed');
});

test('the first iPad app opens and reads its session with what it sends and parses', async () => {
  expect((await evening.ask('manager', 'GET', '/pos/sessions/current')).body.data).toBeNull();
  const opened = await evening.ask('manager', 'POST', '/pos/sessions', { config_id: 1, app_version: '1.2' });
  expect(opened.status).toBe(201);
  expect(SessionDto.strict().safeParse(opened.body.data).error).toBeUndefined();
  expect(opened.body.data).toMatchObject({
    id: 1,
    name: 'POS/00001',
    state: 'opening_control',
    stop_at: null,
    config_id: 1,
    config_name: 'Till 1',
    user_id: 1,
    user_name: 'Mina P.',
  });
  const again = await evening.ask('manager', 'POST', '/pos/sessions', { config_id: 1, opening_float: 50 });
  expect([again.status, again.body.data]).toEqual([200, opened.body.data]);
  const current = await evening.ask('server', 'GET', '/pos/sessions/current');
  expect(current.body.data).toMatchObject({ id: 1, state: 'opening_control', opening_float: null });
  expect((await evening.ask('manager', 'POST', '/pos/sessions', { config_id: 9 })).body.error).toMatchObject({
    code: 'NOT_FOUND',
    field: 'config_id',
  });
  const float = await evening.ask('manager', 'POST', '/pos/sessions/1/count', { counted_amount: 150.5 });
  expect([float.status, float.body.state, float.body.opening_float]).toEqual([200, 'opened', 150.5]);
});

test('over HTTP the drawer is counted in coins, closed, and its Z read again as it was made', async () => {
  const { session } = await evening.openShift(12_345);
  const path = `/pos/sessions/${session.alias}`;
  const bad = [
    [{}, 'counted_amount'],
    [{ counted_amount: 1, denominations: { '1': 1 } }, 'counted_amount'],
    [{ denominations: { '3': 1 } }, 'denominations'],
    [{ counted_amount: -1 }, 'counted_amount'],
    [{ counted_amount: 1.005 }, 'counted_amount'],
  ] as const;
  for (const [body, field] of bad) {
    const { status, body: answer } = await evening.ask('cashier', 'POST', `${path}/count`, body);
    expect([status, answer.error.field]).toEqual([422, field]);
  }
  const movement = { direction: 'out', amount: 3.2, reason: 'milk' };
  const moved = await evening.ask('cashier', 'POST', `${path}/cash-movements`, movement);
  expect([moved.status, moved.body.amount, moved.body.direction]).toEqual([201, 3.2, 'out']);
  expect((await evening.ask('cashier', 'POST', `${path}/cash-movements`, { ...movement, amount: 0 })).status).toBe(422);
  expect((await evening.ask('cashier', 'POST', `${path}/drawer/open`, {})).body.error.field).toBe('reason');
  const opened = await evening.ask('cashier', 'POST', `${path}/drawer/open`, { reason: 'change' });
  expect([opened.status, opened.body.drawer_opened]).toEqual([200, true]);

  const x = await evening.ask('manager', 'GET', `${path}/x-report`);
  expect(ShiftReportDto.strict().safeParse(x.body.data).error).toBeUndefined();
  expect(x.body).toMatchObject({ kind: 'x', number: null, cash: { expected: 120.25, cash_out: 3.2 }, no_sales: 1 });
  expect((await evening.ask('manager', 'GET', `${path}/z-report`)).status).toBe(404);
  const coins = { denominations: { '50': 2, '20': 1, '0.20': 1, '0.05': 1 } };
  const counted = await evening.ask('cashier', 'POST', `${path}/count`, coins);
  expect(counted.body).toMatchObject({ counted_amount: 120.25, difference: 0 });
  const closed = await evening.ask('manager', 'POST', `${path}/close`, {});
  expect(closed.status).toBe(200);
  expect(ClosedSessionDto.strict().safeParse(closed.body.data).error).toBeUndefined();
  const z = await evening.ask('manager', 'GET', `${path}/z-report`);
  expect(z.body.data).toEqual(closed.body.data.z_report);
  expect((await evening.ask('manager', 'GET', `${path}/x-report`)).status).toBe(409);
  const list = await evening.ask('manager', 'GET', '/pos/sessions');
  expect(list.body.sessions).toMatchObject([{ id: session.alias, state: 'closed', z_number: 1 }]);
});

test('two tills cannot open the same drawer twice, and a till needs a name of its own', async () => {
  const both = await Promise.all([evening.openShift(), evening.openShift()]);
  expect(both.map(({ created }) => created)).toEqual([true, false]);
  const made = await evening.ask('manager', 'POST', '/pos/tills', { name: 'Terrace', printer_id: evening.till });
  expect([made.status, made.body.data.id, made.body.data.printer_id]).toEqual([201, 2, evening.till]);
  expect((await evening.ask('manager', 'POST', '/pos/tills', { name: 'terrace' })).body.error).toMatchObject({
    code: 'CONFLICT',
    field: 'name',
  });
  expect((await evening.ask('manager', 'GET', '/pos/tills')).body.tills).toHaveLength(2);
  const which = await evening.ask('manager', 'POST', '/pos/sessions', {});
  expect([which.status, which.body.error.field]).toEqual([422, 'config_id']);
  expect(people.manager.actor.may('shifts.close')).toBe(true);
});

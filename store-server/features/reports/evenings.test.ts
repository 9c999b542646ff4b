import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rejection } from '../../commands/perform.ts';
import { headlinesOf } from '../../kernel/breakdown.ts';
import { openOrderCommand, orderView } from '../orders/index.ts';
import { removeService } from '../orders/orders.commands/remove-service.ts';
import { splitOrder } from '../orders/orders.commands/split-order.ts';
import { voidLine } from '../orders/orders.commands/void-line.ts';
import { openInput } from '../orders/orders.fixture.ts';
import { closeShift, moveCash } from '../shifts/index.ts';
import { type Evening, openEvening } from './evening.fixture.ts';
import { checkOrderMoney, dailyReport, sealDay } from './index.ts';

/**
 * Evenings as nobody plans them: odd prices, splits, parts paid by five tenders, dishes voided in between, money given
 * back before and after the check is settled. After each step the check adds up, at the end everything does.
 */

const fraction = fc.noBias(fc.integer({ min: 0, max: 999 })).map((n) => n / 1000);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pay' as const), share: fraction, part: fraction, way: fraction }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fraction }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      which: fraction,
      quantity: fc.integer({ min: 1, max: 7 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('split' as const), mode: fraction, ways: fc.integer({ min: 2, max: 7 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('refund' as const), how: fraction, part: fraction, way: fraction }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('no service' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('cash' as const),
      amount: fc.integer({ min: 1, max: 5000 }),
      in: fc.boolean(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const check = fc.record({
  lines: fc.array(
    fc.record({ which: fraction, quantity: fc.integer({ min: 1, max: 9 }), seat: fc.integer({ min: 1, max: 3 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  covers: fc.integer({ min: 1, max: 12 }),
  discountBps: fc.constantFrom(0, 0, 0, 1000, 3333),
  service: fc.constantFrom('none', 'optional', 'mandatory'),
  vatInclusive: fc.boolean(),
  steps: fc.array(step, { minLength: 2, maxLength: 9 }),
  after: fc.array(fc.record({ kind: fc.constant('refund' as const), how: fraction, part: fraction, way: fraction }), {
    maxLength: 3,
  }),
});
type Check = typeof check extends fc.Arbitrary<infer One> ? One : never;

const methods = ['cash', 'card', 'qr', 'voucher', 'other'] as const;
const pick = <One>(list: readonly One[], at: number): One =>
  list[Math.min(list.length - 1, Math.floor(at * list.length))]!;

/** More evenings, or other ones, for whoever has the time. */
const runs = Number(process.env['FYNLO_EVENINGS'] ?? 12);
const seed = Number(process.env['FYNLO_SEED'] ?? 20250618);

/** The restaurant may say no, as to a guest; it may not make a mistake. */
async function may(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Rejection && error.problem.status < 500) return false;
    throw error;
  }
}

function act(evening: Evening, id: string, session: string, what: Step): Promise<unknown> {
  const view = orderView(evening.core.connection(), id);
  const { menu, run } = evening;
  const dishes = [menu.chips.id, menu.churros.id, menu.lager.id, menu.tap.id];
  switch (what.kind) {
    case 'pay': {
      const share = what.share < 0.6 ? undefined : view.shares[Math.floor(what.part * view.shares.length)];
      const due = share?.dueMinor ?? view.dueMinor;
      const amount_minor = what.part > 0.5 ? due : Math.max(1, Math.round(due * what.part));
      const method = pick(methods, what.way);
      const over = method === 'cash' && what.part > 0.7 ? 317 : 0;
      return evening.pay(id, {
        method,
        amount_minor: amount_minor + over,
        tip_minor: what.share > 0.8 ? 123 : 0,
        share_id: share?.id ?? null,
      });
    }
    case 'void': {
      const line = pick(view.lines, what.which);
      return run(voidLine, 'manager', { order_id: id, line_id: line.id, reason: 'sent back' });
    }
    case 'add':
      return evening.add(id, [{ product_id: pick(dishes, what.which), quantity: what.quantity, seat: 2 }]);
    case 'split': {
      const lines = view.lines.filter(({ status }) => status !== 'voided').map((line) => line.id);
      const items = [lines.slice(0, 1), lines.slice(1)].map((line_ids) => ({ line_ids }));
      const split =
        what.mode < 0.4
          ? { mode: 'even' as const, ways: what.ways }
          : what.mode < 0.7
            ? { mode: 'items' as const, shares: items }
            : { mode: 'seats' as const };
      return run(splitOrder, 'server', { order_id: id, split });
    }
    case 'refund': {
      const paid = view.money.payments.reduce((sum, one) => sum + one.amountMinor, 0);
      const method = pick(methods, what.way);
      const reason = 'not what they wanted';
      if (what.how < 0.4) return evening.refund(id, { amount_minor: Math.round(paid * what.part), method, reason });
      const share = pick(view.shares, what.part);
      if (what.how < 0.6 && share !== undefined) return evening.refund(id, { share_id: share.id, method, reason });
      const line = pick(view.lines, what.part);
      return evening.refund(id, {
        lines: [{ line_id: line.id, quantity: Math.ceil(line.quantity * what.how) }],
        method,
        reason,
      });
    }
    case 'no service':
      return run(removeService, 'manager', { order_id: id });
    case 'cash': {
      const direction = what.in ? ('in' as const) : ('out' as const);
      return run(moveCash, 'manager', { session_id: session, direction, amount_minor: what.amount, reason: 'change' });
    }
  }
}

async function serve(evening: Evening, session: string, plan: Check): Promise<{ steps: number; settled: boolean }> {
  const { core, menu } = evening;
  const connection = () => core.connection();
  await evening.settings({
    vat_inclusive: plan.vatInclusive,
    service_charge: { enabled: plan.service !== 'none', mandatory: plan.service === 'mandatory' },
  });
  const { order } = await evening.run(openOrderCommand, 'server', openInput({ covers: plan.covers }));
  const id = order.id;
  const dishes = [menu.chips, menu.churros, menu.lager, menu.tap];
  const lines = plan.lines.map(({ which, quantity, seat }) => ({ product_id: pick(dishes, which).id, quantity, seat }));
  await evening.add(id, lines);
  connection().sqlite.prepare('UPDATE orders SET discount_bps = ? WHERE id = ?').run(plan.discountBps, id);

  let done = 0;
  const take = async (what: Step): Promise<void> => {
    if (await may(() => act(evening, id, session, what))) done += 1;
    expect(checkOrderMoney(connection(), id)).toEqual([]);
  };
  for (const what of plan.steps) await take(what);
  for (const what of plan.after) await take(what);
  const { status, dueMinor } = orderView(connection(), id);
  if (status === 'open' && dueMinor > 0) await evening.pay(id, { method: 'card', amount_minor: dueMinor });
  for (const what of plan.after) await take(what);
  return { steps: done, settled: orderView(connection(), id).status === 'closed' };
}

test('hundreds of checks through every way to pay and give back, and not one penny astray', async () => {
  let [checks, steps, settled, refunds] = [0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(check, { minLength: 10, maxLength: 30 }),
      fc.integer({ min: 0, max: 500 }),
      async (plans, off) => {
        const evening = await openEvening();
        try {
          const { session } = await evening.openShift(10_000);
          for (const plan of plans) {
            const served = await serve(evening, session.id, plan);
            checks += 1;
            steps += served.steps;
            settled += served.settled ? 1 : 0;
          }
          expect(evening.money()).toEqual([]);

          const expected = (await evening.count(session.id, 1)).expectedMinor ?? 0;
          await evening.count(session.id, Math.max(0, expected - off));
          const { z } = await evening.run(closeShift, 'manager', { session_id: session.id, carry_over: true });
          const day = dailyReport(evening.core.connection(), '2025-06-18').summary;
          await evening.run(sealDay, 'manager', {});
          refunds += z.tenders.reduce((all, tender) => all + tender.refunds, 0);
          const closed = evening.core
            .connection()
            .sqlite.prepare<[], { id: string }>("SELECT id FROM orders WHERE status = 'closed'")
            .all()
            .map(({ id }) => headlinesOf(orderView(evening.core.connection(), id).sums.breakdown).total);
          // Each of the three is computed its own way: from the lines, from the ledger, from the day.
          expect(day.salesTotalMinor).toBe(closed.reduce((all, one) => all + one, 0));
          expect([z.tenders, z.tipsMinor, z.refunds.amountMinor]).toEqual([
            day.tenders,
            day.tipsMinor,
            day.refundsMinor,
          ]);
          expect(evening.money()).toEqual([]);
          expect(evening.bugs).toEqual([]);
        } finally {
          await evening.close();
        }
      },
    ),
    { numRuns: runs, endOnFailure: true, seed },
  );
  // A test of money that never settled or refunded anything would prove nothing.
  expect([checks >= 10 * runs, steps > 3 * checks, settled > checks / 2, refunds > checks / 4]).toEqual([
    true,
    true,
    true,
    true,
  ]);
}, 600_000);

import { orderSettled } from '#contract/orders.facts.ts';
import type { CommandContext } from '../../commands/define.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { insist, Problem } from '../../kernel/verdict.ts';
import { clearTable } from '../floor/index.ts';
import { post, salePostings } from '../ledger/index.ts';
import { settingsOf } from '../settings/index.ts';
import { fireLines } from './orders.kitchen.ts';
import { mustBeOpen } from './orders.rules.ts';
import { orderTable } from './orders.schema.ts';
import { headOf } from './orders.telling.ts';
import { type OrderView, orderView } from './orders.view.ts';

/**
 * Closes a check on which nothing is due any more, in the transaction of the payment (or void) that brought it there:
 * posts the sale, stamps the day, and leaves the table to be cleaned when it was the last check on it. Orders of older
 * clients that go to the kitchen when paid are fired. Dishes go on being cooked and served afterwards.
 * @param sessionId the drawer's session in whose Z report the sale stands; null where no session had a part in it
 * @throws Problem ORDER_CLOSED, PAYMENT_REQUIRED
 */
export function settleOrder(context: CommandContext, orderId: string, sessionId: string | null = null): OrderView {
  const { tx, now, businessDay } = context;
  const before = orderView(tx.connection, orderId);
  insist(mustBeOpen(before));
  if (before.dueMinor > 0) throw new Problem('PAYMENT_REQUIRED', { amount_due: toPounds(minor(before.dueMinor)) });
  const settings = settingsOf(tx.connection);

  post(context, {
    kind: 'sale',
    orderId: before.id,
    sessionId,
    occurredAt: context.caller.occurredAt ?? now,
    postings: salePostings(before.sums.breakdown),
  });
  const flags = before.money.paidMinor > before.sums.total ? [...new Set([...before.flags, 'OVERPAID'])] : before.flags;
  tx.on('order', orderId).update(orderTable, orderId, {
    status: 'closed',
    closedAt: now,
    settledDay: businessDay,
    flags,
  });
  if (before.tableId !== null) clearTable(context, before.tableId, { orderId, status: settings.table_after_payment });

  const after = orderView(tx.connection, orderId);
  tx.on('order', orderId).tell(orderSettled, {
    ...headOf(before, after),
    settled_day: businessDay,
    paid_minor: after.money.paidMinor,
    tip_minor: after.money.tipMinor,
    covers: after.covers,
  });
  const held = after.lines.filter(({ status }) => status === 'held');
  if (held.length === 0 || after.source === 'own' || settings.legacy_fire !== 'on_payment') return after;
  return fireLines(context, after, held);
}

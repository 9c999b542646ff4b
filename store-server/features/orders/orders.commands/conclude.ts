import type { Ref } from '#contract/ids.ts';
import { orderUnsplit } from '#contract/orders.facts.ts';
import type { CommandContext } from '../../../commands/define.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { answerOf, type OrderAnswer } from '../orders.dto.ts';
import { mustBeOpen } from '../orders.rules.ts';
import { orderShareTable } from '../orders.schema.ts';
import { settleOrder } from '../orders.settling.ts';
import { headOf } from '../orders.telling.ts';
import { type LineView, type OrderView, orderView, orderViewByRef } from '../orders.view.ts';

/** The order, open. @throws Problem NOT_FOUND, ORDER_CLOSED */
export function openOrder({ tx }: CommandContext, ref: Ref): OrderView {
  const order = orderViewByRef(tx.connection, ref);
  insist(mustBeOpen(order));
  return order;
}

/** A line of the order. @throws Problem NOT_FOUND, also for a line of another order */
export function lineOf(order: OrderView, id: string, field = 'line_id'): LineView {
  const line = order.lines.find((one) => one.id === id);
  if (line === undefined) throw new Problem('NOT_FOUND', { field });
  return line;
}

/** Ends the split that stands, without a word yet; returns its id, or null when the check was not split. */
export function dissolveShares({ tx, now }: CommandContext, order: OrderView): string | null {
  const writer = tx.on('order', order.id);
  for (const { id } of order.shares) writer.update(orderShareTable, id, { dissolvedAt: now });
  return order.shares[0]?.splitId ?? null;
}

/**
 * The end of every command that changes what a check comes to. A split no longer fits, so its shares are dissolved and
 * what is not yet paid is due on the check again; and when what was paid already covers the rest, the check is settled.
 */
export function concludeChange(
  context: CommandContext,
  before: OrderView,
  tell: (after: OrderView) => void,
): OrderAnswer {
  const { tx } = context;
  const splitId = dissolveShares(context, before);
  const after = orderView(tx.connection, before.id);
  tell(after);
  if (splitId !== null) {
    tx.on('order', before.id).tell(orderUnsplit, {
      ...headOf(after, after),
      split_id: splitId,
      reason: 'check_changed',
    });
  }
  const covered = after.status === 'open' && after.dueMinor === 0 && after.money.paidMinor > 0;
  return answerOf(covered ? settleOrder(context, after.id) : after, splitId === null ? {} : { splitDissolved: true });
}

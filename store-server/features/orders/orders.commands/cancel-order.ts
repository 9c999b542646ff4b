import { Ref } from '#contract/ids.ts';
import { orderCancelled } from '#contract/orders.facts.ts';
import { CancelOrderBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { insist } from '../../../kernel/verdict.ts';
import { clearTable } from '../../floor/index.ts';
import { answerOf } from '../orders.dto.ts';
import { orderIdOf } from '../orders.reads.ts';
import { canCancel } from '../orders.rules.ts';
import { orderTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { type OrderView, orderView, orderViewByRef } from '../orders.view.ts';
import { dissolveShares } from './conclude.ts';
import { leftAs } from './move-order.ts';
import { stopKitchen, writeVoid } from './void-line.ts';

/** Gives up a check on which nothing is paid: the kitchen stops, portions go back, the table is left. */
export function writeCancel(context: CommandContext, before: OrderView, reason: string, command: string): OrderView {
  const { tx, now, actor, approvedBy } = context;
  insist(canCancel({ ...before, paidMinor: before.money.paidMinor }, actor, { command, target: before.id }));
  const standing = before.lines.filter(({ status }) => status !== 'voided');
  for (const line of standing) {
    writeVoid(context, before, line, reason);
    stopKitchen(context, before, line, reason);
  }
  dissolveShares(context, before);
  tx.on('order', before.id).update(orderTable, before.id, { status: 'cancelled', closedAt: now });
  if (before.tableId !== null) clearTable(context, before.tableId, { orderId: before.id, status: leftAs(before) });
  const after = orderView(tx.connection, before.id);
  tx.on('order', before.id).tell(orderCancelled, {
    ...headOf(before, after),
    reason,
    cancelled_minor: before.sums.total,
    voided_line_ids: standing.map(({ id }) => id),
    approved_by: approvedBy,
  });
  return after;
}

export const cancelOrder = defineCommand({
  name: 'orders.cancel',
  permission: 'orders.void',
  input: CancelOrderBody.extend({ order_id: Ref }),
  target: ({ order_id }) => order_id,
  targetId: orderIdOf,
  handle(context, { order_id, reason }) {
    const before = orderViewByRef(context.tx.connection, order_id);
    return answerOf(writeCancel(context, before, reason, 'orders.cancel'));
  },
});

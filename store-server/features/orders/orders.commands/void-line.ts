import { Ref, Uuid } from '#contract/ids.ts';
import { lineVoided } from '#contract/orders.facts.ts';
import { VoidLineBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { insist } from '../../../kernel/verdict.ts';
import { sendVoidSlip } from '../../kitchen/index.ts';
import { giveBackPortions } from '../../menu/index.ts';
import { staffName } from '../../staff/index.ts';
import { kitchenCheck, kitchenLine } from '../orders.kitchen.ts';
import { canVoidLine } from '../orders.rules.ts';
import { orderLineTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import type { LineView, OrderView } from '../orders.view.ts';
import { concludeChange, lineOf, openOrder } from './conclude.ts';

/** Takes a dish off a check. Its portions go back while nobody has begun to cook them. */
export function writeVoid(context: CommandContext, order: OrderView, line: LineView, reason: string): void {
  const { tx, now, actor } = context;
  tx.on('order', order.id).update(orderLineTable, line.id, {
    status: 'voided',
    voidedAt: now,
    voidedBy: actor.id,
    voidReason: reason,
  });
  if (line.status === 'held' || line.status === 'fired') giveBackPortions(context, line.productId, line.quantity);
}

/** Tells the stations that still have the dish before them not to make it. */
export function stopKitchen(context: CommandContext, order: OrderView, line: LineView, reason: string): void {
  if (line.status !== 'fired' && line.status !== 'preparing' && line.status !== 'ready') return;
  const { actor, now, tx } = context;
  sendVoidSlip(context, {
    ...kitchenCheck(order),
    line: kitchenLine(line),
    reason,
    voidedBy: actor.id === null ? '' : staffName(tx.connection, actor.id),
    voidedAt: now,
  });
}

/** Voids one line, with a reason; once it was fired somebody with `orders.void_fired` has to agree. */
export const voidLine = defineCommand({
  name: 'orders.void_line',
  permission: 'orders.void',
  input: VoidLineBody.extend({ order_id: Ref, line_id: Uuid }),
  target: ({ line_id }) => line_id,
  handle(context, { order_id, line_id, reason }) {
    const before = openOrder(context, order_id);
    const line = lineOf(before, line_id);
    insist(canVoidLine(line, context.actor));
    writeVoid(context, before, line, reason);
    stopKitchen(context, before, line, reason);
    return concludeChange(context, before, (after) => {
      context.tx.on('order', before.id).tell(lineVoided, {
        ...headOf(before, after),
        line_id: line.id,
        product_id: line.productId,
        product_name: line.productName,
        quantity: line.quantity,
        gross_minor: line.grossMinor,
        old_line_status: line.status,
        station_ids: line.stationIds,
        reason,
        approved_by: context.approvedBy,
      });
    });
  },
});

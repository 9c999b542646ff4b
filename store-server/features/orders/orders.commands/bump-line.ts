import { z } from 'zod';
import { Ref, Uuid } from '#contract/ids.ts';
import { lineMoved } from '#contract/orders.facts.ts';
import { BumpBody, type LineStatus } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { nextStatus } from '../../../kernel/moves.ts';
import { insist } from '../../../kernel/verdict.ts';
import { answerOf } from '../orders.dto.ts';
import { canMoveLine, type LineVerb, lineMoves, mustBeAlive, verbTo } from '../orders.rules.ts';
import { orderLineTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { type LineView, type OrderView, orderView, orderViewByRef } from '../orders.view.ts';
import { lineOf } from './conclude.ts';

/** When it was ready and when it was served; a dish that is called back is neither any more. */
const stamps = (status: LineStatus, line: LineView, now: number) => ({
  readyAt: status === 'ready' || status === 'served' ? (line.readyAt ?? now) : null,
  servedAt: status === 'served' ? now : null,
});

/** Moves dishes one step and tells of each. Returns the order as it then is. */
export function moveLines(
  { tx, now }: CommandContext,
  order: OrderView,
  lines: readonly LineView[],
  verb: LineVerb,
): OrderView {
  const writer = tx.on('order', order.id);
  for (const line of lines) {
    insist(canMoveLine(line, verb));
    const status = nextStatus(lineMoves, line.status, verb) as LineStatus;
    writer.update(orderLineTable, line.id, { status, ...stamps(status, line, now) });
  }
  const after = orderView(tx.connection, order.id);
  for (const line of lines) {
    writer.tell(lineMoved, {
      ...headOf(order, after),
      line_id: line.id,
      product_name: line.productName,
      quantity: line.quantity,
      old_line_status: line.status,
      new_line_status: lineOf(after, line.id).status,
      station_ids: line.stationIds,
    });
  }
  return after;
}

function step(context: CommandContext, ids: { order_id: Ref; line_id: string }, verb: LineVerb) {
  const order = orderViewByRef(context.tx.connection, ids.order_id);
  insist(mustBeAlive(order));
  return answerOf(moveLines(context, order, [lineOf(order, ids.line_id)], verb));
}

/** The kitchen or the runner says how far a dish is; also after the check was paid. */
export const bumpLine = defineCommand({
  name: 'orders.bump_line',
  permission: 'kitchen.bump',
  input: BumpBody.extend({ order_id: Ref, line_id: Uuid }),
  handle: (context, { to, ...ids }) => step(context, ids, verbTo[to]),
});

/** Takes a bump back. */
export const recallLine = defineCommand({
  name: 'orders.recall_line',
  permission: 'kitchen.bump',
  input: z.strictObject({ order_id: Ref, line_id: Uuid }),
  handle: (context, ids) => step(context, ids, 'recall'),
});

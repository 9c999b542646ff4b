import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import { orderSplit, orderUnsplit } from '#contract/orders.facts.ts';
import { SplitBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { answerOf } from '../orders.dto.ts';
import { leftToPay } from '../orders.left.rules.ts';
import { orderShareTable } from '../orders.schema.ts';
import { type Share, type SharePlan, sharesOf } from '../orders.shares.rules.ts';
import { headOf } from '../orders.telling.ts';
import { type OrderView, orderView } from '../orders.view.ts';
import { dissolveShares, openOrder } from './conclude.ts';

const SplitInput = z.strictObject({ order_id: Ref, split: SplitBody });

/** Shares that somebody has paid on stand: dividing anew would make the guest's receipt untrue. */
function insistUnpaid(order: OrderView): void {
  const paid = order.shares.find(({ paidMinor }) => paidMinor > 0);
  if (paid !== undefined) throw new Problem('SHARE_PAID', { share_id: paid.id });
}

function planOf(order: OrderView, split: z.output<typeof SplitBody>): SharePlan {
  switch (split.mode) {
    case 'even':
      return split;
    case 'items':
      return { mode: 'items', shares: split.shares.map(({ line_ids }) => ({ lineIds: line_ids })) };
    case 'seats':
      return {
        mode: 'seats',
        lines: order.lines.filter(({ status }) => status !== 'voided').map(({ id, seat }) => ({ id, seat })),
      };
  }
}

/** The shares as the guests wish. What was paid before is nobody's share, so the rest of it can only be split evenly. */
function divide(order: OrderView, split: z.output<typeof SplitBody>): readonly Share[] {
  const { paidMinor } = order.money;
  if (order.dueMinor === 0) {
    throw new Problem('ILLEGAL_TRANSITION', { state: order.wireStatus, possible: order.possible });
  }
  if (paidMinor > 0 && split.mode !== 'even') {
    throw new Problem('VALIDATION_ERROR', {
      field: 'mode',
      message: 'Something is already paid on this check: what is left can be split evenly.',
    });
  }
  const answer = sharesOf(leftToPay(order.sums, paidMinor), planOf(order, split));
  if (answer.ok) return answer.shares;
  insist(answer);
  throw new Error('a refusal was let through');
}

function write(context: CommandContext, order: OrderView, mode: SharePlan['mode'], shares: readonly Share[]): string {
  const { tx, ids } = context;
  const splitId = ids.next();
  const writer = tx.on('order', order.id);
  for (const [index, { lineIds, seat, ...figures }] of shares.entries()) {
    writer.insert(orderShareTable, {
      id: ids.next(),
      orderId: order.id,
      splitId,
      n: index + 1,
      mode,
      seat,
      lineIds: [...lineIds],
      figures,
      totalMinor: figures.total,
    });
  }
  return splitId;
}

/** Divides what is due into shares that are paid one by one. Splitting again replaces a split on which nothing is paid. */
export const splitOrder = defineCommand({
  name: 'orders.split',
  permission: 'orders.take',
  input: SplitInput,
  handle(context, { order_id, split }) {
    const { tx } = context;
    const before = openOrder(context, order_id);
    insistUnpaid(before);
    const shares = divide(before, split);
    const earlier = dissolveShares(context, before);
    const splitId = write(context, before, split.mode, shares);
    const after = orderView(tx.connection, before.id);
    const head = headOf(before, after);
    const writer = tx.on('order', before.id);
    if (earlier !== null) writer.tell(orderUnsplit, { ...head, split_id: earlier, reason: 'split_anew' });
    writer.tell(orderSplit, {
      ...head,
      split_id: splitId,
      mode: split.mode,
      shares: after.shares.map(({ id, totalMinor }) => ({ share_id: id, total_minor: totalMinor })),
    });
    return answerOf(after);
  },
});

/** Puts a split check together again, while nothing is paid on its shares. */
export const unsplitOrder = defineCommand({
  name: 'orders.unsplit',
  permission: 'orders.take',
  input: z.strictObject({ order_id: Ref }),
  handle(context, { order_id }) {
    const before = openOrder(context, order_id);
    insistUnpaid(before);
    const splitId = dissolveShares(context, before);
    if (splitId === null) return answerOf(before);
    const after = orderView(context.tx.connection, before.id);
    context.tx
      .on('order', before.id)
      .tell(orderUnsplit, { ...headOf(before, after), split_id: splitId, reason: 'asked' });
    return answerOf(after);
  },
});

import { type Minor, minor } from '../../kernel/money.ts';
import { Problem, type Refusal } from '../../kernel/verdict.ts';
import type { OrderView } from '../orders/index.ts';
import { type Refund, type RefundAnswer, type RefundRequest, refundOf } from './payments.refund.rules.ts';
import { returnOf } from './payments.return.rules.ts';
import { problemOf } from './payments.rules.ts';

/** What somebody wants back: one of the three. */
interface AskedBack {
  readonly share_id: string | null;
  readonly lines: readonly { readonly line_id: string; readonly quantity?: number | undefined }[] | null;
  readonly amount_minor: number | null;
}

/** What has been taken for a check, or one share, whatever became of it later. */
const takenFor = (order: OrderView, shareId: string | null): Minor =>
  minor(
    order.money.payments.reduce(
      (sum, payment) => (shareId === null || payment.shareId === shareId ? sum + payment.amountMinor : sum),
      0,
    ),
  );

/** What was paid for a check and has not gone back. Minor units. */
export const leftToReturn = (order: OrderView): number =>
  takenFor(order, null) - order.money.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const earlierRefunds = (order: OrderView): Refund[] =>
  order.money.refunds.map((row) => ({
    amount: minor(row.amountMinor),
    overpaid: minor(row.returnedMinor),
    breakdown: row.allocation,
    shareId: row.shareId,
    lines: row.lines,
  }));

/** The request in the words of the rules; a line without a quantity is all of it. */
function requestOf(order: OrderView, input: AskedBack): RefundRequest {
  if (input.share_id !== null) {
    const share = order.shares.find(({ id }) => id === input.share_id);
    if (share === undefined) throw new Problem('NOT_FOUND', { field: 'share_id' });
    const paid = takenFor(order, share.id);
    return { by: 'share', shareId: share.id, breakdown: share.figures.breakdown, paid };
  }
  if (input.lines !== null) {
    const whole = (id: string): number => order.lines.find((line) => line.id === id)?.quantity ?? 1;
    const lines = input.lines.map(({ line_id, quantity }) => ({
      lineId: line_id,
      quantity: quantity ?? whole(line_id),
    }));
    return { by: 'lines', lines };
  }
  return { by: 'amount', amount: minor(input.amount_minor ?? 0) };
}

/** A refusal that says in words how much can still go back, as `amount_left` does in pounds. */
export function refundProblem(refusal: Refusal): Problem {
  const { code, details } = refusal;
  const { amount_left: left } = details;
  if (code !== 'AMOUNT_OVER_DUE' || typeof left !== 'number') return problemOf(refusal);
  const pounds = `£${left.toFixed(2)}`;
  const words =
    left === 0
      ? {
          message: 'There is nothing left to give back here.',
          suggestion: 'Look at what was paid for this order and what has already gone back.',
        }
      : {
          message: `That is more than can be given back: ${pounds} is left.`,
          suggestion: `Give back ${pounds} or less.`,
        };
  return problemOf({ ...refusal, details: { ...details, ...words } });
}

/** What the refund takes from which figure. Money of a check that is still open goes back without undoing any sale. */
export function answerTo(order: OrderView, asked: AskedBack): RefundAnswer {
  const request = requestOf(order, asked);
  const paid = takenFor(order, null);
  if (order.status !== 'closed') return returnOf({ paid, earlier: earlierRefunds(order) }, request);
  const lines = order.sums.lines.map(({ id, vatBps, netOfVat, vat }) => ({
    id,
    vatBps,
    quantity: order.lines.find((line) => line.id === id)?.quantity ?? 1,
    amount: minor(netOfVat + vat),
  }));
  return refundOf({ breakdown: order.sums.breakdown, lines, paid }, earlierRefunds(order), request);
}

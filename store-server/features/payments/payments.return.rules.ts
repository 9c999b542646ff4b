import { addUp, type Minor, minor, toPounds, zero } from '../../kernel/money.ts';
import { refuse } from '../../kernel/verdict.ts';
import type { Refund, RefundAnswer, RefundRequest } from './payments.refund.rules.ts';

/**
 * Money of a check that is still open goes back: the wrong card, a guest who wants to pay otherwise. It undoes no sale,
 * since there is none yet; what was on a line is voided, not refunded. Never more than was paid and has not gone back.
 */
export function returnOf(
  { paid, earlier }: { readonly paid: Minor; readonly earlier: readonly Refund[] },
  request: RefundRequest,
): RefundAnswer {
  if (request.by === 'lines') {
    return refuse('ILLEGAL_TRANSITION', {
      field: 'lines',
      state: 'open',
      possible: ['void', 'refund_amount', 'refund_share'],
    });
  }
  const goneFrom = (shareId: string): Minor =>
    addUp(earlier.filter((refund) => refund.shareId === shareId).map((refund) => refund.amount));
  const left = minor(paid - addUp(earlier.map((refund) => refund.amount)));
  const ofShare = request.by === 'share' ? minor(request.paid - goneFrom(request.shareId)) : left;
  const ceiling = minor(Math.max(0, Math.min(left, ofShare)));
  const amount = request.by === 'amount' ? request.amount : ceiling;
  const field = request.by === 'share' ? 'share_id' : 'amount';
  if (request.by === 'amount' && amount <= 0) {
    return refuse('VALIDATION_ERROR', { field, reason: 'A refund has to be more than nothing.' });
  }
  if (ceiling === 0 || amount > ceiling) {
    return refuse('AMOUNT_OVER_DUE', { field, amount_left: toPounds(ceiling) });
  }
  const shareId = request.by === 'share' ? request.shareId : null;
  const nothing = { rates: [], untaxedService: zero };
  return { ok: true, refund: { amount, overpaid: amount, breakdown: nothing, shareId, lines: [] } };
}

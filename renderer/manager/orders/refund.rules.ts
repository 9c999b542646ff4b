import type { z } from 'zod';
import type { RefundableDto } from '#contract/payments.dto.ts';
import type { Order } from './orders.rules.ts';

export interface RefundDraft {
  readonly way: 'lines' | 'share' | 'amount';
  /** Pieces that go back, by line. */
  readonly lines: Readonly<Record<string, number>>;
  readonly share: string | null;
  /** As it was typed, pounds. */
  readonly amount: string;
  /** Empty: the way it was paid. */
  readonly method: string;
  readonly reason: string;
}

/** The ways in which this check can be given back: dishes only once it is settled, a share only where it was split. */
export function waysOf(order: Order, left: z.output<typeof RefundableDto>): RefundDraft['way'][] {
  return [
    ...(left.lines.some(({ quantity }) => quantity > 0) ? (['lines'] as const) : []),
    ...(order.shares.length > 0 ? (['share'] as const) : []),
    'amount',
  ];
}

/** What goes back, as the question for its price and as the refund itself; null while nothing is chosen. */
export function asked({ way, lines, share, amount }: RefundDraft) {
  if (way === 'share') return share === null ? null : { query: { share_id: share }, body: { share_id: share } };
  if (way === 'amount') {
    const typed = amount.trim().replace(',', '.').replace(/^£/, '');
    if (!/^\d+(\.\d{1,2})?$/.test(typed) || Number(typed) === 0) return null;
    return { query: { amount: Number(typed) }, body: { amount: Number(typed) } };
  }
  const chosen = Object.entries(lines).filter(([, quantity]) => quantity > 0);
  if (chosen.length === 0) return null;
  return {
    query: { lines: chosen.map(([id, quantity]) => `${id}:${quantity}`).join(',') },
    body: { lines: chosen.map(([line_id, quantity]) => ({ line_id, quantity })) },
  };
}

import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import type { RefundableDto } from '#contract/payments.dto.ts';
import type { RefundableQuery } from '#contract/payments.ts';
import type { Connection } from '../../db/connection.ts';
import { fromPounds, minor, toPounds } from '../../kernel/money.ts';
import { type OrderView, orderViewByRef } from '../orders/index.ts';
import { answerTo, leftToReturn } from './payments.refundable.ts';
import { problemOf } from './payments.rules.ts';

type Asked = z.output<typeof RefundableQuery>;
type Quote = z.output<typeof RefundableDto>['quote'];

const pounds = (units: number): number => toPounds(minor(units));

/** Pieces of a line that have not gone back yet; none while the check is open, when a line is voided instead. */
function piecesLeft(order: OrderView) {
  if (order.status !== 'closed') return [];
  const gone = order.money.refunds.flatMap(({ lines }) => lines);
  return order.lines
    .filter(({ status }) => status !== 'voided')
    .map(({ id, quantity }) => ({
      line_id: id,
      quantity: quantity - gone.reduce((sum, one) => (one.lineId === id ? sum + one.quantity : sum), 0),
    }));
}

function quoteOf(order: OrderView, { share_id, lines, amount }: Asked): Quote {
  if (share_id === undefined && lines === undefined && amount === undefined) return null;
  const units = amount === undefined ? null : fromPounds(amount);
  const answer = answerTo(order, {
    share_id: share_id ?? null,
    lines: lines ?? null,
    amount_minor: units?.ok === true ? units.value : null,
  });
  if (!answer.ok) throw problemOf(answer);
  return { amount: pounds(answer.refund.amount) };
}

/**
 * What can still be given back of a check, and what exactly would go back for a share, lines or an amount.
 * @throws Problem NOT_FOUND, or the refusal that the refund itself would meet
 */
export function refundable(connection: Connection, ref: Ref, asked: Asked): z.output<typeof RefundableDto> {
  const order = orderViewByRef(connection, ref);
  return {
    amount_left: pounds(leftToReturn(order)),
    methods: [...new Set(order.money.payments.map(({ method }) => method))],
    lines: piecesLeft(order),
    quote: quoteOf(order, asked),
  };
}

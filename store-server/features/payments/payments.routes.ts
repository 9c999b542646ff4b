import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import { PaymentDto, ReceiptCopyDto, RefundableDto, RefundDto } from '#contract/payments.dto.ts';
import {
  CopyReceiptBody,
  LegacyPaymentBody,
  RefundableQuery,
  RefundBody,
  TakePaymentBody,
} from '#contract/payments.ts';
import type { Api } from '../../http/api.ts';
import type { DtoContext } from '../../http/route.ts';
import { isoTime } from '../../kernel/dates.ts';
import { fromPounds, minor, toPounds } from '../../kernel/money.ts';
import type { PaymentRow, RefundRow } from '../ledger/index.ts';
import { type OrderAnswer, orderDto, paymentOfOrderDto } from '../orders/index.ts';
import { copyReceipt } from './payments.commands/copy-receipt.ts';
import { refundPayment } from './payments.commands/refund.ts';
import { takeAndSettle } from './payments.commands/take.ts';
import { refundable } from './payments.refund-quote.ts';

/** Pence of an amount that the edge has let through, so it has at most two places. */
function pence(pounds: number): number {
  const read = fromPounds(pounds);
  return read.ok ? read.value : Number.NaN;
}
const penceOrNull = (pounds: number | null | undefined): number | null => (pounds == null ? null : pence(pounds));
const pounds = (amount: number): number => toPounds(minor(amount));

interface PaymentAnswer extends OrderAnswer {
  readonly payment: PaymentRow;
  readonly settled: boolean;
}

const paymentDto = ({ payment, settled, order }: PaymentAnswer, at: DtoContext) => ({
  ...paymentOfOrderDto(payment),
  order_id: order.id,
  order_number: order.orderNumber,
  status: 'completed' as const,
  amount_due: pounds(order.dueMinor),
  settled,
  order: orderDto(order, at),
});

interface RefundAnswered extends OrderAnswer {
  readonly refund: RefundRow & { readonly vatMinor: number; readonly serviceMinor: number };
}

const refundDto = ({ refund, order }: RefundAnswered, at: DtoContext) => ({
  id: refund.id,
  order_id: order.id,
  order_number: order.orderNumber,
  status: 'completed' as const,
  method: refund.method,
  payment_method: refund.method,
  amount: pounds(refund.amountMinor),
  reason: refund.reason,
  share_id: refund.shareId,
  lines: refund.lines.map(({ lineId, quantity }) => ({ line_id: lineId, quantity })),
  tax_amount: pounds(refund.vatMinor),
  service_charge: pounds(refund.serviceMinor),
  approved_by: refund.approvedBy,
  created_at: isoTime(refund.recordedAt),
  order: orderDto(order, at),
});

type Params = Record<string, unknown>;

export const paymentRoutes = (api: Api): void => {
  api.router('/api/v1/orders/:order_id', (at) => {
    at.post('/payments', takeAndSettle, {
      summary: 'Take money for a check or one of its shares; the last payment settles and closes it',
      body: TakePaymentBody,
      answers: PaymentDto,
      toInput: ({ params, body }: { params: Params; body: z.output<typeof TakePaymentBody> }) => ({
        order_id: params['order_id'] as Ref,
        method: body.method,
        amount_minor: pence(body.amount),
        tendered_minor: penceOrNull(body.tendered),
        tip_minor: pence(body.tip_amount ?? 0),
        reference: body.reference ?? null,
        share_id: body.share_id ?? null,
        config_id: body.config_id ?? null,
      }),
      toDto: paymentDto,
      message: 'Payment recorded.',
    });
    at.get(
      '/refundable',
      ({ connection }, { params, query }) => refundable(connection, params['order_id'] as Ref, query),
      {
        operation: 'payments.refundable',
        access: 'payments.refund',
        summary: 'What can still be given back, and what exactly would go back',
        query: RefundableQuery,
        answers: RefundableDto,
      },
    );
    at.post('/refunds', refundPayment, {
      summary: 'Give money back: a share, lines or an amount, with the reason',
      body: RefundBody,
      answers: RefundDto,
      toInput: ({ params, body }: { params: Params; body: z.output<typeof RefundBody> }) => ({
        order_id: params['order_id'] as Ref,
        share_id: body.share_id ?? null,
        lines: body.lines ?? null,
        amount_minor: penceOrNull(body.amount),
        reason: body.reason,
        method: body.method ?? null,
        config_id: body.config_id ?? null,
      }),
      toDto: refundDto,
      message: 'Refund recorded.',
    });
    at.post('/receipt', copyReceipt, {
      summary: 'Print the receipt of a paid check or share once more, marked as a copy',
      body: CopyReceiptBody,
      answers: ReceiptCopyDto,
      toInput: ({ params, body }: { params: Params; body: z.output<typeof CopyReceiptBody> }) => ({
        order_id: params['order_id'] as Ref,
        share_id: body.share_id ?? null,
        config_id: body.config_id ?? null,
      }),
      toDto: ({ orderId, orderNumber, shareId, copy, printerId }) => ({
        order_id: orderId,
        order_number: orderNumber,
        share_id: shareId,
        copy,
        printer_id: printerId,
      }),
      status: 200,
      message: 'A copy of the receipt is printing.',
    });
  });
  api.router('/api/v1', (at) => {
    at.post('/payments', takeAndSettle, {
      operation: 'payments.take_legacy',
      summary: 'Take money for an order as the first iPad apps send it',
      body: LegacyPaymentBody,
      tolerant: true,
      answers: PaymentDto,
      toInput: ({ body }: { body: z.output<typeof LegacyPaymentBody> }) => ({
        order_id: body.order_id,
        method: body.payment_method,
        amount_minor: pence(body.amount),
        tendered_minor: null,
        tip_minor: pence(body.tip_amount ?? 0),
        reference: body.reference ?? null,
        share_id: null,
        config_id: null,
      }),
      toDto: paymentDto,
      message: 'Payment recorded.',
    });
  });
};

import { refundRecorded } from '#contract/payments.facts.ts';
import { type PaymentMethod, RefundInput } from '#contract/payments.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { headlinesOf, serviceOf } from '../../../kernel/breakdown.ts';
import { zero } from '../../../kernel/money.ts';
import { post, type RefundRow, refundPostings, refundTable } from '../../ledger/index.ts';
import { answerOf, type OrderView, orderIdOf, orderView, orderViewByRef } from '../../orders/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { insistOpenSession, openDrawer, openSession, printAtTill, type Session, tillOf } from '../../shifts/index.ts';
import { type Refund, refundMethod } from '../payments.refund.rules.ts';
import { answerTo, refundProblem } from '../payments.refundable.ts';
import { problemOf } from '../payments.rules.ts';
import { refundTicket } from '../payments.tickets.ts';

function record(
  context: CommandContext,
  order: OrderView,
  {
    refund,
    method,
    session,
    reason,
  }: { refund: Refund; method: PaymentMethod; session?: Session | undefined; reason: string },
): RefundRow {
  const { tx, ids, actor, caller, approvedBy, now, businessDay } = context;
  const row: RefundRow = {
    id: ids.next(),
    orderId: order.id,
    shareId: refund.shareId,
    sessionId: session?.id ?? null,
    method,
    amountMinor: refund.amount,
    returnedMinor: refund.overpaid,
    allocation: refund.breakdown,
    lines: refund.lines,
    reason,
    businessDay,
    madeBy: actor.id,
    approvedBy,
    occurredAt: caller.occurredAt ?? now,
    recordedAt: now,
  };
  const writer = tx.on('refund', row.id).insert(refundTable, row);
  post(context, {
    kind: 'refund',
    orderId: order.id,
    sessionId: row.sessionId,
    paymentId: row.id,
    occurredAt: row.occurredAt,
    postings: refundPostings(row),
  });
  const after = orderView(tx.connection, order.id);
  writer.tell(refundRecorded, {
    refund_id: row.id,
    order_id: order.id,
    order_number: order.orderNumber,
    table_id: order.tableId,
    table_name: order.tableName,
    share_id: row.shareId,
    session_id: row.sessionId,
    method,
    currency: order.currency,
    business_day: businessDay,
    amount_minor: row.amountMinor,
    returned_minor: row.returnedMinor,
    vat_minor: headlinesOf(row.allocation).vat,
    lines: row.lines.map(({ lineId, quantity }) => ({ line_id: lineId, quantity })),
    reason,
    approved_by: approvedBy,
    refunded_minor: after.money.refunds.reduce((sum, one) => sum + one.amountMinor, 0),
    payment_status: after.paymentStatus,
  });
  return row;
}

/**
 * Gives money back, up to what was paid. It goes the way it came if there was one tender only; cash needs an open
 * session and opens the drawer. Needs a manager, whose approval is bound to the order.
 */
export const refundPayment = defineCommand({
  name: 'payments.refund',
  permission: 'payments.refund',
  input: RefundInput,
  target: ({ order_id }) => order_id,
  targetId: orderIdOf,
  handle(context, input) {
    const { connection } = context.tx;
    const order = orderViewByRef(connection, input.order_id);
    const answer = answerTo(order, input);
    if (!answer.ok) throw refundProblem(answer);
    const tenders = order.money.payments.map((payment) => payment.method as PaymentMethod);
    const way = refundMethod(tenders, input.method ?? undefined);
    if (!way.ok) throw problemOf(way);
    const session =
      way.method === 'cash' || input.config_id !== null
        ? insistOpenSession(connection, input.config_id)
        : openSession(connection, null);

    const { refund } = answer;
    const row = record(context, order, { refund, method: way.method, session, reason: input.reason });
    const settings = settingsOf(connection);
    const till = session === undefined ? null : tillOf(connection, session);
    if (way.method === 'cash' && till !== null && settings.drawer.on_cash_refund) {
      openDrawer(context, till, row.id, 'cash_refund');
    }
    const vatMinor = headlinesOf(refund.breakdown).vat;
    printAtTill(context, till, {
      title: `Refund, order ${order.orderNumber}`,
      ticket: refundTicket(order, { ...row, vatMinor }, { settings, at: context.now }),
      subjectId: order.id,
    });
    const serviceMinor = refund.amount === refund.overpaid ? zero : serviceOf(refund.breakdown);
    return { refund: { ...row, vatMinor, serviceMinor }, ...answerOf(orderView(connection, order.id)) };
  },
});

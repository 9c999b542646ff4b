import { paymentRecorded } from '#contract/payments.facts.ts';
import { TakePaymentInput } from '#contract/payments.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { type Minor, minor } from '../../../kernel/money.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { type PaymentRow, paymentPostings, paymentTable, post } from '../../ledger/index.ts';
import { answerOf, type OrderView, orderView, orderViewByRef, settleOrder } from '../../orders/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { insistOpenSession, openDrawer, openSession, printAtTill, type Session, tillOf } from '../../shifts/index.ts';
import { nextPaymentAlias, paymentById } from '../payments.reads.ts';
import { canBePaid, dueOnShare, problemOf, type Taken, takePayment } from '../payments.rules.ts';
import { receiptTicket } from '../payments.tickets.ts';

/** What may be paid now: by the whole check, or by one share of it. */
function dueOn(order: OrderView, shareId: string | null): Minor {
  if (shareId === null) return minor(order.dueMinor);
  const share = order.shares.find(({ id }) => id === shareId);
  if (share === undefined) throw new Problem('NOT_FOUND', { field: 'share_id' });
  const due = dueOnShare(share, order.dueMinor);
  if (due === null) throw new Problem('SHARE_PAID', { share_id: shareId });
  return due;
}

/** Cash goes into an open drawer; other money stands in the Z of the session that is open, if there is just one. */
function sessionFor({ tx }: CommandContext, method: string, tillRef: string | number | null): Session | undefined {
  if (method === 'cash' || tillRef !== null) return insistOpenSession(tx.connection, tillRef);
  return openSession(tx.connection, null);
}

function record(
  context: CommandContext,
  order: OrderView,
  { input, taken, session }: { input: Input; taken: Taken; session: Session | undefined },
): PaymentRow {
  const { tx, ids, actor, caller, now, businessDay } = context;
  const id = ids.next();
  const occurredAt = caller.occurredAt ?? now;
  const alias = nextPaymentAlias(tx.connection);
  const sessionId = session?.id ?? null;
  const { method, share_id: shareId, tip_minor: tipMinor } = input;
  const dueMinor = order.dueMinor - taken.amount;
  tx.on('payment', id)
    .insert(paymentTable, {
      id,
      alias,
      orderId: order.id,
      shareId,
      sessionId,
      method,
      amountMinor: taken.amount,
      tipMinor,
      tenderedMinor: taken.tendered,
      changeMinor: taken.change,
      reference: input.reference ?? (method === 'cash' ? null : 'none'),
      businessDay,
      takenBy: actor.id,
      deviceId: caller.deviceId,
      flags: [],
      occurredAt,
      recordedAt: now,
    })
    .tell(paymentRecorded, {
      payment_id: id,
      payment: alias,
      order_id: order.id,
      order_number: order.orderNumber,
      table_id: order.tableId,
      table_name: order.tableName,
      share_id: shareId,
      session_id: sessionId,
      method,
      currency: order.currency,
      business_day: businessDay,
      amount_minor: taken.amount,
      tip_minor: tipMinor,
      tendered_minor: taken.tendered,
      change_minor: taken.change,
      due_minor: dueMinor,
      settled: dueMinor === 0,
    });
  post(context, {
    kind: 'payment',
    orderId: order.id,
    sessionId,
    paymentId: id,
    occurredAt,
    postings: paymentPostings({ method, sessionId, amountMinor: taken.amount, tipMinor }),
  });
  return paymentById(tx.connection, id);
}

/** The receipt is for whoever has now paid everything that is theirs: the table, or one share of it. */
function printReceipt(context: CommandContext, order: OrderView, payment: PaymentRow, session?: Session): void {
  const { connection } = context.tx;
  const share = order.shares.find(({ id }) => id === payment.shareId);
  if (order.status === 'open' && (share === undefined || share.dueMinor > 0)) return;
  printAtTill(context, session === undefined ? null : tillOf(connection, session), {
    title: `Receipt, order ${order.orderNumber}`,
    ticket: receiptTicket(order, share?.id ?? null, { settings: settingsOf(connection), at: context.now }),
    subjectId: order.id,
  });
}

type Input = (typeof TakePaymentInput)['_output'];

/**
 * Takes money for a check or one of its shares. The payment that brings the balance to nought settles and closes the
 * check in the same transaction. Refused: what is settled already, more than is due, cash without an open session.
 */
export const takeAndSettle = defineCommand({
  name: 'payments.take',
  permission: 'payments.take',
  input: TakePaymentInput,
  handle(context, input) {
    const { connection } = context.tx;
    const order = orderViewByRef(connection, input.order_id);
    const standingLines = order.lines.filter(({ status }) => status !== 'voided').length;
    insist(canBePaid({ id: order.id, status: order.status, standingLines }));
    const answer = takePayment(
      {
        method: input.method,
        amount: minor(input.amount_minor),
        tip: minor(input.tip_minor),
        tendered: input.tendered_minor === null ? null : minor(input.tendered_minor),
      },
      dueOn(order, input.share_id),
    );
    if (!answer.ok) throw problemOf(answer);
    const session = sessionFor(context, input.method, input.config_id);

    const payment = record(context, order, { input, taken: answer.taken, session });
    const isPaid = order.dueMinor === answer.taken.amount;
    const after = isPaid ? settleOrder(context, order.id, session?.id ?? null) : orderView(connection, order.id);
    if (input.method === 'cash' && session !== undefined && settingsOf(connection).drawer.on_cash_sale) {
      openDrawer(context, tillOf(connection, session), payment.id, 'cash_sale');
    }
    printReceipt(context, after, payment, session);
    return { payment, settled: isPaid, ...answerOf(after) };
  },
});

import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { paymentTable, refundTable } from './ledger.payment.schema.ts';

export type PaymentRow = typeof paymentTable.$inferSelect;
export type RefundRow = typeof refundTable.$inferSelect;

/** What was paid on a check and given back, in minor units. */
export interface OrderMoney {
  readonly payments: readonly PaymentRow[];
  readonly refunds: readonly RefundRow[];
  /** Towards the check, without tips, less what was returned without undoing any of the sale. */
  readonly paidMinor: number;
  readonly tipMinor: number;
  /** Given back of the settled check; its total stays what it was. */
  readonly refundedMinor: number;
}

const paymentsOf = prepared((orm) =>
  orm
    .select()
    .from(paymentTable)
    .where(eq(paymentTable.orderId, sql.placeholder('orderId')))
    .orderBy(paymentTable.alias)
    .prepare(),
);
const refundsOf = prepared((orm) =>
  orm
    .select()
    .from(refundTable)
    .where(eq(refundTable.orderId, sql.placeholder('orderId')))
    .orderBy(refundTable.id)
    .prepare(),
);

/** Everything paid on one check and given back, in the order in which it was recorded. */
export function orderMoney(connection: Connection, orderId: string): OrderMoney {
  const payments = paymentsOf(connection).all({ orderId });
  const refunds = refundsOf(connection).all({ orderId });
  const returned = refunds.reduce((sum, refund) => sum + refund.returnedMinor, 0);
  return {
    payments,
    refunds,
    paidMinor: payments.reduce((sum, payment) => sum + payment.amountMinor, 0) - returned,
    tipMinor: payments.reduce((sum, payment) => sum + payment.tipMinor, 0),
    refundedMinor: refunds.reduce((sum, refund) => sum + refund.amountMinor - refund.returnedMinor, 0),
  };
}

/** What one share of a split check has been paid so far, in minor units. */
export function sharePaidMinor(money: OrderMoney, shareId: string): number {
  const paid = money.payments.reduce((sum, one) => (one.shareId === shareId ? sum + one.amountMinor : sum), 0);
  const back = money.refunds.reduce((sum, one) => (one.shareId === shareId ? sum + one.returnedMinor : sum), 0);
  return paid - back;
}

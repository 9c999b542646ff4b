import { eq, max, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { type PaymentRow, paymentTable } from '../ledger/index.ts';
import { nextIn } from '../settings/index.ts';

const lastAlias = prepared((orm) =>
  orm
    .select({ n: max(paymentTable.alias) })
    .from(paymentTable)
    .prepare(),
);
const byId = prepared((orm) =>
  orm
    .select()
    .from(paymentTable)
    .where(eq(paymentTable.id, sql.placeholder('id')))
    .prepare(),
);

/** The integer by which older clients know the next payment. */
export const nextPaymentAlias = (connection: Connection): number =>
  nextIn(connection, 'payment', lastAlias(connection).get()?.n);

/** A payment that was just written or is known to be there. */
export function paymentById(connection: Connection, id: string): PaymentRow {
  const payment = byId(connection).get({ id });
  if (payment === undefined) throw new Error(`payment ${id} is not there`);
  return payment;
}

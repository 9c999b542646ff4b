import { count, eq, type SQL, sql, sum } from 'drizzle-orm';
import type { Connection, Orm } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { paymentTable, refundTable } from './ledger.payment.schema.ts';

/** What came in and went out by one tender, as the payments and refunds themselves say. Minor units. */
export interface Tender {
  readonly method: string;
  /** Towards checks, without tips. */
  readonly takenMinor: number;
  readonly tipMinor: number;
  readonly refundedMinor: number;
  readonly payments: number;
  readonly refunds: number;
  /** Refunds that undid some of a sale. */
  readonly credits: number;
  /** On how many checks it was used. */
  readonly orders: number;
}

/** Payments and refunds belong to the session whose drawer is open, and to the day in which they are recorded. */
export type TenderScope = { readonly sessionId: string } | { readonly businessDay: string };

const takenWhere = (where: SQL) =>
  prepared((orm: Orm) =>
    orm
      .select({
        method: paymentTable.method,
        takenMinor: sum(paymentTable.amountMinor).mapWith(Number),
        tipMinor: sum(paymentTable.tipMinor).mapWith(Number),
        payments: count(),
        orders: sql<number>`count(distinct ${paymentTable.orderId})`,
      })
      .from(paymentTable)
      .where(where)
      .groupBy(paymentTable.method)
      .prepare(),
  );
const givenWhere = (where: SQL) =>
  prepared((orm: Orm) =>
    orm
      .select({
        method: refundTable.method,
        refundedMinor: sum(refundTable.amountMinor).mapWith(Number),
        refunds: count(),
        credits: sql<number>`sum(${refundTable.amountMinor} > ${refundTable.returnedMinor})`,
      })
      .from(refundTable)
      .where(where)
      .groupBy(refundTable.method)
      .prepare(),
  );
const takenInSession = takenWhere(eq(paymentTable.sessionId, sql.placeholder('id')));
const givenInSession = givenWhere(eq(refundTable.sessionId, sql.placeholder('id')));
const takenOnDay = takenWhere(eq(paymentTable.businessDay, sql.placeholder('id')));
const givenOnDay = givenWhere(eq(refundTable.businessDay, sql.placeholder('id')));

/** Every tender of a session or a day, in the order of the alphabet. */
export function tendersOf(connection: Connection, scope: TenderScope): Tender[] {
  const bySession = 'sessionId' in scope;
  const at = { id: bySession ? scope.sessionId : scope.businessDay };
  const taken = (bySession ? takenInSession : takenOnDay)(connection).all(at);
  const given = (bySession ? givenInSession : givenOnDay)(connection).all(at);
  const methods = [...new Set([...taken, ...given].map(({ method }) => method))].sort();
  return methods.map((method) => {
    const paid = taken.find((row) => row.method === method);
    const back = given.find((row) => row.method === method);
    return {
      method,
      takenMinor: paid?.takenMinor ?? 0,
      tipMinor: paid?.tipMinor ?? 0,
      refundedMinor: back?.refundedMinor ?? 0,
      payments: paid?.payments ?? 0,
      refunds: back?.refunds ?? 0,
      credits: back?.credits ?? 0,
      orders: paid?.orders ?? 0,
    };
  });
}

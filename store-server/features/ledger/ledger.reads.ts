import { and, countDistinct, eq, gt, lt, type SQL, sql, sum } from 'drizzle-orm';
import type { EntryKind } from '#contract/ledger.ts';
import type { Connection, Orm } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { accounts } from './ledger.accounts.ts';
import { ledgerEntryTable as entry, ledgerPostingTable as posting } from './ledger.schema.ts';

/** Which entries count: those of a check, of a drawer's session, or of a business day. */
export type LedgerScope =
  | { readonly orderId: string }
  | { readonly sessionId: string }
  | { readonly businessDay: string };

/** The sum of all postings of one kind on one account at one VAT rate. Debits positive, minor units. */
export interface LedgerTotal {
  readonly kind: EntryKind;
  readonly account: string;
  readonly vatBps: number | null;
  readonly amountMinor: number;
  /** How many entries had a part in it. */
  readonly entries: number;
}

const totalsWhere = (where: SQL) =>
  prepared((orm: Orm) =>
    orm
      .select({
        kind: sql<EntryKind>`${entry.kind}`,
        account: posting.account,
        vatBps: posting.vatBps,
        amountMinor: sum(posting.amountMinor).mapWith(Number),
        entries: countDistinct(entry.id),
      })
      .from(entry)
      .innerJoin(posting, eq(posting.entryId, entry.id))
      .where(where)
      .groupBy(entry.kind, posting.account, posting.vatBps)
      .orderBy(entry.kind, posting.account, posting.vatBps)
      .prepare(),
  );

const totalsOfOrder = totalsWhere(eq(entry.orderId, sql.placeholder('id')));
const totalsOfSession = totalsWhere(eq(entry.sessionId, sql.placeholder('id')));
const totalsOfDay = totalsWhere(eq(entry.businessDay, sql.placeholder('id')));

/** All that the ledger holds for a check, a session or a day, summed by kind, account and VAT rate. */
export function ledgerTotals(connection: Connection, scope: LedgerScope): LedgerTotal[] {
  if ('orderId' in scope) return totalsOfOrder(connection).all({ id: scope.orderId });
  if ('sessionId' in scope) return totalsOfSession(connection).all({ id: scope.sessionId });
  return totalsOfDay(connection).all({ id: scope.businessDay });
}

/** A check that was settled. `totalMinor` is all of it, VAT and service in, tips out; `recordedAt` is epoch ms. */
export interface SettledOrder {
  readonly orderId: string;
  readonly recordedAt: number;
  readonly totalMinor: number;
}

const salesWhere = (where: SQL) =>
  prepared((orm: Orm) =>
    orm
      .select({
        orderId: sql<string>`${entry.orderId}`,
        recordedAt: entry.recordedAt,
        totalMinor: sql<number>`coalesce(${posting.amountMinor}, 0)`,
      })
      .from(entry)
      .leftJoin(posting, and(eq(posting.entryId, entry.id), eq(posting.account, accounts.openChecks)))
      .where(and(eq(entry.kind, 'sale'), where))
      .orderBy(entry.id)
      .prepare(),
  );
const salesOfOrder = salesWhere(eq(entry.orderId, sql.placeholder('id')));
const salesOfSession = salesWhere(eq(entry.sessionId, sql.placeholder('id')));
const salesOfDay = salesWhere(eq(entry.businessDay, sql.placeholder('id')));

/** The checks that were settled in a session or on a day, in that order. */
export function settledOrders(connection: Connection, scope: LedgerScope): SettledOrder[] {
  if ('orderId' in scope) return salesOfOrder(connection).all({ id: scope.orderId });
  if ('sessionId' in scope) return salesOfSession(connection).all({ id: scope.sessionId });
  return salesOfDay(connection).all({ id: scope.businessDay });
}

const daysAfter = prepared((orm) =>
  orm
    .selectDistinct({ day: entry.businessDay })
    .from(entry)
    .where(and(gt(entry.businessDay, sql.placeholder('after')), lt(entry.businessDay, sql.placeholder('before'))))
    .orderBy(entry.businessDay)
    .prepare(),
);

/** Business days with money in them, after one day and before another, in order. */
export const daysWithMoney = (connection: Connection, after: string, before: string): string[] =>
  daysAfter(connection)
    .all({ after, before })
    .map(({ day }) => day);

/** Whether the check's sale stands in the ledger, so that what it holds can no longer change. */
export const isSettled = (connection: Connection, orderId: string): boolean =>
  settledOrders(connection, { orderId }).length > 0;

/** Adds up totals, those that fit only. */
export function sumOf(totals: readonly LedgerTotal[], fits: (total: LedgerTotal) => boolean = () => true): number {
  return totals.reduce((all, total) => (fits(total) ? all + total.amountMinor : all), 0);
}

/** What one account holds within a scope, in minor units, debits positive. */
export const accountBalance = (connection: Connection, account: string, scope: LedgerScope): number =>
  sumOf(ledgerTotals(connection, scope), (total) => total.account === account);

import { count, eq, isNotNull, type SQL, sql, sum } from 'drizzle-orm';
import type { Connection, Orm } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import type { Headlines } from '../../kernel/breakdown.ts';
import { accounts, tenderOf } from './ledger.accounts.ts';
import { orderMoney } from './ledger.order-money.ts';
import { isSettled, type LedgerScope, type LedgerTotal, ledgerTotals, sumOf } from './ledger.reads.ts';
import { ledgerEntryTable as entry, ledgerPostingTable as posting } from './ledger.schema.ts';
import { type TenderScope, tendersOf } from './ledger.tenders.ts';

/**
 * Money is conserved: nothing in here may ever answer with a sentence. Each function names what does not add up,
 * in minor units, and an empty list means that all is well.
 */
type Broken = string[];

const unbalancedWhere = (where?: SQL) =>
  prepared((orm: Orm) =>
    orm
      .select({ id: entry.id, off: sum(posting.amountMinor).mapWith(Number) })
      .from(entry)
      .innerJoin(posting, eq(posting.entryId, entry.id))
      .where(where)
      .groupBy(entry.id)
      .having(sql`sum(${posting.amountMinor}) <> 0`)
      .prepare(),
  );
const unbalanced = unbalancedWhere();
const unbalancedOfOrder = unbalancedWhere(eq(entry.orderId, sql.placeholder('id')));
const unbalancedOfSession = unbalancedWhere(eq(entry.sessionId, sql.placeholder('id')));
const unbalancedOfDay = unbalancedWhere(eq(entry.businessDay, sql.placeholder('id')));

const balanced = (rows: readonly { id: string; off: number }[]): Broken =>
  rows.map(({ id, off }) => `ledger entry ${id} does not balance, it is off by ${off}`);

const same = (what: string, found: number, expected: number): Broken =>
  found === expected ? [] : [`${what}: ${found}, should be ${expected}`];

/** Credits of an account within a kind of entry, as a positive figure. */
const credited = (totals: readonly LedgerTotal[], kind: string, account: string): number =>
  0 - sumOf(totals, (total) => total.kind === kind && total.account === account);

/**
 * A check: `net items + VAT + service + tips + rounding − credited = payments − refunds + open balance`.
 * @param charges what its lines come to, computed without the ledger; compared where the check is settled
 */
export function checkOrder(connection: Connection, orderId: string, charges?: Headlines): Broken {
  const totals = ledgerTotals(connection, { orderId });
  const money = orderMoney(connection, orderId);
  const net = credited(totals, 'sale', accounts.salesNet);
  const vat = credited(totals, 'sale', accounts.vat);
  const service = credited(totals, 'sale', accounts.serviceCharge);
  const rounding = 0 - sumOf(totals, ({ account }) => account === accounts.rounding);
  const open = sumOf(totals, ({ account }) => account === accounts.openChecks);
  const returned = money.refunds.reduce((all, one) => all + one.returnedMinor, 0);
  const payments = money.paidMinor + returned + money.tipMinor;
  const left = net + vat + service + money.tipMinor + rounding - money.refundedMinor;
  const right = payments - (money.refundedMinor + returned) + open;
  const settled = isSettled(connection, orderId);
  return [
    ...balanced(unbalancedOfOrder(connection).all({ id: orderId })),
    ...same('charges, tips and credits against payments, refunds and what is open', left, right),
    ...same('tips in the ledger', credited(totals, 'payment', accounts.tips), money.tipMinor),
    ...same(
      'credits in the ledger',
      sumOf(
        totals,
        ({ kind, account }) => kind === 'refund' && tenderOf(account) === null && account !== accounts.openChecks,
      ),
      money.refundedMinor,
    ),
    ...(settled && open > 0 ? [`it is settled although ${open} is still open`] : []),
    ...(settled && charges !== undefined
      ? [
          ...same('net items', net, charges.netItems),
          ...same('VAT', vat, charges.vat),
          ...same('service', service, charges.service),
        ]
      : []),
  ].map((sentence) => `order ${orderId}: ${sentence}`);
}

/** Each tender: what the payments and refunds say against what the ledger says. */
function tendersAgree(connection: Connection, scope: TenderScope): Broken {
  const moved = ledgerTotals(connection, scope).filter(({ kind }) => kind === 'payment' || kind === 'refund');
  const tenders = tendersOf(connection, scope);
  const posted = moved.map(({ account }) => tenderOf(account)).filter((method) => method !== null);
  return [...new Set([...tenders.map(({ method }) => method), ...posted])].flatMap((method) => {
    const tender = tenders.find((one) => one.method === method);
    return same(
      `${method} in the ledger`,
      sumOf(moved, ({ account }) => tenderOf(account) === method),
      tender === undefined ? 0 : tender.takenMinor + tender.tipMinor - tender.refundedMinor,
    );
  });
}

/** A session: its tenders in the ledger are its payments less its refunds. */
export function checkSession(connection: Connection, sessionId: string): Broken {
  return [
    ...balanced(unbalancedOfSession(connection).all({ id: sessionId })),
    ...tendersAgree(connection, { sessionId }),
  ].map((sentence) => `session ${sessionId}: ${sentence}`);
}

/** A business day: its tenders in the ledger are the payments less the refunds recorded in it. */
export function checkDay(connection: Connection, businessDay: string): Broken {
  return [
    ...balanced(unbalancedOfDay(connection).all({ id: businessDay })),
    ...tendersAgree(connection, { businessDay }),
  ].map((sentence) => `day ${businessDay}: ${sentence}`);
}

const distinct = (column: typeof entry.orderId | typeof entry.sessionId | typeof entry.businessDay) =>
  prepared((orm: Orm) => orm.selectDistinct({ id: column }).from(entry).where(isNotNull(column)).prepare());
const orders = distinct(entry.orderId);
const sessions = distinct(entry.sessionId);
const days = distinct(entry.businessDay);
const twiceSold = prepared((orm) =>
  orm
    .select({ id: entry.orderId, n: count() })
    .from(entry)
    .where(eq(entry.kind, 'sale'))
    .groupBy(entry.orderId)
    .having(sql`count(*) > 1`)
    .prepare(),
);

/** The whole ledger: every entry, every check with money on it, every session and every day. */
export function checkLedger(connection: Connection): Broken {
  const each = (rows: readonly { id: string | null }[], check: (id: string) => Broken): Broken =>
    rows.flatMap(({ id }) => (id === null ? [] : check(id)));
  return [
    ...balanced(unbalanced(connection).all()),
    ...twiceSold(connection)
      .all()
      .map(({ id, n }) => `order ${id ?? '?'}: it was settled ${n} times`),
    ...each(orders(connection).all(), (id) => checkOrder(connection, id)),
    ...each(sessions(connection).all(), (id) => checkSession(connection, id)),
    ...each(days(connection).all(), (id) => checkDay(connection, id)),
  ];
}

/** The check that fits a scope, for whoever has just written to it. */
export function checkInvariants(connection: Connection, scope?: LedgerScope): Broken {
  if (scope === undefined) return checkLedger(connection);
  if ('orderId' in scope) return checkOrder(connection, scope.orderId);
  return 'sessionId' in scope ? checkSession(connection, scope.sessionId) : checkDay(connection, scope.businessDay);
}

import { and, eq, gte, lte, ne, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { addUp, minor, percentOf, zero } from '../../kernel/money.ts';
import {
  figuresOfLedger,
  ledgerTotals,
  type RateFigures,
  settledOrders,
  type Tender,
  tendersOf,
} from '../ledger/index.ts';
import { orderLineTable, orderTable } from '../orders/index.ts';
import { staffName } from '../staff/index.ts';
import { closingCountsOf, movementsOf, type Session, tillById } from './shifts.reads.ts';
import { sessionName } from './shifts.rules.ts';
import { expectedInDrawer } from './shifts.view.ts';

/** Where the journal stood when a report was made: its last number and the first 16 hex digits of its hash. */
export interface JournalMark {
  readonly seq: number;
  readonly head: string;
}

/** What happened in a session, X or Z. Minor units and epoch ms; a Z keeps exactly this and prints it again. */
export interface ShiftReport {
  readonly kind: 'x' | 'z';
  readonly number: number | null;
  readonly sessionId: string;
  readonly sessionName: string;
  readonly tillName: string;
  readonly businessDay: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly madeAt: number;
  readonly openedBy: string | null;
  readonly closedBy: string | null;
  readonly cash: {
    readonly openingFloatMinor: number;
    /** False: nobody counted the float, so it counts as nothing. */
    readonly floatCounted: boolean;
    readonly salesMinor: number;
    readonly tipsMinor: number;
    readonly refundsMinor: number;
    readonly inMinor: number;
    readonly outMinor: number;
    readonly expectedMinor: number;
    readonly countedMinor: number | null;
    readonly differenceMinor: number | null;
    /** Missing in a Z that was made before reasons were asked for. */
    readonly differenceReason?: string | null;
    readonly closingCounts: number;
  };
  readonly tenders: readonly Tender[];
  readonly salesTotalMinor: number;
  readonly salesNetMinor: number;
  readonly salesVatMinor: number;
  readonly serviceMinor: number;
  readonly discountsMinor: number;
  readonly checks: number;
  readonly covers: number;
  readonly vatByRate: readonly RateFigures[];
  /** Refunds that undid a sale, and what was given back without undoing one. */
  readonly refunds: {
    readonly count: number;
    readonly amountMinor: number;
    readonly vatMinor: number;
    readonly returnedMinor: number;
  };
  readonly tipsMinor: number;
  readonly voids: { readonly count: number; readonly valueMinor: number };
  readonly noSales: number;
  readonly movements: readonly {
    readonly direction: 'in' | 'out';
    readonly amountMinor: number;
    readonly reason: string;
    readonly recordedAt: number;
  }[];
  readonly carriedOver: number;
  readonly journal: JournalMark | null;
}

const checksById = prepared((orm) =>
  orm
    .select({ covers: orderTable.covers, discountBps: orderTable.discountBps, id: orderTable.id })
    .from(orderTable)
    .where(eq(orderTable.id, sql.placeholder('id')))
    .prepare(),
);
const itemsOf = prepared((orm) =>
  orm
    .select({ minor: sql<number>`coalesce(sum(${orderLineTable.quantity} * ${orderLineTable.unitPriceMinor}), 0)` })
    .from(orderLineTable)
    .where(and(eq(orderLineTable.orderId, sql.placeholder('id')), ne(orderLineTable.status, 'voided')))
    .prepare(),
);
const voidsBetween = prepared((orm) =>
  orm
    .select({
      count: sql<number>`count(*)`,
      valueMinor: sql<number>`coalesce(sum(${orderLineTable.quantity} * ${orderLineTable.unitPriceMinor}), 0)`,
    })
    .from(orderLineTable)
    .where(
      and(
        eq(orderLineTable.status, 'voided'),
        gte(orderLineTable.voidedAt, sql.placeholder('from')),
        lte(orderLineTable.voidedAt, sql.placeholder('to')),
      ),
    )
    .prepare(),
);

/** Guests and discounts on the checks that were settled in a session. */
function checkSums(connection: Connection, sessionId: string) {
  const settled = settledOrders(connection, { sessionId });
  const checks = settled.flatMap(({ orderId }) => checksById(connection).get({ id: orderId }) ?? []);
  const discounts = checks.map(({ id, discountBps }) =>
    discountBps === 0 ? zero : percentOf(minor(itemsOf(connection).get({ id })?.minor ?? 0), discountBps),
  );
  return {
    checks: settled.length,
    covers: checks.reduce((sum, { covers }) => sum + covers, 0),
    discountsMinor: addUp(discounts),
  };
}

interface Making {
  readonly kind: 'x' | 'z';
  readonly number: number | null;
  /** Epoch ms. */
  readonly now: number;
  readonly closedBy: string | null;
  readonly carriedOver: number;
  readonly noSales: number;
  readonly journal: JournalMark | null;
  readonly differenceReason?: string | undefined;
}

/** Sums up a session from the ledger, its payments and the checks settled in it. */
export function shiftReport(connection: Connection, session: Session, making: Making): ShiftReport {
  const { kind, number, now, closedBy, carriedOver, noSales, journal } = making;
  const scope = { sessionId: session.id };
  const figures = figuresOfLedger(ledgerTotals(connection, scope));
  const tenders = tendersOf(connection, scope);
  const cash = tenders.find(({ method }) => method === 'cash');
  const expectedMinor = session.expectedMinor ?? expectedInDrawer(connection, session.id);
  const differenceMinor = session.countedMinor === null ? null : session.countedMinor - expectedMinor;
  const nameOf = (id: string | null): string | null => (id === null ? null : staffName(connection, id));
  return {
    kind,
    number,
    sessionId: session.id,
    sessionName: sessionName(session.alias),
    tillName: tillById(connection, session.tillId).name,
    businessDay: session.businessDay,
    openedAt: session.openedAt,
    closedAt: kind === 'z' ? now : session.closedAt,
    madeAt: now,
    openedBy: nameOf(session.openedBy),
    closedBy: nameOf(closedBy),
    cash: {
      openingFloatMinor: figures.floatMinor,
      floatCounted: session.openingFloatMinor !== null,
      salesMinor: cash?.takenMinor ?? 0,
      tipsMinor: cash?.tipMinor ?? 0,
      refundsMinor: cash?.refundedMinor ?? 0,
      inMinor: figures.cashInMinor,
      outMinor: figures.cashOutMinor,
      expectedMinor,
      countedMinor: session.countedMinor,
      differenceMinor,
      // Where nothing is missing there is nothing to explain.
      differenceReason: differenceMinor === null || differenceMinor === 0 ? null : (making.differenceReason ?? null),
      closingCounts: closingCountsOf(connection, session.id),
    },
    tenders,
    salesTotalMinor: figures.salesTotalMinor,
    salesNetMinor: figures.salesNetMinor,
    salesVatMinor: figures.salesVatMinor,
    serviceMinor: figures.serviceMinor,
    ...checkSums(connection, session.id),
    vatByRate: figures.vatByRate,
    refunds: {
      count: tenders.reduce((sum, tender) => sum + tender.credits, 0),
      amountMinor: figures.creditedMinor,
      vatMinor: figures.creditedVatMinor,
      returnedMinor: figures.returnedMinor,
    },
    tipsMinor: figures.tipsMinor,
    voids: voidsBetween(connection).get({ from: session.openedAt, to: now }) ?? { count: 0, valueMinor: 0 },
    noSales,
    movements: movementsOf(connection, session.id).map(({ direction, amountMinor, reason, recordedAt }) => ({
      direction,
      amountMinor,
      reason,
      recordedAt,
    })),
    carriedOver,
    journal,
  };
}

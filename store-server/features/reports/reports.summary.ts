import { and, count, eq, gte, lt, ne, sql, sum } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { addDays, type DayBounds, dayBounds, hourInStore } from '../../kernel/business-day.ts';
import { minor, percentOf } from '../../kernel/money.ts';
import {
  figuresOfLedger,
  ledgerTotals,
  type RateFigures,
  type SettledOrder,
  settledOrders,
  type Tender,
  tendersOf,
} from '../ledger/index.ts';
import { categoryById } from '../menu/index.ts';
import { orderLineTable, orderTable } from '../orders/index.ts';
import { settingsOf } from '../settings/index.ts';
import { daySealTable } from './reports.schema.ts';

export interface HourFigures {
  /** `HH:00` on the store's wall clock. */
  readonly hour: string;
  readonly salesMinor: number;
  readonly orders: number;
  readonly items: number;
}

export interface ProductFigures {
  readonly productId: string;
  readonly name: string;
  readonly category: string;
  readonly quantity: number;
  /** At menu prices with choices, before a discount on the check. */
  readonly amountMinor: number;
  readonly orders: number;
}

export interface StaffFigures {
  readonly staffId: string | null;
  readonly orders: number;
  readonly salesMinor: number;
  readonly items: number;
  readonly covers: number;
}

/** All that a daily report says. Minor units; what a sealed day keeps, and what is computed anew while it runs. */
export interface DaySummary {
  readonly day: string;
  readonly orders: number;
  readonly items: number;
  readonly covers: number;
  readonly salesTotalMinor: number;
  readonly refundsMinor: number;
  readonly refundCount: number;
  /** After refunds. */
  readonly vatMinor: number;
  readonly serviceMinor: number;
  readonly discountsMinor: number;
  readonly tipsMinor: number;
  readonly voids: { readonly count: number; readonly valueMinor: number };
  readonly vatByRate: readonly RateFigures[];
  readonly tenders: readonly Tender[];
  readonly hours: readonly HourFigures[];
  readonly products: readonly ProductFigures[];
  readonly staff: readonly StaffFigures[];
}

const day = sql.placeholder('day');
const standing = ne(orderLineTable.status, 'voided');
const grossMinor = sql<number>`sum(${orderLineTable.quantity} * ${orderLineTable.unitPriceMinor})`;

const checksOf = prepared((orm) =>
  orm
    .select({
      id: orderTable.id,
      serverId: orderTable.serverId,
      covers: orderTable.covers,
      discountBps: orderTable.discountBps,
      items: sql<number>`coalesce(sum(${orderLineTable.quantity}), 0)`,
      grossMinor: sql<number>`coalesce(${grossMinor}, 0)`,
    })
    .from(orderTable)
    .leftJoin(orderLineTable, and(eq(orderLineTable.orderId, orderTable.id), standing))
    .where(eq(orderTable.settledDay, day))
    .groupBy(orderTable.id)
    .prepare(),
);
const productsOf = prepared((orm) =>
  orm
    .select({
      productId: orderLineTable.productId,
      name: orderLineTable.productName,
      categoryId: orderLineTable.categoryId,
      quantity: sum(orderLineTable.quantity).mapWith(Number),
      amountMinor: grossMinor,
      orders: sql<number>`count(distinct ${orderLineTable.orderId})`,
    })
    .from(orderTable)
    .innerJoin(orderLineTable, and(eq(orderLineTable.orderId, orderTable.id), standing))
    .where(eq(orderTable.settledDay, day))
    .groupBy(orderLineTable.productId)
    .orderBy(sql`4 desc`, sql`5 desc`, orderLineTable.productName)
    .prepare(),
);
const voidsOf = prepared((orm) =>
  orm
    .select({ count: count(), valueMinor: sql<number>`coalesce(${grossMinor}, 0)` })
    .from(orderLineTable)
    .where(
      and(
        eq(orderLineTable.status, 'voided'),
        gte(orderLineTable.voidedAt, sql.placeholder('start')),
        lt(orderLineTable.voidedAt, sql.placeholder('end')),
      ),
    )
    .prepare(),
);
const sealedAtOf = prepared((orm) =>
  orm.select({ sealedAt: daySealTable.sealedAt }).from(daySealTable).where(eq(daySealTable.id, day)).prepare(),
);

/** From when to when a day ran: where a manager closed the one before it early, it has run since then. */
function ranFrom(connection: Connection, businessDay: string, zone: string, cutOff: string): DayBounds {
  const { start, end } = dayBounds(businessDay, zone, cutOff);
  const before = sealedAtOf(connection).get({ day: addDays(businessDay, -1) });
  return { start: Math.min(start, before?.sealedAt ?? start), end };
}

interface Check extends SettledOrder {
  readonly serverId: string | null;
  readonly covers: number;
  readonly items: number;
}

function byHour(checks: readonly Check[], zone: string, cutOff: string): HourFigures[] {
  const groups = Map.groupBy(checks, ({ recordedAt }) => hourInStore(recordedAt, zone));
  const place = (hour: string): number => (Number(hour.slice(0, 2)) - Number(cutOff.slice(0, 2)) + 24) % 24;
  return [...groups]
    .map(([hour, own]) => ({ hour, ...addedUp(own) }))
    .sort((a, b) => place(a.hour) - place(b.hour))
    .map(({ hour, salesMinor, orders, items }) => ({ hour, salesMinor, orders, items }));
}

const byStaff = (checks: readonly Check[]): StaffFigures[] =>
  [...Map.groupBy(checks, ({ serverId }) => serverId)]
    .map(([staffId, own]) => ({ staffId, ...addedUp(own) }))
    .sort((a, b) => b.salesMinor - a.salesMinor);

const addedUp = (checks: readonly Check[]) => ({
  orders: checks.length,
  salesMinor: checks.reduce((all, { totalMinor }) => all + totalMinor, 0),
  items: checks.reduce((all, { items }) => all + items, 0),
  covers: checks.reduce((all, { covers }) => all + covers, 0),
});

/** Sums up one business day from the ledger, the payments and the checks settled in it. */
export function computeDay(connection: Connection, businessDay: string): DaySummary {
  const { time_zone: zone, day_ends_at: cutOff } = settingsOf(connection);
  const scope = { businessDay };
  const figures = figuresOfLedger(ledgerTotals(connection, scope));
  const tenders = tendersOf(connection, scope);
  const rows = new Map(
    checksOf(connection)
      .all({ day: businessDay })
      .map((row) => [row.id, row]),
  );
  const checks = settledOrders(connection, scope).map((sale): Check => {
    const row = rows.get(sale.orderId);
    return { ...sale, serverId: row?.serverId ?? null, covers: row?.covers ?? 0, items: row?.items ?? 0 };
  });
  const discounts = [...rows.values()].map(({ grossMinor: gross, discountBps }) =>
    percentOf(minor(gross), discountBps),
  );
  const { orders, items, covers } = addedUp(checks);
  return {
    day: businessDay,
    orders,
    items,
    covers,
    salesTotalMinor: figures.salesTotalMinor,
    refundsMinor: figures.creditedMinor,
    refundCount: tenders.reduce((all, { credits }) => all + credits, 0),
    vatMinor: figures.salesVatMinor - figures.creditedVatMinor,
    serviceMinor: figures.serviceMinor,
    discountsMinor: discounts.reduce((all, one) => all + one, 0),
    tipsMinor: figures.tipsMinor,
    voids: voidsOf(connection).get({ ...ranFrom(connection, businessDay, zone, cutOff) }) ?? {
      count: 0,
      valueMinor: 0,
    },
    vatByRate: figures.vatByRate,
    tenders,
    hours: byHour(checks, zone, cutOff),
    products: productsOf(connection)
      .all({ day: businessDay })
      .map(({ categoryId, ...product }) => ({
        ...product,
        category: categoryById(connection, categoryId)?.name ?? '',
      })),
    staff: byStaff(checks),
  };
}

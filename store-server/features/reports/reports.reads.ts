import { eq, max, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { DailySalesDto } from '#contract/reports.ts';
import type { Connection } from '../../db/connection.ts';
import type { LongRead } from '../../db/long-read.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { addDays } from '../../kernel/business-day.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { daysWithMoney } from '../ledger/index.ts';
import { orderTable } from '../orders/index.ts';
import { settingsOf } from '../settings/index.ts';
import { staffName } from '../staff/index.ts';
import { daySealTable } from './reports.schema.ts';
import { computeDay, type DaySummary } from './reports.summary.ts';

const seal = prepared((orm) =>
  orm
    .select()
    .from(daySealTable)
    .where(eq(daySealTable.id, sql.placeholder('day')))
    .prepare(),
);
const lastSeal = prepared((orm) =>
  orm
    .select({ day: max(daySealTable.id) })
    .from(daySealTable)
    .prepare(),
);
const everySeal = prepared((orm) => orm.select().from(daySealTable).orderBy(daySealTable.id).prepare());

/** The day that was sealed last, or null before the first. */
export const lastSealedDay: (connection: Connection) => string | null = remembered(
  [daySealTable],
  (connection) => lastSeal(connection).get()?.day ?? null,
);

export const sealOf = (connection: Connection, day: string) => seal(connection).get({ day });

export const seals = (connection: Connection) => everySeal(connection).all();

/**
 * The business day that money recorded now belongs to: `day`, or where a manager has sealed that already, the first
 * one after it that is open.
 */
export function firstOpenDay(connection: Connection, day: string): string {
  const sealed = lastSealedDay(connection);
  return sealed === null || day > sealed ? day : addDays(sealed, 1);
}

/** Days with money in them up to `last` that are not sealed yet, in order. */
export const unsealedDays = (connection: Connection, last: string): string[] =>
  daysWithMoney(connection, lastSealedDay(connection) ?? '', addDays(last, 1));

/** A day's figures: as they were sealed, or as they stand now. `sealedAt` is epoch ms. */
export function dailyReport(connection: Connection, day: string): { summary: DaySummary; sealedAt: number | null } {
  const sealed = sealOf(connection, day);
  if (sealed === undefined) return { summary: computeDay(connection, day), sealedAt: null };
  return { summary: sealed.summary, sealedAt: sealed.sealedAt };
}

/** Up to so many settled checks a day is added up in a few milliseconds. */
const SHORT_DAY = 500;

const oneTooMany = prepared((orm) =>
  orm
    .select({ id: orderTable.id })
    .from(orderTable)
    .where(eq(orderTable.settledDay, sql.placeholder('day')))
    .limit(1)
    .offset(SHORT_DAY)
    .prepare(),
);

/** Whether adding up a day would keep everybody else waiting. */
export const isLongDay = (connection: Connection, day: string): boolean =>
  oneTooMany(connection).get({ day }) !== undefined;

const pounds = (amount: number): number => toPounds(minor(amount));
const perOrder = (amount: number, orders: number): number => (orders === 0 ? 0 : pounds(Math.round(amount / orders)));
const inTenths = (value: number): number => Math.round(value * 10) / 10;

/** How many of the best-selling dishes a report lists. */
const MOST_PRODUCTS = 20;

/** A report with the names it shows: plain data, so that a command can answer with it. */
export interface ReportView {
  readonly summary: DaySummary;
  readonly sealedAt: number | null;
  readonly generatedAt: number;
  readonly restaurant: string;
  /** By staff member. */
  readonly names: Readonly<Record<string, string>>;
}

/** @param now epoch ms */
export function reportView(connection: Connection, day: string, now: number): ReportView {
  const { summary, sealedAt } = dailyReport(connection, day);
  const people = summary.staff.flatMap(({ staffId }) => (staffId === null ? [] : [staffId]));
  return {
    summary,
    sealedAt,
    generatedAt: now,
    restaurant: settingsOf(connection).restaurant.name,
    names: Object.fromEntries(people.map((id) => [id, staffName(connection, id)])),
  };
}

/** A day's report as a thread of its own adds it up. */
export const readDay: LongRead<{ readonly day: string; readonly now: number }, ReportView> = {
  name: 'reports.day',
  read: (connection, { day, now }) => reportView(connection, day, now),
};

/** The report in the shape that clients read. */
export function dailySalesDto(view: ReportView): z.output<typeof DailySalesDto> {
  const { summary, sealedAt } = view;
  const { orders, items, salesTotalMinor, refundsMinor, vatMinor } = summary;
  const taken = summary.tenders.map(({ takenMinor, refundedMinor }) => takenMinor - refundedMinor);
  const allTaken = taken.reduce((all, one) => all + Math.max(0, one), 0);
  return {
    report_info: {
      type: 'daily_sales',
      date: summary.day,
      generated_at: isoTime(view.generatedAt),
      total_orders: orders,
      restaurant: view.restaurant,
      sealed: sealedAt !== null,
      sealed_at: isoTimeOrNull(sealedAt),
    },
    summary: {
      total_sales: pounds(salesTotalMinor),
      net_sales: pounds(salesTotalMinor - refundsMinor - vatMinor),
      total_tax: pounds(vatMinor),
      total_orders: orders,
      average_ticket: perOrder(salesTotalMinor, orders),
      total_items: items,
      average_items_per_order: orders === 0 ? 0 : inTenths(items / orders),
      refund_amount: pounds(refundsMinor),
      refund_count: summary.refundCount,
      discount_amount: pounds(summary.discountsMinor),
      service_charge: pounds(summary.serviceMinor),
      tips: pounds(summary.tipsMinor),
      covers: summary.covers,
      void_count: summary.voids.count,
      void_amount: pounds(summary.voids.valueMinor),
    },
    hourly_breakdown: summary.hours.map(({ hour, salesMinor, orders: own, items: sold }) => ({
      hour,
      sales: pounds(salesMinor),
      orders: own,
      items: sold,
    })),
    payment_methods: summary.tenders.map((tender, at) => ({
      method: tender.method,
      amount: pounds(taken[at] ?? 0),
      tips: pounds(tender.tipMinor),
      count: tender.payments,
      orders: tender.orders,
      percentage: allTaken === 0 ? 0 : inTenths((Math.max(0, taken[at] ?? 0) / allTaken) * 100),
    })),
    top_products: summary.products.slice(0, MOST_PRODUCTS).map((product) => ({
      name: product.name,
      qty: product.quantity,
      amount: pounds(product.amountMinor),
      orders: product.orders,
      category: product.category,
    })),
    staff_performance: summary.staff.map(({ staffId, orders: own, salesMinor, items: sold, covers }) => ({
      user_id: staffId,
      name: staffId === null ? '' : (view.names[staffId] ?? ''),
      orders: own,
      sales: pounds(salesMinor),
      items: sold,
      covers,
      average_ticket: perOrder(salesMinor, own),
    })),
    vat_by_rate: summary.vatByRate.map(({ bps, netMinor, vatMinor: vat, grossMinor }) => ({
      rate: bps / 100,
      net: pounds(netMinor),
      vat: pounds(vat),
      gross: pounds(grossMinor),
    })),
  };
}

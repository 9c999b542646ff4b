import type { Sql } from '../db/database.ts';
import { type Figures, figureNames } from './figures.ts';
import type { DayAdded } from './projection-of.ts';

/** A day of a store after something was added to it, and how it stood before; nulls where it is new. */
export interface Stood extends Readonly<Record<keyof Figures, number | null>> {
  readonly day: string;
  readonly currency: string | null;
  readonly known: boolean;
  readonly currencyBefore: string | null;
}

/** What one day of all restaurants in one currency gains; `days` counts restaurants that traded. */
export interface DayMoved extends Figures {
  readonly day: string;
  /** Empty where none is known yet. */
  readonly currency: string;
  readonly days: number;
}

/** As the rows are cut; see the migration. */
const PARTS = 32;
const partOf = (storeId: string): number => Number.parseInt(storeId.slice(-2), 16) % PARTS;

const addedTo = (added: DayAdded): Figures => ({
  orders: added.orders,
  covers: added.covers,
  sales_minor: added.salesMinor,
  vat_minor: added.vatMinor,
  service_minor: added.serviceMinor,
  refunds_minor: added.refundsMinor,
  refund_count: added.refundCount,
  tips_minor: added.tipsMinor,
});

/**
 * What is to be added where, in the order in which everybody locks the rows: by day, then by currency. A day that learns
 * its currency late takes along all that it had.
 */
export function movesOf(days: ReadonlyMap<string, DayAdded>, stood: readonly Stood[]): DayMoved[] {
  return stood
    .flatMap(({ day, currency, known, currencyBefore, ...had }): DayMoved[] => {
      const added = days.get(day);
      if (added === undefined) return [];
      const gained = addedTo(added);
      const to = { day, currency: currency ?? '' };
      if (!known) return [{ ...to, days: 1, ...gained }];
      if (currency === currencyBefore) return [{ ...to, days: 0, ...gained }];
      const figures = (of: (name: keyof Figures) => number) =>
        Object.fromEntries(figureNames.map((name) => [name, of(name)])) as Figures;
      return [
        { day, currency: currencyBefore ?? '', days: -1, ...figures((name) => -(had[name] ?? 0)) },
        { ...to, days: 1, ...figures((name) => (had[name] ?? 0) + gained[name]) },
      ];
    })
    .filter(({ day: _, currency: __, ...figures }) => Object.values(figures).some((figure) => figure !== 0))
    .sort((a, b) => (a.day === b.day ? (a.currency < b.currency ? -1 : 1) : a.day < b.day ? -1 : 1));
}

/**
 * Adds to the days of all restaurants. The last statement of its transaction: until the commit, other restaurants of
 * the same part wait for these rows.
 */
export async function addToTenantDays(
  sql: Sql,
  tenantId: string,
  storeId: string,
  moves: readonly DayMoved[],
): Promise<void> {
  if (moves.length === 0) return;
  const column = <Value>(pick: (row: DayMoved) => Value): Value[] => moves.map(pick);
  await sql.run(
    `INSERT INTO tenant_day (tenant_id, part, business_day, currency, days, orders, covers, sales_minor, vat_minor,
       service_minor, refunds_minor, refund_count, tips_minor)
     SELECT $1, $2, * FROM unnest($3::date[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
     ON CONFLICT (tenant_id, business_day, currency, part) DO UPDATE SET days = tenant_day.days + excluded.days,
       orders = tenant_day.orders + excluded.orders, covers = tenant_day.covers + excluded.covers,
       sales_minor = tenant_day.sales_minor + excluded.sales_minor,
       vat_minor = tenant_day.vat_minor + excluded.vat_minor,
       service_minor = tenant_day.service_minor + excluded.service_minor,
       refunds_minor = tenant_day.refunds_minor + excluded.refunds_minor,
       refund_count = tenant_day.refund_count + excluded.refund_count,
       tips_minor = tenant_day.tips_minor + excluded.tips_minor`,
    [
      tenantId,
      partOf(storeId),
      column(({ day }) => day),
      column(({ currency }) => currency),
      column(({ days }) => days),
      column(({ orders }) => orders),
      column(({ covers }) => covers),
      column(({ sales_minor }) => sales_minor),
      column(({ vat_minor }) => vat_minor),
      column(({ service_minor }) => service_minor),
      column(({ refunds_minor }) => refunds_minor),
      column(({ refund_count }) => refund_count),
      column(({ tips_minor }) => tips_minor),
    ],
  );
  if (moves.some(({ days }) => days < 0)) await dropEmpty(sql, tenantId, partOf(storeId));
}

/**
 * Makes the part of the sums that a store belongs to what the days add up to, whatever it was. One statement sees days
 * and sums of the same moment and adds the difference, so what others add meanwhile stays.
 */
export async function mendTenantDays(sql: Sql, tenantId: string, storeId: string): Promise<void> {
  const part = partOf(storeId);
  await sql.run(
    `INSERT INTO tenant_day (tenant_id, part, business_day, currency, days, orders, covers, sales_minor, vat_minor,
       service_minor, refunds_minor, refund_count, tips_minor)
     SELECT $1, $2, x.business_day, x.currency, sum(x.days), sum(x.orders), sum(x.covers), sum(x.sales_minor),
       sum(x.vat_minor), sum(x.service_minor), sum(x.refunds_minor), sum(x.refund_count), sum(x.tips_minor)
     FROM (
       SELECT d.business_day, coalesce(d.currency, '') AS currency, 1 AS days, d.orders, d.covers, d.sales_minor,
         d.vat_minor, d.service_minor, d.refunds_minor, d.refund_count, d.tips_minor
       FROM store s JOIN day_total d ON d.tenant_id = s.tenant_id AND d.store_id = s.store_id
       WHERE s.tenant_id = $1 AND get_byte(uuid_send(s.store_id), 15) % $3 = $2
       UNION ALL
       SELECT t.business_day, t.currency, -t.days, -t.orders, -t.covers, -t.sales_minor, -t.vat_minor, -t.service_minor,
         -t.refunds_minor, -t.refund_count, -t.tips_minor
       FROM tenant_day t WHERE t.tenant_id = $1 AND t.part = $2
     ) x
     GROUP BY x.business_day, x.currency
     HAVING (sum(x.days), sum(x.orders), sum(x.covers), sum(x.sales_minor), sum(x.vat_minor), sum(x.service_minor),
       sum(x.refunds_minor), sum(x.refund_count), sum(x.tips_minor)) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
     ORDER BY x.business_day, x.currency
     ON CONFLICT (tenant_id, business_day, currency, part) DO UPDATE SET days = tenant_day.days + excluded.days,
       orders = tenant_day.orders + excluded.orders, covers = tenant_day.covers + excluded.covers,
       sales_minor = tenant_day.sales_minor + excluded.sales_minor,
       vat_minor = tenant_day.vat_minor + excluded.vat_minor,
       service_minor = tenant_day.service_minor + excluded.service_minor,
       refunds_minor = tenant_day.refunds_minor + excluded.refunds_minor,
       refund_count = tenant_day.refund_count + excluded.refund_count,
       tips_minor = tenant_day.tips_minor + excluded.tips_minor`,
    [tenantId, part, PARTS],
  );
  await dropEmpty(sql, tenantId, part);
}

/** A day that no restaurant has is no row, however it came to that. */
const dropEmpty = (sql: Sql, tenantId: string, part: number): Promise<number> =>
  sql.run('DELETE FROM tenant_day WHERE tenant_id = $1 AND part = $2 AND days = 0', [tenantId, part]);

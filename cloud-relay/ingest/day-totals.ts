import type { Sql } from '../db/database.ts';
import type { DayAdded, Projection } from './projection-of.ts';
import { type DayMoved, movesOf, type Stood } from './tenant-days.ts';

/**
 * Adds to the days of a store, and to the running totals from the first of them on.
 * @returns what that moves in the sums over all restaurants, for `addToTenantDays` at the end of the transaction
 */
export async function writeDays(sql: Sql, whose: readonly string[], { days }: Projection): Promise<DayMoved[]> {
  if (days.size === 0) return [];
  const rows = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  const moves = movesOf(days, await addToDays(sql, whose, rows));
  const [first] = moves;
  if (first !== undefined) await runOn(sql, whose, first.day);
  return moves;
}

/** @returns each of the days with its currency, and how it stood before */
function addToDays(
  sql: Sql,
  whose: readonly string[],
  rows: readonly (readonly [day: string, added: DayAdded])[],
): Promise<Stood[]> {
  const column = <Value>(pick: (row: DayAdded) => Value): Value[] => rows.map(([, row]) => pick(row));
  return sql.rows<Stood>(
    `WITH stood AS (
       SELECT d.business_day, d.currency, d.orders, d.covers, d.sales_minor, d.vat_minor, d.service_minor,
         d.refunds_minor, d.refund_count, d.tips_minor
       FROM day_total d WHERE d.tenant_id = $1 AND d.store_id = $2 AND d.business_day = ANY($3::date[])
     ), written AS (
       INSERT INTO day_total (tenant_id, store_id, business_day, currency, orders, covers, sales_minor, vat_minor,
         service_minor, refunds_minor, refund_count, tips_minor, sealed_at, sealed)
       SELECT $1, $2, * FROM unnest($3::date[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
         $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::jsonb[])
       ON CONFLICT (tenant_id, store_id, business_day) DO UPDATE SET
         currency = coalesce(excluded.currency, day_total.currency), orders = day_total.orders + excluded.orders,
         covers = day_total.covers + excluded.covers, sales_minor = day_total.sales_minor + excluded.sales_minor,
         vat_minor = day_total.vat_minor + excluded.vat_minor,
         service_minor = day_total.service_minor + excluded.service_minor,
         refunds_minor = day_total.refunds_minor + excluded.refunds_minor,
         refund_count = day_total.refund_count + excluded.refund_count,
         tips_minor = day_total.tips_minor + excluded.tips_minor,
         sealed_at = coalesce(excluded.sealed_at, day_total.sealed_at),
         sealed = coalesce(excluded.sealed, day_total.sealed)
       RETURNING business_day, currency
     )
     SELECT w.business_day AS day, w.currency, s.business_day IS NOT NULL AS known, s.currency AS "currencyBefore",
       s.orders, s.covers, s.sales_minor, s.vat_minor, s.service_minor, s.refunds_minor, s.refund_count, s.tips_minor
     FROM written w LEFT JOIN stood s ON s.business_day = w.business_day ORDER BY w.business_day`,
    [
      ...whose,
      rows.map(([day]) => day),
      column(({ currency }) => currency),
      column(({ orders }) => orders),
      column(({ covers }) => covers),
      column(({ salesMinor }) => salesMinor),
      column(({ vatMinor }) => vatMinor),
      column(({ serviceMinor }) => serviceMinor),
      column(({ refundsMinor }) => refundsMinor),
      column(({ refundCount }) => refundCount),
      column(({ tipsMinor }) => tipsMinor),
      column(({ sealedAt }) => sealedAt),
      column(({ sealed }) => (sealed === null ? null : JSON.stringify(sealed))),
    ],
  );
}

/** One row for a store that trades on; more where something late changes a day with others after it. */
const runOn = (sql: Sql, whose: readonly string[], first: string): Promise<number> =>
  sql.run(
    `INSERT INTO total_upto (tenant_id, store_id, business_day, currency, days, orders, covers, sales_minor, vat_minor,
       service_minor, refunds_minor, refund_count, tips_minor)
     SELECT $1, $2, d.business_day,
       (SELECT c.currency FROM day_total c
        WHERE c.tenant_id = $1 AND c.store_id = $2 AND c.business_day <= d.business_day AND c.currency IS NOT NULL
        ORDER BY c.business_day DESC LIMIT 1),
       coalesce(b.days, 0) + count(*) OVER upto, coalesce(b.orders, 0) + sum(d.orders) OVER upto,
       coalesce(b.covers, 0) + sum(d.covers) OVER upto, coalesce(b.sales_minor, 0) + sum(d.sales_minor) OVER upto,
       coalesce(b.vat_minor, 0) + sum(d.vat_minor) OVER upto,
       coalesce(b.service_minor, 0) + sum(d.service_minor) OVER upto,
       coalesce(b.refunds_minor, 0) + sum(d.refunds_minor) OVER upto,
       coalesce(b.refund_count, 0) + sum(d.refund_count) OVER upto,
       coalesce(b.tips_minor, 0) + sum(d.tips_minor) OVER upto
     FROM day_total d LEFT JOIN LATERAL (
       SELECT u.* FROM total_upto u WHERE u.tenant_id = $1 AND u.store_id = $2 AND u.business_day < $3
       ORDER BY u.business_day DESC LIMIT 1
     ) b ON true
     WHERE d.tenant_id = $1 AND d.store_id = $2 AND d.business_day >= $3
     WINDOW upto AS (ORDER BY d.business_day)
     ON CONFLICT (tenant_id, store_id, business_day) DO UPDATE SET currency = excluded.currency, days = excluded.days,
       orders = excluded.orders, covers = excluded.covers, sales_minor = excluded.sales_minor,
       vat_minor = excluded.vat_minor, service_minor = excluded.service_minor, refunds_minor = excluded.refunds_minor,
       refund_count = excluded.refund_count, tips_minor = excluded.tips_minor`,
    [...whose, first],
  );

import type { z } from 'zod';
import type { AnalyticsDto } from '#contract/platform.ts';
import type { Database, Sql } from '../db/database.ts';
import { type Figures, figuresOf, sumOf } from './days.ts';

type Span = Readonly<Record<'from' | 'to', string>>;

/** The days of one store in one currency together, or one day of all stores in one currency. */
interface SumRow extends Figures {
  readonly storeId: string | null;
  readonly day: string | null;
  readonly currency: string | null;
  readonly firstDay: string;
  readonly days: number;
}

/** Both ways of adding up in one reading of the days: a thousand restaurants have thirty thousand of them in a month. */
const sumsOf = (sql: Sql, tenantId: string, { from, to }: Span): Promise<SumRow[]> =>
  sql.rows<SumRow>(
    `SELECT store_id AS "storeId", business_day AS day, currency, min(business_day) AS "firstDay", count(*) AS days,
       sum(orders)::bigint AS orders, sum(covers)::bigint AS covers, sum(sales_minor)::bigint AS sales_minor,
       sum(vat_minor)::bigint AS vat_minor, sum(service_minor)::bigint AS service_minor,
       sum(refunds_minor)::bigint AS refunds_minor, sum(refund_count)::bigint AS refund_count,
       sum(tips_minor)::bigint AS tips_minor
     FROM day_total WHERE tenant_id = $1 AND business_day BETWEEN $2 AND $3
     GROUP BY GROUPING SETS ((store_id, currency), (business_day, currency))
     ORDER BY "firstDay", currency`,
    [tenantId, from, to],
  );

/** Sales across restaurants between two days, by restaurant and by day. */
export function analytics(database: Database, tenantId: string, span: Span): Promise<z.output<typeof AnalyticsDto>> {
  return database.inTenant(tenantId, async (sql) => {
    const stores = await sql.rows<{ id: string; name: string }>(
      'SELECT store_id AS id, name FROM store WHERE tenant_id = $1 ORDER BY name, store_id',
      [tenantId],
    );
    const sums = await sumsOf(sql, tenantId, span);
    const byStore = Map.groupBy(sums, ({ storeId }) => storeId);
    return {
      from: span.from,
      to: span.to,
      restaurants: stores
        .map(({ id, name }) => {
          const own = byStore.get(id) ?? [];
          const currency = own.find((sum) => sum.currency !== null)?.currency ?? null;
          return { id, name, currency, days: own.reduce((count, { days }) => count + days, 0), ...sumOf(own) };
        })
        .sort((a, b) => b.sales_minor - a.sales_minor),
      days: sums.flatMap((sum) =>
        sum.day === null ? [] : [{ business_day: sum.day, currency: sum.currency, ...figuresOf(sum) }],
      ),
    };
  });
}

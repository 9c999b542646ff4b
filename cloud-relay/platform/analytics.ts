import type { z } from 'zod';
import type { AnalyticsDto } from '#contract/platform.ts';
import { addDays } from '../../store-server/kernel/business-day.ts';
import type { Database, Sql } from '../db/database.ts';
import { type Figures, figuresOf } from '../ingest/figures.ts';

type Analytics = z.output<typeof AnalyticsDto>;
type Span = Readonly<Record<'from' | 'to', string>>;

/**
 * Each restaurant's days together: what it had at the end of the span without what it had before it. Whoever was closed
 * on one of those two days has no row there, and the last one before is looked up instead.
 */
const byRestaurant = (sql: Sql, tenantId: string, { from, to }: Span): Promise<Analytics['restaurants']> =>
  sql.rows(
    `SELECT s.store_id AS id, s.name,
       CASE WHEN coalesce(e.days, le.days) > coalesce(b.days, lb.days, 0) THEN coalesce(e.currency, le.currency) END
         AS currency,
       coalesce(e.days, le.days, 0) - coalesce(b.days, lb.days, 0) AS days,
       coalesce(e.orders, le.orders, 0) - coalesce(b.orders, lb.orders, 0) AS orders,
       coalesce(e.covers, le.covers, 0) - coalesce(b.covers, lb.covers, 0) AS covers,
       coalesce(e.sales_minor, le.sales_minor, 0) - coalesce(b.sales_minor, lb.sales_minor, 0) AS sales_minor,
       coalesce(e.vat_minor, le.vat_minor, 0) - coalesce(b.vat_minor, lb.vat_minor, 0) AS vat_minor,
       coalesce(e.service_minor, le.service_minor, 0) - coalesce(b.service_minor, lb.service_minor, 0) AS service_minor,
       coalesce(e.refunds_minor, le.refunds_minor, 0) - coalesce(b.refunds_minor, lb.refunds_minor, 0) AS refunds_minor,
       coalesce(e.refund_count, le.refund_count, 0) - coalesce(b.refund_count, lb.refund_count, 0) AS refund_count,
       coalesce(e.tips_minor, le.tips_minor, 0) - coalesce(b.tips_minor, lb.tips_minor, 0) AS tips_minor
     FROM store s
     LEFT JOIN total_upto e ON e.tenant_id = s.tenant_id AND e.store_id = s.store_id AND e.business_day = $3
     LEFT JOIN LATERAL (
       SELECT u.* FROM total_upto u
       WHERE e.store_id IS NULL AND u.tenant_id = s.tenant_id AND u.store_id = s.store_id AND u.business_day < $3
       ORDER BY u.business_day DESC LIMIT 1
     ) le ON true
     LEFT JOIN total_upto b ON b.tenant_id = s.tenant_id AND b.store_id = s.store_id AND b.business_day = $2
     LEFT JOIN LATERAL (
       SELECT u.* FROM total_upto u
       WHERE b.store_id IS NULL AND u.tenant_id = s.tenant_id AND u.store_id = s.store_id AND u.business_day < $2
       ORDER BY u.business_day DESC LIMIT 1
     ) lb ON true
     WHERE s.tenant_id = $1 ORDER BY s.name, s.store_id`,
    [tenantId, addDays(from, -1), to],
  );

interface DayRow extends Figures {
  readonly day: string;
  readonly currency: string | null;
}

/** Each day of all restaurants together, one row for each currency. */
const byDay = (sql: Sql, tenantId: string, { from, to }: Span): Promise<DayRow[]> =>
  sql.rows<DayRow>(
    `SELECT business_day AS day, nullif(currency, '') AS currency, sum(orders)::bigint AS orders,
       sum(covers)::bigint AS covers, sum(sales_minor)::bigint AS sales_minor, sum(vat_minor)::bigint AS vat_minor,
       sum(service_minor)::bigint AS service_minor, sum(refunds_minor)::bigint AS refunds_minor,
       sum(refund_count)::bigint AS refund_count, sum(tips_minor)::bigint AS tips_minor
     FROM tenant_day WHERE tenant_id = $1 AND business_day BETWEEN $2 AND $3
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [tenantId, from, to],
  );

/** Sales across restaurants between two days, by restaurant and by day. */
export function analytics(database: Database, tenantId: string, span: Span): Promise<Analytics> {
  return database.inTenant(tenantId, async (sql) => {
    const restaurants = await byRestaurant(sql, tenantId, span);
    const days = await byDay(sql, tenantId, span);
    return {
      from: span.from,
      to: span.to,
      restaurants: restaurants.sort((a, b) => b.sales_minor - a.sales_minor),
      days: days.map((row) => ({ business_day: row.day, currency: row.currency, ...figuresOf(row) })),
    };
  });
}

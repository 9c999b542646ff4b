import type { z } from 'zod';
import type { ComparisonDto } from '#contract/platform.ts';
import { daysBetween } from '../../store-server/kernel/business-day.ts';
import type { Database, Sql } from '../db/database.ts';

type Comparison = z.output<typeof ComparisonDto>;
type Span = Readonly<Record<'from' | 'to', string>>;

/** More than anybody compares by eye. */
const MOST = 60;

interface BestRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string | null;
  readonly salesMinor: number;
  readonly all: number;
}

const bestOf = (sql: Sql, tenantId: string, { from, to }: Span): Promise<BestRow[]> =>
  sql.rows<BestRow>(
    `SELECT s.store_id AS id, s.name, d.currency, sum(d.sales_minor)::bigint AS "salesMinor", count(*) OVER () AS "all"
     FROM day_total d JOIN store s ON s.tenant_id = d.tenant_id AND s.store_id = d.store_id
     WHERE d.tenant_id = $1 AND d.business_day BETWEEN $2 AND $3
     GROUP BY s.store_id, s.name, d.currency ORDER BY "salesMinor" DESC, s.name, s.store_id LIMIT $4`,
    [tenantId, from, to, MOST],
  );

interface DayRow {
  readonly storeId: string;
  readonly currency: string | null;
  readonly day: string;
  readonly salesMinor: number;
}

const daysOf = (sql: Sql, tenantId: string, ids: readonly string[], { from, to }: Span): Promise<DayRow[]> =>
  sql.rows<DayRow>(
    `SELECT store_id AS "storeId", currency, business_day AS day, sales_minor AS "salesMinor" FROM day_total
     WHERE tenant_id = $1 AND store_id = ANY($2) AND business_day BETWEEN $3 AND $4 ORDER BY business_day`,
    [tenantId, ids, from, to],
  );

/**
 * The first day on which each restaurant did anything. Its history came from the beginning, so before that there is
 * nothing that could still come.
 */
async function firstDaysOf(sql: Sql, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.rows<{ storeId: string; first: string }>(
    `SELECT s.store_id AS "storeId", (
       SELECT min(d.business_day) FROM day_total d WHERE d.tenant_id = s.tenant_id AND d.store_id = s.store_id
     ) AS first
     FROM store s WHERE s.tenant_id = $1 AND s.store_id = ANY($2)`,
    [tenantId, ids],
  );
  return new Map(rows.map(({ storeId, first }) => [storeId, first]));
}

interface GrowthRow {
  readonly storeId: string;
  readonly currency: string;
  readonly days: number;
  readonly sales_minor: number;
  readonly before_minor: number;
}

/** Closed days beside those `apart` days before them; a day that has no such other is not compared with anything. */
const growthOf = (sql: Sql, tenantId: string, { from, to }: Span, apart: number): Promise<GrowthRow[]> =>
  sql.rows<GrowthRow>(
    `SELECT d.store_id AS "storeId", d.currency, count(*) AS days, sum(d.sales_minor)::bigint AS sales_minor,
       sum(b.sales_minor)::bigint AS before_minor
     FROM day_total d
     JOIN day_total b ON b.tenant_id = d.tenant_id AND b.store_id = d.store_id AND b.currency = d.currency
       AND b.business_day = d.business_day - $4::int AND b.sealed IS NOT NULL
     WHERE d.tenant_id = $1 AND d.business_day BETWEEN $2 AND $3 AND d.sealed IS NOT NULL
     GROUP BY d.store_id, d.currency ORDER BY d.currency`,
    [tenantId, from, to, apart],
  );

const keyOf = (storeId: string, currency: string | null): string => `${storeId} ${currency}`;

/** Restaurants beside each other, day by day, each against the span of the same length before. */
export function comparison(database: Database, tenantId: string, span: Span): Promise<Comparison> {
  const { from, to } = span;
  const apart = daysBetween(from, to) + 1;
  return database.inTenant(tenantId, async (sql) => {
    const best = await bestOf(sql, tenantId, span);
    const ids = [...new Set(best.map(({ id }) => id))];
    const days = Map.groupBy(await daysOf(sql, tenantId, ids, span), (day) => keyOf(day.storeId, day.currency));
    const firstDays = await firstDaysOf(sql, tenantId, ids);
    const grown = await growthOf(sql, tenantId, span, apart);
    const growth = new Map(grown.map((row) => [keyOf(row.storeId, row.currency), row]));
    return {
      from,
      to,
      restaurants: best.map(({ id, name, currency, salesMinor }) => {
        const own = days.get(keyOf(id, currency)) ?? [];
        const row = growth.get(keyOf(id, currency));
        return {
          ...{ id, name, currency, sales_minor: salesMinor },
          first_day: firstDays.get(id) ?? from,
          days: own.map((day) => ({ business_day: day.day, sales_minor: day.salesMinor })),
          growth:
            row === undefined ? null : { days: row.days, sales_minor: row.sales_minor, before_minor: row.before_minor },
        };
      }),
      left_out: Math.max(0, (best[0]?.all ?? 0) - best.length),
      growth: [...Map.groupBy(grown, ({ currency }) => currency)].map(([currency, own]) => ({
        currency,
        restaurants: own.length,
        days: own.reduce((sum, row) => sum + row.days, 0),
        sales_minor: own.reduce((sum, row) => sum + row.sales_minor, 0),
        before_minor: own.reduce((sum, row) => sum + row.before_minor, 0),
      })),
    };
  });
}

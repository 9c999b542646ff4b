import type { z } from 'zod';
import type { DayDto } from '#contract/platform.ts';
import type { daySealed } from '#contract/reports.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import type { Sql } from '../db/database.ts';
import { type Figures, figuresOf } from '../ingest/figures.ts';

type Day = z.output<typeof DayDto>;

interface DayRow extends Figures {
  readonly storeId: string;
  readonly day: string;
  readonly currency: string | null;
  readonly sealedAt: number | null;
  readonly sealed: z.output<typeof daySealed.body> | null;
  readonly agrees: boolean | null;
}

type Tender = Day['tenders'][number];
interface TenderRow extends Tender {
  readonly storeId: string;
  readonly day: string;
}

/** Days of one store from the first to the last, with what was taken how. */
export async function daysOf(sql: Sql, tenantId: string, storeId: string, from: string, to: string): Promise<Day[]> {
  const rows = await sql.rows<DayRow>(
    `SELECT store_id AS "storeId", business_day AS day, currency, orders, covers, sales_minor, vat_minor, service_minor,
       refunds_minor, refund_count, tips_minor, sealed_at AS "sealedAt", sealed, agrees
     FROM day_total WHERE tenant_id = $1 AND store_id = $2 AND business_day BETWEEN $3 AND $4 ORDER BY business_day`,
    [tenantId, storeId, from, to],
  );
  const tenders = await sql.rows<TenderRow>(
    `SELECT store_id AS "storeId", business_day AS day, method, payments, taken_minor, tip_minor, refunded_minor
     FROM day_tender WHERE tenant_id = $1 AND store_id = $2 AND business_day BETWEEN $3 AND $4
     ORDER BY business_day, method`,
    [tenantId, storeId, from, to],
  );
  return withTenders(rows, tenders).map(({ day }) => day);
}

/**
 * The day that each store is in by its own word, which need not be the relay's date; none before its first entry. One
 * look by key for each store: OFFSET 0 keeps PostgreSQL from reading every day of every store to join them.
 */
export async function todaysOf(sql: Sql, tenantId: string): Promise<Map<string, Day>> {
  const rows = await sql.rows<DayRow>(
    `SELECT l.store_id AS "storeId", today.* FROM store_live l CROSS JOIN LATERAL (
       SELECT d.business_day AS day, d.currency, d.orders, d.covers, d.sales_minor, d.vat_minor, d.service_minor,
         d.refunds_minor, d.refund_count, d.tips_minor, d.sealed_at AS "sealedAt", d.sealed, d.agrees
       FROM day_total d WHERE d.tenant_id = l.tenant_id AND d.store_id = l.store_id
         AND d.business_day = (l.live ->> 'business_day')::date OFFSET 0
     ) today WHERE l.tenant_id = $1`,
    [tenantId],
  );
  const tenders = await sql.rows<TenderRow>(
    `SELECT l.store_id AS "storeId", today.* FROM store_live l CROSS JOIN LATERAL (
       SELECT d.business_day AS day, d.method, d.payments, d.taken_minor, d.tip_minor, d.refunded_minor
       FROM day_tender d WHERE d.tenant_id = l.tenant_id AND d.store_id = l.store_id
         AND d.business_day = (l.live ->> 'business_day')::date OFFSET 0
     ) today WHERE l.tenant_id = $1 ORDER BY today.method`,
    [tenantId],
  );
  return new Map(withTenders(rows, tenders).map(({ storeId, day }) => [storeId, day]));
}

function withTenders(rows: readonly DayRow[], tenders: readonly TenderRow[]): { storeId: string; day: Day }[] {
  const tendersAt = Map.groupBy(tenders, ({ storeId, day }) => `${storeId} ${day}`);
  return rows.map((row) => ({
    storeId: row.storeId,
    day: dayDto(row, tendersAt.get(`${row.storeId} ${row.day}`) ?? []),
  }));
}

function dayDto(row: DayRow, tenders: readonly Tender[]): Day {
  const { sealed, sealedAt } = row;
  return {
    business_day: row.day,
    currency: row.currency,
    ...figuresOf(row),
    tenders: tenders.map(({ method, payments, taken_minor, tip_minor, refunded_minor }) => ({
      method,
      payments,
      taken_minor,
      tip_minor,
      refunded_minor,
    })),
    sealed:
      sealed === null || sealedAt === null
        ? null
        : {
            at: isoTime(sealedAt),
            sales_minor: sealed.sales_total_minor,
            vat_minor: sealed.vat_minor,
            service_minor: sealed.service_minor,
            discounts_minor: sealed.discounts_minor,
          },
    agrees: row.agrees,
  };
}

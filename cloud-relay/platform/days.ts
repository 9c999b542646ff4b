import type { z } from 'zod';
import type { DayDto } from '#contract/platform.ts';
import type { daySealed } from '#contract/reports.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import type { Sql } from '../db/database.ts';

type Day = z.output<typeof DayDto>;

interface DayRow {
  readonly storeId: string;
  readonly day: string;
  readonly currency: string | null;
  readonly orders: number;
  readonly covers: number;
  readonly sales_minor: number;
  readonly vat_minor: number;
  readonly service_minor: number;
  readonly refunds_minor: number;
  readonly refund_count: number;
  readonly tips_minor: number;
  readonly sealedAt: number | null;
  readonly sealed: z.output<typeof daySealed.body> | null;
  readonly agrees: boolean | null;
}

/** Days of one store, or of every store of the tenant, from the first to the last, with what was taken how. */
export async function daysOf(
  sql: Sql,
  tenantId: string,
  storeId: string | null,
  from: string,
  to: string,
): Promise<Map<string, Day[]>> {
  const rows = await sql.rows<DayRow>(
    `SELECT store_id AS "storeId", business_day AS day, currency, orders, covers, sales_minor, vat_minor, service_minor,
       refunds_minor, refund_count, tips_minor, sealed_at AS "sealedAt", sealed, agrees
     FROM day_total WHERE tenant_id = $1 AND ($2::uuid IS NULL OR store_id = $2) AND business_day BETWEEN $3 AND $4
     ORDER BY store_id, business_day`,
    [tenantId, storeId, from, to],
  );
  const tenders = await sql.rows<Day['tenders'][number] & { storeId: string; day: string }>(
    `SELECT store_id AS "storeId", business_day AS day, method, payments, taken_minor, tip_minor, refunded_minor
     FROM day_tender WHERE tenant_id = $1 AND ($2::uuid IS NULL OR store_id = $2) AND business_day BETWEEN $3 AND $4
     ORDER BY store_id, business_day, method`,
    [tenantId, storeId, from, to],
  );
  const tendersAt = Map.groupBy(tenders, ({ storeId: id, day }) => `${id} ${day}`);
  const days = rows.map((row) => ({ row, tenders: tendersAt.get(`${row.storeId} ${row.day}`) ?? [] }));
  const grouped = Map.groupBy(days, ({ row }) => row.storeId);
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ row, tenders: its }) => dayDto(row, its))]));
}

function dayDto(row: DayRow, tenders: readonly Day['tenders'][number][]): Day {
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

const figureNames = [
  'orders',
  'covers',
  'sales_minor',
  'vat_minor',
  'service_minor',
  'refunds_minor',
  'refund_count',
  'tips_minor',
] as const;
export type Figures = Record<(typeof figureNames)[number], number>;

const figuresOf = (row: Figures): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, row[name]])) as Figures;

/** Several days or restaurants together. */
export const sumOf = (rows: readonly Figures[]): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as Figures;

import { z } from 'zod';
import { defineFact } from './facts.ts';

const realDay = (day: string): boolean => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
};

/** A business day, named by the date on which it began. */
export const BusinessDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'has to be a date such as 2025-06-18')
  .refine(realDay, 'is not a date');

export const DailySalesQuery = z.object({ date: BusinessDay.optional() });
export const SealDayInput = z.strictObject({ date: BusinessDay.optional() });

const money = z.number();
const counts = z.int();

/**
 * One business day. `total_sales` is what the checks settled that day came to, VAT and service in, tips out, before
 * refunds; `total_tax` is after refunds; net_sales = total_sales − refund_amount − total_tax.
 */
export const DailySalesDto = z.object({
  report_info: z.object({
    type: z.literal('daily_sales'),
    date: z.string(),
    generated_at: z.string(),
    total_orders: counts,
    restaurant: z.string(),
    sealed: z.boolean(),
    sealed_at: z.string().nullable(),
  }),
  summary: z.object({
    total_sales: money,
    net_sales: money,
    total_tax: money,
    total_orders: counts,
    average_ticket: money,
    total_items: counts,
    average_items_per_order: z.number(),
    refund_amount: money,
    refund_count: counts,
    discount_amount: money,
    service_charge: money,
    tips: money,
    covers: counts,
    void_count: counts,
    void_amount: money,
  }),
  hourly_breakdown: z.array(z.object({ hour: z.string(), sales: money, orders: counts, items: counts })),
  payment_methods: z.array(
    z.object({
      method: z.string(),
      /** Taken less given back, without tips. */
      amount: money,
      tips: money,
      count: counts,
      orders: counts,
      percentage: z.number(),
    }),
  ),
  top_products: z.array(
    z.object({ name: z.string(), qty: counts, amount: money, orders: counts, category: z.string() }),
  ),
  staff_performance: z.array(
    z.object({
      user_id: z.string().nullable(),
      name: z.string(),
      orders: counts,
      sales: money,
      items: counts,
      covers: counts,
      average_ticket: money,
    }),
  ),
  vat_by_rate: z.array(z.object({ rate: z.number(), net: money, vat: money, gross: money })),
});

export const LedgerCheckDto = z.object({ date: z.string(), adds_up: z.boolean(), broken: z.array(z.string()) });

/** The day is closed for good: nothing recorded from now on belongs to it. Minor units. */
export const daySealed = defineFact({
  kind: 'day.sealed',
  version: 1,
  entity: 'day',
  audience: ['management'],
  body: z.object({
    day: BusinessDay,
    orders: z.int(),
    covers: z.int(),
    items: z.int(),
    sales_total_minor: z.int(),
    refunds_minor: z.int(),
    vat_minor: z.int(),
    service_minor: z.int(),
    discounts_minor: z.int(),
    tips_minor: z.int(),
    tenders: z.array(
      z.object({ method: z.string(), taken_minor: z.int(), tip_minor: z.int(), refunded_minor: z.int() }),
    ),
    vat_by_rate: z.array(z.object({ bps: z.int(), net_minor: z.int(), vat_minor: z.int() })),
  }),
});

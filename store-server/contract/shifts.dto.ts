import { z } from 'zod';
import { Uuid } from './ids.ts';
import { cashDirections, sessionStates } from './shifts.ts';

const direction = z.enum(cashDirections);

/** A session as the tills read it. What should be in the drawer is null as long as it has to be counted blind. */
export const SessionDto = z.object({
  id: z.int(),
  uuid: Uuid,
  name: z.string(),
  state: z.enum(sessionStates),
  start_at: z.string(),
  stop_at: z.string().nullable(),
  config_id: z.int(),
  config_name: z.string(),
  user_id: z.int().nullable(),
  user_uuid: z.string().nullable(),
  user_name: z.string(),
  business_day: z.string(),
  opening_float: z.number().nullable(),
  counted_amount: z.number().nullable(),
  expected_amount: z.number().nullable(),
  difference: z.number().nullable(),
  carried_over: z.int(),
  z_number: z.int().nullable(),
});

export const TillDto = z.object({
  id: z.int(),
  uuid: Uuid,
  name: z.string(),
  printer_id: z.string().nullable(),
  active: z.boolean(),
});

export const CashMovementDto = z.object({
  id: Uuid,
  session_id: Uuid,
  direction,
  amount: z.number(),
  reason: z.string(),
  made_by: z.string().nullable(),
  recorded_at: z.string(),
});

export const NoSaleDto = z.object({ session_id: Uuid, reason: z.string(), drawer_opened: z.boolean() });

/** What happens in a session beside sales, as its timeline tells it; in the order in which it can happen. */
export const sessionEvents = [
  'opened',
  'float',
  'cash_in',
  'cash_out',
  'no_sale',
  'x_printed',
  'counted',
  'closed',
  'copied',
] as const;

export const SessionEventDto = z.object({
  id: z.string(),
  kind: z.enum(sessionEvents),
  /** Pounds; null where no money is meant. */
  amount: z.number().nullable(),
  reason: z.string().nullable(),
  made_by: z.string(),
  recorded_at: z.string(),
});

/** An X on its way to paper; `printer` is null where no printer is set up that could. */
export const XPrintDto = z.object({ session_id: Uuid, printer: z.string().nullable() });

/** A copy of a Z on its way to paper; `printer` is null where no printer is set up that could. */
export const ZCopyDto = z.object({
  session_id: Uuid,
  z_number: z.int(),
  copy: z.int(),
  printer: z.string().nullable(),
});

const money = z.number();
const counts = z.int();

/** X and Z: what happened in a session. Pounds; refunds and cash out are positive figures. */
export const ShiftReportDto = z.object({
  kind: z.enum(['x', 'z']),
  number: z.int().nullable(),
  session_id: Uuid,
  session_name: z.string(),
  till_name: z.string(),
  business_day: z.string(),
  opened_at: z.string(),
  closed_at: z.string().nullable(),
  made_at: z.string(),
  opened_by: z.string(),
  closed_by: z.string().nullable(),
  cash: z.object({
    opening_float: money,
    float_counted: z.boolean(),
    sales: money,
    tips: money,
    refunds: money,
    cash_in: money,
    cash_out: money,
    expected: money,
    counted: money.nullable(),
    difference: money.nullable(),
    /** What was said of the difference when the session was closed. */
    difference_reason: z.string().nullable(),
    closing_counts: counts,
  }),
  tenders: z.array(
    z.object({
      method: z.string(),
      taken: money,
      tips: money,
      refunded: money,
      net: money,
      payments: counts,
      refunds: counts,
    }),
  ),
  sales: z.object({
    total: money,
    net: money,
    vat: money,
    service_charge: money,
    discounts: money,
    checks: counts,
    covers: counts,
    average_check: money,
  }),
  vat_by_rate: z.array(z.object({ rate: z.number(), net: money, vat: money, gross: money })),
  refunds: z.object({ count: counts, amount: money, vat: money, returned: money }),
  tips: money,
  voids: z.object({ count: counts, value: money }),
  no_sales: counts,
  movements: z.array(z.object({ direction, amount: money, reason: z.string(), recorded_at: z.string() })),
  carried_over: counts,
  /** The journal's last entry before this report, and the first 16 digits of its hash. */
  journal: z.object({ seq: z.int(), head: z.string() }).nullable(),
});

export const ClosedSessionDto = SessionDto.extend({ z_report: ShiftReportDto });

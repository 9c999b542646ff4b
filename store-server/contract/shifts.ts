import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Ref, Uuid } from './ids.ts';
import { MinorUnits, Pounds } from './money.ts';

export const sessionStates = ['opening_control', 'opened', 'closing_control', 'closed'] as const;
export type SessionState = (typeof sessionStates)[number];

/** British coins and notes in circulation: how they are named on the wire, and their worth in pence. */
export const denominations: Readonly<Record<string, number>> = {
  '50': 5000,
  '20': 2000,
  '10': 1000,
  '5': 500,
  '2': 200,
  '1': 100,
  '0.50': 50,
  '0.20': 20,
  '0.10': 10,
  '0.05': 5,
  '0.02': 2,
  '0.01': 1,
};

const Reason = z.string().trim().min(1).max(200);
const Name = z.string().trim().min(1).max(60);

/** Older tills send only `config_id`. Without a float the drawer waits to be counted. */
export const OpenSessionBody = z.object({ config_id: Ref.nullish(), opening_float: Pounds.nullish() });
export const OpenSessionInput = z.object({ config_id: Ref.nullable(), opening_float_minor: MinorUnits.nullable() });

const direction = z.enum(['in', 'out']);
const more = (pounds: number): boolean => pounds > 0;
export const CashMovementBody = z.strictObject({
  direction,
  amount: Pounds.refine(more, 'has to be more than nothing'),
  reason: Reason,
});
export const CashMovementInput = z.object({
  session_id: Ref,
  direction,
  amount_minor: MinorUnits.min(1),
  reason: Reason,
});

const Counted = z
  .record(z.string().max(10), z.int().min(0).max(100_000))
  .refine((counts) => Object.keys(counts).every((name) => Object.hasOwn(denominations, name)), {
    message: `has to name notes and coins: ${Object.keys(denominations).join(', ')}`,
  });

/**
 * What lies in the drawer: the sum, or how many there are of each note and coin. `closing` counts a drawer for closing
 * although its float was never counted.
 */
export const CountBody = z
  .strictObject({
    counted_amount: Pounds.optional(),
    denominations: Counted.optional(),
    closing: z.boolean().optional(),
  })
  .refine((body) => (body.counted_amount === undefined) !== (body.denominations === undefined), {
    path: ['counted_amount'],
    message: 'Give either counted_amount or denominations.',
  });
export const CountInput = z.object({
  session_id: Ref,
  counted_minor: MinorUnits,
  denominations: Counted.nullable(),
  closing: z.boolean(),
});

export const CloseSessionBody = z.strictObject({ carry_over: z.boolean().default(false) });
export const CloseSessionInput = CloseSessionBody.extend({ session_id: Ref });

export const NoSaleBody = z.strictObject({ reason: Reason });
export const NoSaleInput = NoSaleBody.extend({ session_id: Ref });

export const AddTillInput = z.strictObject({ name: Name, printer_id: Ref.nullable().default(null) });

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

const plain = z.object({
  session_id: Uuid,
  session: z.int(),
  session_name: z.string(),
  till_id: Uuid,
  till_name: z.string(),
  state: z.enum(sessionStates),
  business_day: z.string(),
});
const forFloor = { version: 1, entity: 'pos_session', audience: ['pos', 'management'] } as const;
/** Amounts in a drawer are told to managers only: whoever counts it must not read there what should be in it. */
const forManagers = { version: 1, entity: 'pos_session', audience: ['management'] } as const;

export const shiftOpened = defineFact({ ...forFloor, kind: 'shift.opened', body: plain });
export const shiftStateChanged = defineFact({ ...forFloor, kind: 'shift.state_changed', body: plain });
export const shiftClosed = defineFact({
  ...forFloor,
  kind: 'shift.closed',
  body: plain.extend({ z_number: z.int(), carried_over: z.int() }),
});
export const drawerCounted = defineFact({
  ...forManagers,
  kind: 'shift.drawer_counted',
  body: plain.extend({
    kind: z.enum(['opening', 'closing']),
    counted_minor: z.int(),
    expected_minor: z.int().nullable(),
    /** Whether an earlier closing count stands already. */
    recount: z.boolean(),
  }),
});
export const cashMoved = defineFact({
  ...forManagers,
  kind: 'shift.cash_moved',
  body: plain.extend({ movement_id: Uuid, direction, amount_minor: z.int(), reason: z.string() }),
});
/** The drawer was opened without a sale. */
export const noSale = defineFact({
  ...forManagers,
  kind: 'drawer.no_sale',
  body: plain.extend({ reason: z.string(), drawer_opened: z.boolean() }),
});
export const zReportMade = defineFact({
  ...forManagers,
  kind: 'shift.z_report_made',
  body: plain.extend({
    z_number: z.int(),
    sales_total_minor: z.int(),
    vat_minor: z.int(),
    tips_minor: z.int(),
    refunds_minor: z.int(),
    expected_minor: z.int(),
    counted_minor: z.int(),
    difference_minor: z.int(),
    tenders: z.array(
      z.object({ method: z.string(), taken_minor: z.int(), tip_minor: z.int(), refunded_minor: z.int() }),
    ),
  }),
});
export const tillAdded = defineFact({
  version: 1,
  entity: 'till',
  audience: ['management'],
  kind: 'till.added',
  body: z.object({ till_id: Uuid, till: z.int(), name: z.string() }),
});

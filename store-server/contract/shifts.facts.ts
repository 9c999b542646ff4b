import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';
import { cashDirections, sessionStates } from './shifts.ts';

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
  body: plain.extend({
    movement_id: Uuid,
    direction: z.enum(cashDirections),
    amount_minor: z.int(),
    reason: z.string(),
  }),
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
    difference_reason: z.string().optional(),
    tenders: z.array(
      z.object({ method: z.string(), taken_minor: z.int(), tip_minor: z.int(), refunded_minor: z.int() }),
    ),
  }),
});
/** A Z was put on paper once more. */
export const zReportCopied = defineFact({
  ...forManagers,
  kind: 'shift.z_report_copied',
  body: plain.extend({ z_number: z.int(), copy: z.int() }),
});
/** An X was put on paper: whoever counts the drawer afterwards may have read what should be in it. */
export const xReportPrinted = defineFact({ ...forManagers, kind: 'shift.x_report_printed', body: plain });
export const tillAdded = defineFact({
  version: 1,
  entity: 'till',
  audience: ['management'],
  kind: 'till.added',
  body: z.object({ till_id: Uuid, till: z.int(), name: z.string() }),
});

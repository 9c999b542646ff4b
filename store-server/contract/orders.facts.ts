import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';
import { lineStatuses, orderSources, orderStatuses } from './orders.ts';

const Status = z.enum(orderStatuses);
const LineState = z.enum(lineStatuses);

/** What everybody who follows an order needs of it each time. Money in minor units, times epoch ms. */
const head = {
  order_id: Uuid,
  order_number: z.int(),
  order_type: z.string(),
  table_id: z.string().nullable(),
  table_name: z.string().nullable(),
  /** The table's name again, as older clients call it. */
  table_number: z.string().nullable(),
  server_id: z.string().nullable(),
  old_status: Status,
  new_status: Status,
  total_minor: z.int(),
  due_minor: z.int(),
  items_count: z.int(),
};
const withHead = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...head, ...shape });

const lineBody = z.object({
  line_id: Uuid,
  product_id: Uuid,
  product_name: z.string(),
  category_id: z.string(),
  quantity: z.int(),
  unit_price_minor: z.int(),
  vat_bps: z.int(),
  seat: z.int().nullable(),
  course: z.int(),
  status: LineState,
  station_ids: z.array(z.string()),
  modifiers: z.array(z.object({ option_id: z.string(), name: z.string(), quantity: z.int(), price_minor: z.int() })),
});

const everywhere = { version: 1, entity: 'order', audience: ['pos', 'kitchen', 'management'] } as const;
const frontOfHouse = { version: 1, entity: 'order', audience: ['pos', 'management'] } as const;

export const orderOpened = defineFact({
  ...everywhere,
  kind: 'order.opened',
  body: withHead({ covers: z.int(), source: z.enum(orderSources), lines: z.array(lineBody) }),
});
export const linesAdded = defineFact({
  ...everywhere,
  kind: 'order.lines_added',
  body: withHead({ lines: z.array(lineBody) }),
});
export const lineChanged = defineFact({
  ...everywhere,
  kind: 'order.line_changed',
  body: withHead({ line: lineBody, changed: z.array(z.string()), old_quantity: z.int() }),
});
export const lineVoided = defineFact({
  ...everywhere,
  kind: 'order.line_voided',
  body: withHead({
    line_id: Uuid,
    product_id: Uuid,
    product_name: z.string(),
    quantity: z.int(),
    gross_minor: z.int(),
    old_line_status: LineState,
    station_ids: z.array(z.string()),
    reason: z.string(),
    approved_by: z.string().nullable(),
  }),
});
export const orderFired = defineFact({
  ...everywhere,
  kind: 'order.fired',
  body: withHead({
    course: z.int().nullable(),
    lines: z.array(
      z.object({ line_id: Uuid, product_name: z.string(), quantity: z.int(), station_ids: z.array(z.string()) }),
    ),
  }),
});
/** A dish went a step on, or back: started, ready, served, recalled. */
export const lineMoved = defineFact({
  ...everywhere,
  kind: 'order.line_moved',
  body: withHead({
    line_id: Uuid,
    product_name: z.string(),
    quantity: z.int(),
    old_line_status: LineState,
    new_line_status: LineState,
    station_ids: z.array(z.string()),
  }),
});
export const orderMoved = defineFact({
  ...everywhere,
  kind: 'order.moved',
  body: withHead({ from_table_id: z.string().nullable(), from_table_name: z.string().nullable() }),
});
/** A note of the guest may hold anything, so it stays with the order; the allergens are what people act on. */
export const allergyNoted = defineFact({
  ...everywhere,
  kind: 'order.allergy_noted',
  body: withHead({ seat: z.int(), allergens: z.array(z.string()), station_ids: z.array(z.string()) }),
});
export const orderSplit = defineFact({
  ...frontOfHouse,
  kind: 'order.split',
  body: withHead({
    split_id: Uuid,
    mode: z.enum(['even', 'items', 'seats']),
    shares: z.array(z.object({ share_id: Uuid, total_minor: z.int() })),
  }),
});
/** Asked for, or because what the shares were made of has changed. What was paid stays paid; the rest is due again. */
export const orderUnsplit = defineFact({
  ...frontOfHouse,
  kind: 'order.unsplit',
  body: withHead({ split_id: Uuid, reason: z.enum(['asked', 'split_anew', 'check_changed']) }),
});
export const serviceRemoved = defineFact({
  ...frontOfHouse,
  kind: 'order.service_removed',
  body: withHead({ service_minor: z.int(), approved_by: z.string().nullable() }),
});
export const billPrinted = defineFact({
  ...frontOfHouse,
  kind: 'order.bill_printed',
  body: withHead({}),
});
/** A receipt was printed once more; `copy` counts this order's copies from 1. */
export const receiptCopied = defineFact({
  ...frontOfHouse,
  kind: 'order.receipt_copied',
  body: withHead({ share_id: z.string().nullable(), copy: z.int() }),
});
/** Covers, note or name were changed; the fields are named, their text is not. */
export const orderChanged = defineFact({
  ...everywhere,
  kind: 'order.changed',
  body: withHead({ changed: z.array(z.string()), covers: z.int() }),
});
export const orderSettled = defineFact({
  ...everywhere,
  kind: 'order.settled',
  body: withHead({ settled_day: z.string(), paid_minor: z.int(), tip_minor: z.int(), covers: z.int() }),
});
export const orderCancelled = defineFact({
  ...everywhere,
  kind: 'order.cancelled',
  body: withHead({
    reason: z.string(),
    cancelled_minor: z.int(),
    voided_line_ids: z.array(Uuid),
    approved_by: z.string().nullable(),
  }),
});
/** The same device sent the same order twice within seconds. Both count; a manager may look. */
export const doubleSuspected = defineFact({
  ...frontOfHouse,
  audience: ['management'],
  kind: 'order.suspected_double',
  body: withHead({}),
});

import { z } from 'zod';
import { Allergens } from './allergens.ts';
import { Ref, Uuid } from './ids.ts';
import { OrderType } from './settings.ts';

/** A check as such. */
export const checkStatuses = ['open', 'closed', 'cancelled'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

/** A dish on its way. */
export const lineStatuses = ['held', 'fired', 'preparing', 'ready', 'served', 'voided'] as const;
export type LineStatus = (typeof lineStatuses)[number];

/** What clients show as the state of an order: how far the kitchen is, until it is paid and served. */
export const orderStatuses = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'completed',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The same in the words of older clients. */
export const orderStates = ['draft', 'paid', 'done', 'cancel'] as const;
export type OrderState = (typeof orderStates)[number];

export const paymentStatuses = ['pending', 'partial', 'completed', 'partially_refunded', 'refunded'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const orderSources = ['own', 'odoo', 'rest'] as const;

/** More lines than any table eats; a till that sends more is broken. */
export const MOST_LINES = 500;
const MOST_AT_ONCE = 100;

export const Quantity = z.int().min(1).max(999);
const Seat = z.int().min(1).max(200);
const Course = z.int().min(0).max(20);
const Note = z.string().trim().max(200);
const Reason = z.string().trim().min(1).max(200);
const Covers = z.int().min(1).max(200);
const Minor = z.int().min(0).max(1_000_000_000);

export const ModifierInput = z.strictObject({ option_id: Ref, quantity: z.int().min(1).max(99).default(1) });
const Modifiers = z.array(ModifierInput).max(100);

/** One dish. A device that may have to ask twice makes the line's id itself: the same line again is no second one. */
export const LineInput = z.strictObject({
  id: Uuid.optional(),
  product_id: Ref,
  quantity: Quantity,
  /** Absent or null: for the table. */
  seat: Seat.nullish(),
  /** Absent: the product's own. */
  course: Course.nullish(),
  modifiers: Modifiers.default([]),
  note: Note.nullish(),
});
export type LineInput = z.output<typeof LineInput>;

/** Opens a check, empty or (for clients that send an order whole) with its lines. */
export const OpenOrderInput = z.strictObject({
  source: z.enum(orderSources).default('own'),
  order_type: OrderType,
  table_id: Ref.nullish(),
  /** What staff call the table; used where there is no id. */
  table_name: z.string().max(40).nullish(),
  /** What to do when the table has an open check: refuse, or open another one on it. */
  if_taken: z.enum(['refuse', 'another']).default('refuse'),
  covers: z.int().min(0).max(200).nullish(),
  customer_name: z.string().trim().max(100).nullish(),
  note: z.string().trim().max(500).nullish(),
  lines: z.array(LineInput).max(MOST_LINES).default([]),
  /** Required choices that are missing take their default picks. */
  fill_defaults: z.boolean().default(false),
  /** `as_set`: at once or when paid, as the setting `legacy_fire` says. */
  fire: z.enum(['hold', 'as_set']).default('hold'),
  /** What the client charged as service; null or absent: as the settings say. Minor units. */
  service_asked_minor: Minor.nullish(),
  /** What the client believes it comes to. Never trusted. Minor units. */
  client_total_minor: z.int().min(-1_000_000_000).max(1_000_000_000).nullish(),
});
export type OpenOrderInput = z.output<typeof OpenOrderInput>;

export const AddLinesBody = z.strictObject({ lines: z.array(LineInput).min(1).max(MOST_AT_ONCE) });

export const ChangeLineBody = z.strictObject({
  quantity: Quantity.optional(),
  seat: Seat.nullish(),
  course: Course.optional(),
  modifiers: Modifiers.optional(),
  note: Note.nullish(),
});

export const VoidLineBody = z.strictObject({ reason: Reason });
export const CancelOrderBody = z.strictObject({ reason: Reason });
/** Neither: everything that is held. */
export const FireBody = z.strictObject({
  course: Course.optional(),
  line_ids: z.array(Uuid).min(1).max(MOST_LINES).optional(),
});
export const AllergyBody = z.strictObject({ seat: Seat, allergens: Allergens, note: Note.nullish() });
export const MoveOrderBody = z.strictObject({ table_id: Ref });

const Ways = z.int().min(2).max(100);
/** How the guests wish to pay. */
export const SplitBody = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('even'), ways: Ways }),
  z.strictObject({
    mode: z.literal('items'),
    shares: z
      .array(z.strictObject({ line_ids: z.array(Uuid).min(1).max(MOST_LINES) }))
      .min(2)
      .max(100),
  }),
  z.strictObject({ mode: z.literal('seats') }),
]);

export const bumpTargets = ['preparing', 'ready', 'served'] as const;
export const BumpBody = z.strictObject({ to: z.enum(bumpTargets) });

/** What a PUT may change. `state` and `status` are the two words that clients have for the same thing. */
export const UpdateOrderBody = z.object({
  state: z.string().max(40).nullish(),
  status: z.string().max(40).nullish(),
  note: z.string().trim().max(500).nullish(),
  notes: z.string().trim().max(500).nullish(),
  special_instructions: z.string().trim().max(500).nullish(),
  covers: Covers.nullish(),
  guest_count: z.int().min(0).max(200).nullish(),
  customer_name: z.string().trim().max(100).nullish(),
  partner_name: z.string().trim().max(100).nullish(),
});

/** Whether the check is open, or how far the order is: both words that an order carries can be asked for. */
export const OrderFilter = z.enum([...new Set([...checkStatuses, ...orderStatuses, 'all'] as const)]);
export type OrderFilter = z.output<typeof OrderFilter>;

export const OrdersQuery = z.object({
  status: OrderFilter.default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The `next_cursor` of the page before. */
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});

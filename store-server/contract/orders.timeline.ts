import { z } from 'zod';

/** What a check's timeline tells of: the facts about it, its payments and refunds, and each slip printed for it. */
export const orderEvents = [
  'order.opened',
  'order.lines_added',
  'order.line_changed',
  'order.line_voided',
  'order.fired',
  'order.line_moved',
  'order.moved',
  'order.allergy_noted',
  'order.split',
  'order.unsplit',
  'order.service_removed',
  'order.bill_printed',
  'order.changed',
  'order.settled',
  'order.cancelled',
  'order.suspected_double',
  'order.receipt_copied',
  'payment.recorded',
  'refund.recorded',
  'slip',
] as const;

/** One thing that happened to a check. What does not belong to its kind is null, or an empty list. */
export const OrderEventDto = z.object({
  id: z.string(),
  kind: z.enum(orderEvents),
  at: z.string(),
  /** Who did it, as staff call them; null for the server itself. */
  made_by: z.string().nullable(),
  approved_by: z.string().nullable(),
  dishes: z.array(z.object({ name: z.string(), quantity: z.int() })),
  /** Pounds: of a void, a payment (without its tip), a refund. */
  amount: z.number().nullable(),
  tip: z.number().nullable(),
  method: z.string().nullable(),
  reason: z.string().nullable(),
  course: z.int().nullable(),
  /** Where it went from and to: tables, or the states of a dish. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Fields that were changed, allergens that were flagged. */
  words: z.array(z.string()),
  slip: z
    .object({
      title: z.string(),
      printer: z.string(),
      state: z.enum(['queued', 'running', 'done', 'failed', 'uncertain', 'dead']),
      problem: z.string().nullable(),
    })
    .nullable(),
});

import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Uuid } from './ids.ts';
import { paymentMethods } from './payments.ts';

const about = {
  order_id: Uuid,
  order_number: z.int(),
  table_id: z.string().nullable(),
  table_name: z.string().nullable(),
  share_id: z.string().nullable(),
  session_id: z.string().nullable(),
  method: z.enum(paymentMethods),
  currency: z.string(),
  business_day: z.string(),
  amount_minor: z.int(),
};

/** Money was taken. `due_minor` is what is then still due on the check. */
export const paymentRecorded = defineFact({
  kind: 'payment.recorded',
  version: 1,
  entity: 'payment',
  audience: ['pos', 'management'],
  body: z.object({
    payment_id: Uuid,
    payment: z.int(),
    ...about,
    tip_minor: z.int(),
    tendered_minor: z.int().nullable(),
    change_minor: z.int(),
    due_minor: z.int(),
    settled: z.boolean(),
  }),
});

/** Money was given back; `returned_minor` of it undid no sale. `refunded_minor` is all that has gone back so far. */
export const refundRecorded = defineFact({
  kind: 'refund.recorded',
  version: 1,
  entity: 'refund',
  audience: ['pos', 'management'],
  body: z.object({
    refund_id: Uuid,
    ...about,
    returned_minor: z.int(),
    vat_minor: z.int(),
    lines: z.array(z.object({ line_id: Uuid, quantity: z.int() })),
    reason: z.string(),
    approved_by: z.string().nullable(),
    refunded_minor: z.int(),
    payment_status: z.string(),
  }),
});

import { z } from 'zod';
import { defineFact } from './facts.ts';

/**
 * Why money moved. `sale` is the settling of a check, `refund` gives money back, `float` puts change into a drawer,
 * `close` empties it into the safe.
 */
export const entryKinds = ['payment', 'sale', 'refund', 'float', 'cash_in', 'cash_out', 'close'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Money moved between accounts. Debits are positive, credits negative, and they add up to nought. Minor units. */
export const ledgerPosted = defineFact({
  kind: 'ledger.posted',
  version: 1,
  entity: 'ledger',
  // The postings are for the relay and the accountant; the screens hear of payments, refunds and drawers by name.
  audience: [],
  body: z.object({
    kind: z.enum(entryKinds),
    order_id: z.string().nullable(),
    session_id: z.string().nullable(),
    payment_id: z.string().nullable(),
    business_day: z.string(),
    occurred_at: z.int(),
    postings: z.array(
      z.object({
        account: z.string(),
        amount_minor: z.int(),
        vat_bps: z.int().nullable(),
      }),
    ),
  }),
});

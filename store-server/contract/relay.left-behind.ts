import { z } from 'zod';

/**
 * A restored store goes on from an earlier point. What the relay had of the time after it counts in no figure there;
 * it is offered back, so that people can see which checks and whose money it was. Minor units, epoch ms.
 */

/** More than a restaurant ever rang up between two snapshots; whoever lost more is told that there is more. */
export const MOST_LEFT_BEHIND = 200;

export const CheckLeftBehind = z.object({
  order_id: z.string(),
  number: z.int(),
  table: z.string().nullable(),
  /** As it was seen last. */
  status: z.string(),
  total_minor: z.int(),
  /** When it was opened, where that was left behind too. */
  opened_at: z.int().nullable(),
  /** When the last of it was recorded. */
  last_at: z.int(),
  /** What was ordered in that time and not voided; null where the check was only paid or changed in it. */
  lines: z.array(z.object({ name: z.string(), quantity: z.int() })),
  payments: z.array(z.object({ method: z.string(), amount_minor: z.int(), tip_minor: z.int() })),
  refunded_minor: z.int(),
});
export type CheckLeftBehind = z.output<typeof CheckLeftBehind>;

export const LeftBehind = z.object({
  /** Entries of the journal, most of them parts of the same checks. */
  entries: z.int(),
  /** The newest first. */
  checks: z.array(CheckLeftBehind).max(MOST_LEFT_BEHIND),
  /** Whether there are more checks than these. */
  more: z.boolean(),
});
export type LeftBehind = z.output<typeof LeftBehind>;

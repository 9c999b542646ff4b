import { z } from 'zod';
import { Ref } from './ids.ts';
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

export const cashDirections = ['in', 'out'] as const;
const direction = z.enum(cashDirections);
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

export const CloseSessionBody = z.strictObject({
  carry_over: z.boolean().default(false),
  /** Why there is more or less in the drawer than there should be. */
  difference_reason: Reason.optional(),
});
export const CloseSessionInput = CloseSessionBody.extend({ session_id: Ref });

export const SessionsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });

/** Which session a report is put on paper of. */
export const PrintReportInput = z.strictObject({ session_id: Ref });

export const NoSaleBody = z.strictObject({ reason: Reason });
export const NoSaleInput = NoSaleBody.extend({ session_id: Ref });

export const AddTillInput = z.strictObject({ name: Name, printer_id: Ref.nullable().default(null) });

import { z } from 'zod';
import { defineFact } from './facts.ts';
import { ClaimCode } from './relay.ts';

/** How the store's own clients see its link to the relay. */

/** Comes out without a slash at its end. */
export const RelayUrl = z
  .url({ protocol: /^https?$/, error: 'has to be an address such as https://relay.example' })
  .max(300)
  .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'must not hold a name or a password')
  .transform((url) => url.replace(/[/?#]*$/, ''));

export const ClaimRelay = z.strictObject({ url: RelayUrl, code: ClaimCode });
export type ClaimRelay = z.output<typeof ClaimRelay>;

export const LeaveRelay = z.strictObject({});
export const GoOnFromHere = z.strictObject({});
export const SendNow = z.strictObject({});

/**
 * Two hops, each with its own freshness: this answer tells what the store has recorded (`head_seq`) and what the relay
 * has confirmed (`acked_seq`); `seen_at` is when the relay was last heard of.
 */
export const RelayStatus = z.object({
  state: z.enum(['not_joined', 'joining', 'connecting', 'connected', 'behind', 'unreachable', 'forked', 'revoked']),
  sentence: z.string(),
  url: z.string().nullable(),
  relay_id: z.string().nullable(),
  joined_at: z.string().nullable(),
  head_seq: z.int(),
  acked_seq: z.int(),
  /** Entries the relay has not confirmed. */
  behind: z.int(),
  seen_at: z.string().nullable(),
  next_try_at: z.string().nullable(),
  /** That the claim code given at the start was refused, by which relay and why; null once a relay is joined. */
  refused: z.object({ url: z.string(), sentence: z.string() }).nullable(),
});
export type RelayStatus = z.output<typeof RelayStatus>;

export const relayJoined = defineFact({
  kind: 'relay.joined',
  version: 1,
  entity: 'relay',
  audience: ['management'],
  body: z.object({ url: z.string(), relay_id: z.string(), tenant_id: z.string() }),
});
export const relayLeft = defineFact({
  kind: 'relay.left',
  version: 1,
  entity: 'relay',
  audience: ['management'],
  body: z.object({ url: z.string(), relay_id: z.string() }),
});
/** The relay held another history of this restaurant, and a manager decided that the one of this computer stands. */
export const relayWentOn = defineFact({
  kind: 'relay.went_on',
  version: 1,
  entity: 'relay',
  audience: ['management'],
  body: z.object({
    url: z.string(),
    relay_id: z.string(),
    /** The last entry that both have. */
    common_seq: z.int(),
  }),
});

/** As `LeftBehind` of the protocol, for people: pounds and ISO times. */
export const LeftBehindDto = z.object({
  entries: z.int(),
  checks: z.array(
    z.object({
      order_id: z.string(),
      order_number: z.int(),
      table_name: z.string().nullable(),
      status: z.string(),
      total: z.number(),
      opened_at: z.string().nullable(),
      last_at: z.string(),
      lines: z.array(z.object({ name: z.string(), quantity: z.int() })),
      payments: z.array(z.object({ method: z.string(), amount: z.number(), tip: z.number() })),
      refunded: z.number(),
    }),
  ),
  /** Whether there are more checks than these. */
  more: z.boolean(),
});
export type LeftBehindDto = z.output<typeof LeftBehindDto>;

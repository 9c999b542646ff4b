import type { Joined } from '#contract/relay.ts';
import { ClaimRelay, LeaveRelay, relayJoined, relayLeft } from '#contract/relay-link.ts';
import { type CommandContext, defineCommand } from '../commands/define.ts';
import { membership, relayCursor } from './relay.reads.ts';
import { relayCursorTable, relayMembershipTable, THE_RELAY } from './relay.schema.ts';

/** Spends a claim code at a relay. @throws Problem CLAIM_UNKNOWN, CLAIM_USED, CLAIM_EXPIRED, RELAY_UNREACHABLE, … */
export type JoinRelay = (claim: ClaimRelay) => Promise<Joined>;

/** Forgets the relay that the store belongs to, and how far that one was. */
function forget({ tx }: CommandContext): void {
  const member = membership(tx.connection);
  if (member === undefined) return;
  if (relayCursor(tx.connection) !== undefined) tx.local(relayCursorTable).remove(THE_RELAY);
  tx.on('relay', member.relayId)
    .remove(relayMembershipTable, THE_RELAY)
    .tell(relayLeft, { url: member.url, relay_id: member.relayId });
}

/** @param join makes the request before the transaction, so that nothing waits for the network inside it */
export const membershipCommands = (join: JoinRelay) => ({
  claim: defineCommand({
    name: 'relay.claim',
    permission: 'relay.change',
    // The code opens the platform's door: it has no business in a receipt.
    keepsReceipt: false,
    input: ClaimRelay,
    prepare: (_, claim) => join(claim),
    handle(context, { url }, joined: Joined): null {
      const { tx, now } = context;
      forget(context);
      const row = {
        url,
        tenantId: joined.tenant_id,
        relayId: joined.relay_id,
        relayPublicKey: joined.relay_public_key,
        joinedAt: now,
      };
      tx.on('relay', joined.relay_id)
        .insert(relayMembershipTable, { id: THE_RELAY, ...row })
        .tell(relayJoined, { url, relay_id: joined.relay_id, tenant_id: joined.tenant_id });
      return null;
    },
  }),
  leave: defineCommand({
    name: 'relay.leave',
    permission: 'relay.change',
    // Leaving twice is leaving; the answer tells how things stand, not how they stood.
    keepsReceipt: false,
    input: LeaveRelay,
    handle(context): null {
      forget(context);
      return null;
    },
  }),
});

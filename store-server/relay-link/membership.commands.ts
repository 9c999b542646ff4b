import type { Joined } from '#contract/relay.ts';
import {
  ClaimRelay,
  GoOnFromHere,
  LeaveRelay,
  relayJoined,
  relayLeft,
  relayWentOn,
  SendNow,
} from '#contract/relay-link.ts';
import { type CommandContext, defineCommand } from '../commands/define.ts';
import type { Connection } from '../db/connection.ts';
import type { CommonHead } from '../kernel/journal-entry.ts';
import { Problem } from '../kernel/verdict.ts';
import { membership, relayCursor } from './relay.reads.ts';
import { relayCursorTable, relayMembershipTable, THE_RELAY } from './relay.schema.ts';

/** Spends a claim code at a relay. @throws Problem CLAIM_UNKNOWN, CLAIM_USED, CLAIM_EXPIRED, RELAY_UNREACHABLE, … */
export type JoinRelay = (claim: ClaimRelay) => Promise<Joined>;

/** How far this journal and the relay's are the same. @throws Problem RELAY_UNREACHABLE, STORE_REVOKED, … */
export type FindCommon = () => Promise<CommonHead>;

/** Makes an epoch of its own of what the journal has after an entry. */
export type BranchOff = (context: CommandContext, after: CommonHead['head']) => void;

function insistForked(connection: Connection): void {
  const state = relayCursor(connection)?.state ?? 'not_joined';
  if (state !== 'forked') throw new Problem('ILLEGAL_TRANSITION', { state, possible: [] });
}

/** Forgets the relay that the store belongs to, and how far that one was. */
function forget({ tx }: CommandContext): void {
  const member = membership(tx.connection);
  if (member === undefined) return;
  if (relayCursor(tx.connection) !== undefined) tx.local(relayCursorTable).remove(THE_RELAY);
  tx.on('relay', member.relayId)
    .remove(relayMembershipTable, THE_RELAY)
    .tell(relayLeft, { url: member.url, relay_id: member.relayId });
}

interface Means {
  /** These two make their requests before the transaction, so that nothing waits for the network inside it. */
  readonly join: JoinRelay;
  readonly findCommon: FindCommon;
  readonly branchOff: BranchOff;
  readonly sendNow: () => Promise<void>;
}

export const membershipCommands = ({ join, findCommon, branchOff, sendNow }: Means) => ({
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
  goOn: defineCommand({
    name: 'relay.go_on',
    permission: 'relay.change',
    keepsReceipt: false,
    input: GoOnFromHere,
    prepare({ connection }) {
      insistForked(connection);
      return findCommon();
    },
    handle(context, _, { head, parted }: CommonHead): null {
      const { tx } = context;
      const member = membership(tx.connection);
      insistForked(tx.connection);
      if (member === undefined) throw new Problem('ILLEGAL_TRANSITION', { state: 'not_joined', possible: [] });
      if (parted) branchOff(context, head);
      tx.local(relayCursorTable).update(THE_RELAY, { ...head, state: 'open', lastError: null });
      tx.on('relay', member.relayId).tell(relayWentOn, {
        url: member.url,
        relay_id: member.relayId,
        common_seq: head.seq,
      });
      return null;
    },
  }),
  sendNow: defineCommand({
    name: 'relay.send_now',
    permission: 'relay.change',
    // Asking again is another try; the answer tells how things stand after this one.
    keepsReceipt: false,
    input: SendNow,
    prepare: () => sendNow(),
    handle: (): null => null,
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

import type { z } from 'zod';
import type { LeftBehind } from '#contract/relay.left-behind.ts';
import type { Joined } from '#contract/relay.ts';
import type { ClaimRelay, GoOnFromHere, LeaveRelay, RelayStatus, SendNow } from '#contract/relay-link.ts';
import type { Command } from '../../commands/define.ts';
import type { CommonHead } from '../../kernel/journal-entry.ts';

/** How the restaurant belongs to a platform: the link to the relay does the talking and knows how things stand. */
export interface PlatformLink {
  readonly claim: Command<ClaimRelay, null, Joined>;
  readonly leave: Command<z.output<typeof LeaveRelay>, null, undefined>;
  /** Lets the history of this computer stand where the relay holds another. */
  readonly goOn: Command<z.output<typeof GoOnFromHere>, null, CommonHead>;
  /** Calls the relay now instead of at the next try, and tells how that went. */
  readonly sendNow: Command<z.output<typeof SendNow>, null, void>;
  /** What the relay has from before a restore. @throws Problem RELAY_UNREACHABLE, STORE_REVOKED, … */
  readonly leftBehind: () => Promise<LeftBehind>;
  /** The link's own account of itself. */
  readonly status: () => RelayStatus;
}

import type { z } from 'zod';
import type { Joined } from '#contract/relay.ts';
import type { ClaimRelay, LeaveRelay, RelayStatus } from '#contract/relay-link.ts';
import type { Command } from '../../commands/define.ts';

/** How the restaurant belongs to a platform: the link to the relay does the talking and knows how things stand. */
export interface PlatformLink {
  readonly claim: Command<ClaimRelay, null, Joined>;
  readonly leave: Command<z.output<typeof LeaveRelay>, null, undefined>;
  /** The link's own account of itself. */
  readonly status: () => RelayStatus;
}

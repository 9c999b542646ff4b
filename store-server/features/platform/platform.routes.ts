import type { z } from 'zod';
import type { Joined } from '#contract/relay.ts';
import { ClaimRelay, type LeaveRelay, RelayStatus } from '#contract/relay-link.ts';
import type { Command } from '../../commands/define.ts';
import type { Api } from '../../http/api.ts';

/** How the restaurant belongs to a platform: the link to the relay does the talking and knows how things stand. */
export interface PlatformLink {
  readonly claim: Command<ClaimRelay, null, Joined>;
  readonly leave: Command<z.output<typeof LeaveRelay>, null, undefined>;
  /** The link's own account of itself. */
  readonly status: () => RelayStatus;
}

export const platformRoutes =
  ({ claim, leave, status }: PlatformLink) =>
  (api: Api): void =>
    api.router('/api/v1/relay', (at) => {
      at.get('', () => status(), {
        operation: 'relay.status',
        access: 'relay.read',
        summary: 'How far the cloud relay has what this restaurant recorded, and when it was last heard of',
        answers: RelayStatus,
      });
      at.post('/claim', claim, {
        summary: 'Join a cloud relay with the claim code that its owner gave you',
        body: ClaimRelay,
        answers: RelayStatus,
        status: 200,
        toDto: () => status(),
        message: 'The restaurant has joined the relay.',
      });
      at.delete('', leave, {
        summary: 'Leave the relay; nothing more is sent to it',
        answers: RelayStatus,
        toDto: () => status(),
        message: 'The restaurant has left the relay.',
      });
    });

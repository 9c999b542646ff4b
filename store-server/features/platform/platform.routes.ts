import { ClaimRelay, RelayStatus } from '#contract/relay-link.ts';
import type { Api } from '../../http/api.ts';
import type { PlatformLink } from './platform.link.ts';

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
        operation: 'relay.claim',
        summary: 'Join a cloud relay with the claim code that its owner gave you',
        body: ClaimRelay,
        answers: RelayStatus,
        status: 200,
        toDto: () => status(),
        message: 'The restaurant has joined the relay.',
      });
      at.delete('', leave, {
        operation: 'relay.leave',
        summary: 'Leave the relay; nothing more is sent to it',
        answers: RelayStatus,
        toDto: () => status(),
        message: 'The restaurant has left the relay.',
      });
    });

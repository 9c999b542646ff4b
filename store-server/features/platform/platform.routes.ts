import { ClaimRelay, GoOnFromHere, LeftBehindDto, RelayStatus, SendNow } from '#contract/relay-link.ts';
import type { Api } from '../../http/api.ts';
import { leftBehindDto } from './platform.dto.ts';
import type { PlatformLink } from './platform.link.ts';

export const platformRoutes =
  ({ claim, leave, goOn, sendNow, leftBehind, status }: PlatformLink) =>
  (api: Api): void =>
    api.router('/api/v1/relay', (at) => {
      at.get('', () => status(), {
        operation: 'relay.status',
        access: 'relay.read',
        summary: 'How far the cloud relay has what this restaurant recorded, and when it was last heard of',
        answers: RelayStatus,
      });
      at.get('/left-behind', async () => leftBehindDto(await leftBehind()), {
        operation: 'relay.left_behind',
        access: 'relay.read',
        summary:
          'Checks and payments that the relay has from before this restaurant went back to a backup: they are in no figure, and are offered back to whoever enters them again',
        answers: LeftBehindDto,
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
      at.post('/go-on', goOn, {
        operation: 'relay.go_on',
        summary:
          'Where the relay holds another history of this restaurant: let the one of this computer stand. What the relay holds beyond the last common entry is kept there, marked as left behind and counted in no figure',
        body: GoOnFromHere,
        answers: RelayStatus,
        status: 200,
        toDto: () => status(),
        message: 'The history of this computer stands.',
      });
      at.post('/send-now', sendNow, {
        operation: 'relay.send_now',
        summary: 'Call the relay now instead of at the next try (`next_try_at`), and tell how that went',
        body: SendNow,
        answers: RelayStatus,
        status: 200,
        toDto: () => status(),
        message: 'The relay was called.',
      });
      at.delete('', leave, {
        operation: 'relay.leave',
        summary: 'Leave the relay; nothing more is sent to it',
        answers: RelayStatus,
        toDto: () => status(),
        message: 'The restaurant has left the relay.',
      });
    });

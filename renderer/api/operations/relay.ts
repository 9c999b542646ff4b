import { ClaimRelay, GoOnFromHere, LeftBehindDto, RelayStatus, SendNow } from '#contract/relay-link.ts';
import { change, read } from './define.ts';

export const relay = {
  status: read('relay.status', '/api/v1/relay', { answers: RelayStatus, staleAfter: ['relay.'] }),
  leftBehind: read('relay.left_behind', '/api/v1/relay/left-behind', {
    answers: LeftBehindDto,
    staleAfter: ['relay.'],
  }),
  claim: change('relay.claim', 'post', '/api/v1/relay/claim', { body: ClaimRelay, answers: RelayStatus }),
  goOn: change('relay.go_on', 'post', '/api/v1/relay/go-on', { body: GoOnFromHere, answers: RelayStatus }),
  sendNow: change('relay.send_now', 'post', '/api/v1/relay/send-now', { body: SendNow, answers: RelayStatus }),
  leave: change('relay.leave', 'delete', '/api/v1/relay', { answers: RelayStatus }),
};

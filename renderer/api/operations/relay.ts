import { RelayStatus } from '#contract/relay-link.ts';
import { read } from './define.ts';

export const relay = {
  status: read('relay.status', '/api/v1/relay', { answers: RelayStatus, staleAfter: ['relay.'] }),
};

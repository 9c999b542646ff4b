import { IconCloudOff } from '@tabler/icons-react';
import { relay } from '#api/operations/relay.ts';
import { useRead } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import type { RelayStatus } from '#contract/relay-link.ts';
import { ageOf } from '#ui/format.ts';
import type { Level } from '#ui/signs.tsx';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';
import { useMay } from '../may.ts';

const words = texts.facts.relay;
/** The link talks to the relay without telling facts of it, so it is asked now and then. */
const LOOK_MS = 5_000;

type State = Exclude<RelayStatus['state'], 'not_joined'>;

/** Only what a person has to settle is a warning: without the relay the restaurant goes on, and catches up by itself. */
const levels: Readonly<Record<State, Level>> = {
  joining: 'neutral',
  connecting: 'neutral',
  connected: 'ok',
  behind: 'ok',
  unreachable: 'info',
  forked: 'warn',
  revoked: 'warn',
};

function inWords(state: State, { behind, seen_at }: RelayStatus): string {
  if (state === 'behind') return words.sending(behind);
  if (state === 'connected') {
    return seen_at === null ? words.synced : words.syncedAgo(ageOf(Date.parse(seen_at), serverNow()));
  }
  return words.states[state];
}

/** Between the server and the internet: the second kind of outage, which is information and never an alarm. */
export function useRelayFact(): Fact | null {
  const may = useMay()('relay.read');
  const { data } = useRead(relay.status, {}, { wanted: may, every: LOOK_MS });
  const { state, sentence } = data ?? { state: 'not_joined' as const, sentence: '' };
  if (data === undefined || state === 'not_joined') return null;
  const level = levels[state];
  return {
    id: 'relay',
    level,
    words: inWords(state, data),
    sentence,
    goesOn: words.goesOn,
    to: '/relay',
    action: words.open,
    ...(level === 'ok' ? {} : { Icon: IconCloudOff }),
  };
}

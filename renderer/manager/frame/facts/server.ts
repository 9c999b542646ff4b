import { IconDatabaseOff, IconServerOff } from '@tabler/icons-react';
import { useConnectionState } from '#api/connection.ts';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';

const words = texts.facts;
const HEALTH_MS = 10_000;

/** Whether this window hears the server, and whether the server can save. */
export function useServerFact(): Fact {
  const state = useConnectionState();
  const { data } = useRead(health.read, {}, { every: HEALTH_MS });
  // Where it does not answer, a link to it would end in an empty page of the browser’s.
  if (state === 'lost') {
    return { id: 'server', Icon: IconServerOff, level: 'bad', words: words.lost, sentence: words.lostSentence };
  }
  const base = { id: 'server', page: '/status?from=window' };
  if (data?.read_only === true) {
    return { ...base, Icon: IconDatabaseOff, level: 'bad', words: words.readOnly, sentence: texts.readOnly.title };
  }
  if (state === 'connecting') {
    return { ...base, level: 'neutral', words: words.connecting, sentence: words.connectingSentence };
  }
  return { ...base, level: 'ok', words: words.server, sentence: words.serverSentence };
}

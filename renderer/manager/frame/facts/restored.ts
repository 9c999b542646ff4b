import { IconHistoryOff } from '@tabler/icons-react';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';

const words = texts.facts.restored;

/** The restaurant goes on from an earlier state, and what was lost by it: until somebody has read it, or for some days. */
export function useRestoredFact(): Fact | null {
  const notice = useRead(health.read, {}).data?.notice ?? null;
  if (notice === null) return null;
  return {
    id: 'restored',
    level: 'warn',
    Icon: IconHistoryOff,
    words: words.words,
    sentence: notice,
    to: '/backups',
    action: words.open,
  };
}

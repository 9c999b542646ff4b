import { IconFileAlert } from '@tabler/icons-react';
import { useBroken } from '#api/queries.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';

const words = texts.facts.broken;

/** What this window shows is not whole: nobody may read from it that all is good. */
export function useBrokenFact(): Fact | null {
  return useBroken()
    ? { id: 'broken', level: 'warn', Icon: IconFileAlert, words: words.words, sentence: words.sentence }
    : null;
}

import { backups } from '#api/operations/backups.ts';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';
import { useMay } from '../may.ts';

const words = texts.facts.backup;
/** Snapshots are taken in silence; only trouble with them is told. */
const LOOK_MS = 60_000;

/** When the newest snapshot was made, and whether snapshots come about as they should. */
export function useBackupFact(): Fact | null {
  const may = useMay()('backups.read');
  const clock = useClock();
  const { data } = useRead(backups.list, {}, { wanted: may, every: LOOK_MS });
  if (data === undefined) return null;
  const id = 'backup';
  const troubled = data.places.find(({ problem }) => problem !== null);
  if (troubled !== undefined) {
    const sentence = troubled.place === 'own' ? words.ownTrouble : words.secondTrouble;
    return { id, level: 'warn', words: words.trouble, sentence };
  }
  const newest = data.backups.map(({ made_at }) => Date.parse(made_at)).sort((a, b) => b - a)[0];
  if (newest === undefined) return { id, level: 'neutral', words: words.none, sentence: words.noneSentence };
  return { id, level: 'ok', words: words.at(clock.time(newest)), sentence: words.atSentence(clock.short(newest)) };
}

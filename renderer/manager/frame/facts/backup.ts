import { IconDatabaseX } from '@tabler/icons-react';
import { backups } from '#api/operations/backups.ts';
import { useRead } from '#api/queries.ts';
import type { BackupsDto } from '#contract/backups.ts';
import { useClock } from '#ui/format.ts';
import type { Level } from '#ui/signs.tsx';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';
import { useMay } from '../may.ts';

const words = texts.facts.backup;
/** Snapshots are taken in silence; only trouble with them is told. */
const LOOK_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How bad it is that something has happened which no snapshot holds; null while it is as it should be. A night in which
 * nothing happens makes no snapshot and no warning. @param now epoch ms
 */
function lateness({ waiting_since, every_minutes }: BackupsDto, now: number): Level | null {
  if (waiting_since === null) return null;
  const waited = now - Date.parse(waiting_since);
  if (waited > DAY_MS) return 'bad';
  return waited > Math.max(HOUR_MS, 2 * every_minutes * 60_000) ? 'warn' : null;
}

/** When the newest snapshot was made, and whether snapshots come about as they should. */
export function useBackupFact(): Fact | null {
  const may = useMay()('backups.read');
  const clock = useClock();
  // `now` is when the server said so: this computer's own clock may be wrong.
  const { data, at: now } = useRead(backups.list, {}, { wanted: may, every: LOOK_MS });
  if (data === undefined || now === null) return null;
  const base = { id: 'backup', to: '/backups', action: words.open };
  const late = lateness(data, now);
  const troubled = data.places.find(({ problem }) => problem !== null);
  if (troubled !== undefined) {
    const sentence = troubled.place === 'own' ? words.ownTrouble : words.secondTrouble;
    return { ...base, Icon: IconDatabaseX, level: late === 'bad' ? late : 'warn', words: words.trouble, sentence };
  }
  const newest = data.backups.map(({ made_at }) => Date.parse(made_at)).sort((a, b) => b - a)[0];
  const day = newest === undefined || clock.day(newest) === clock.day(now) ? '' : clock.short(newest);
  const said = newest === undefined ? words.none : words.at(day === '' ? clock.time(newest) : day);
  if (late !== null && data.waiting_since !== null) {
    const sentence = words.late(clock.short(data.waiting_since));
    return { ...base, Icon: IconDatabaseX, level: late, words: said, sentence };
  }
  if (newest === undefined) return { ...base, level: 'neutral', words: said, sentence: words.noneSentence };
  return { ...base, level: 'ok', words: said, sentence: words.atSentence(clock.short(newest)) };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Restored } from '#contract/backups.ts';
import { assess } from './assess.ts';
import { prepareHealing, shelvesOf } from './heal.ts';
import { readNote } from './noted-head.ts';
import type { Maker } from './replacement.ts';

export interface Opening {
  /** What had to be done to make the database usable; null when it was fine. */
  readonly restored: Restored | null;
  /** Whether every page of it has been looked at; otherwise somebody has to, soon. */
  readonly isWholeChecked: boolean;
}

/**
 * Makes sure, before anything opens it, that the database is there and can be trusted.
 * @throws DatabaseRefused with a sentence for the person at the console; the file is then as it was
 */
export async function insistSound(dataDir: string, file: string, maker: Maker): Promise<Opening> {
  const note = readNote(dataDir);
  const newest = shelvesOf(dataDir, note)
    .flatMap((shelf) => shelf.list())
    .sort((a, b) => b.made_at - a.made_at)[0];
  const standing = assess(file, {
    note,
    storeId: newest?.store_id ?? null,
    hasKeys: existsSync(join(dataDir, 'keys', 'secrets.json')),
  });
  if (standing.kind === 'fresh') return { restored: null, isWholeChecked: true };
  if (standing.kind === 'sound') return { restored: null, isWholeChecked: standing.isWholeChecked };
  const { kind: cause, reason } = standing;
  maker.log('error', 'the database cannot be used as it is', { cause, reason });
  const soundTo = standing.kind === 'end_lost' ? standing.head.seq : null;
  const { restored, place } = await prepareHealing({ dataDir, file, cause, reason, note, soundTo }, maker);
  place();
  maker.log('warn', restored.sentence, {
    snapshot: restored.snapshot,
    recovered_entries: restored.recovered_entries,
    lost_from: restored.lost_from,
    lost_to: restored.lost_to,
    put_aside: restored.put_aside,
  });
  return { restored, isWholeChecked: true };
}

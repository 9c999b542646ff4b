import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Restored } from '#contract/backups.ts';
import type { LastBackup } from '#contract/host.ts';
import { openToLook } from '../db/backup.ts';
import { DatabaseRefused } from '../db/migrate.ts';
import { newestIntact, prepareHealing, shelvesOf } from './heal.ts';
import { readNote } from './noted-head.ts';
import type { Maker } from './replacement.ts';
import { previewOf } from './told.ts';

/** For a store whose server does not keep running: which backup one would go back to, and going back while it is stopped. */

type Snapshot = NonNullable<ReturnType<typeof newestIntact>>;

const databaseIn = (dataDir: string): string => join(dataDir, 'store.db');

/** What has been recorded since, as far as the database can still be read. */
function lossOf(file: string, { manifest, file: backup }: Snapshot): Pick<LastBackup, 'loss' | 'used_until'> {
  const unknown = { loss: 'Nobody can say what was recorded since: the database cannot be read.', used_until: null };
  if (!existsSync(file)) return unknown;
  try {
    const found = openToLook(file);
    try {
      const { sentence, lost } = previewOf(found, manifest, backup);
      return { loss: sentence, used_until: lost.last_at === null ? null : Date.parse(lost.last_at) };
    } finally {
      found.sqlite.close();
    }
  } catch {
    return unknown;
  }
}

/** The newest backup whose bytes are those that were verified; null when there is none. Changes nothing. */
export function lastBackup(dataDir: string): LastBackup | null {
  const note = readNote(dataDir);
  const newest = newestIntact(shelvesOf(dataDir, note), note);
  if (newest === null) return null;
  const { name, restaurant, made_at } = newest.manifest;
  return { name, restaurant, made_at, ...lossOf(databaseIn(dataDir), newest) };
}

/**
 * Goes back to the newest backup; the database as it is now is put aside. The folder has to be ours.
 * @param name the backup that the person was shown: another one is not used
 * @throws DatabaseRefused when that is not the newest backup any more
 */
export async function goBackTo(dataDir: string, name: string, maker: Maker): Promise<Restored> {
  if (lastBackup(dataDir)?.name !== name) {
    throw new DatabaseRefused('no_snapshot', `The backup ${name} is not the newest good one. Nothing was changed.`);
  }
  const file = databaseIn(dataDir);
  const reason = 'somebody went back to the last backup';
  const note = readNote(dataDir);
  const healing = await prepareHealing({ dataDir, file, cause: 'not_starting', reason, note, soundTo: null }, maker);
  healing.place();
  maker.log('warn', healing.restored.sentence, { backup: name, put_aside: healing.restored.put_aside });
  return healing.restored;
}

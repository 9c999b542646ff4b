import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RestoreCause, Restored } from '#contract/backups.ts';
import { copyDatabase } from '../db/backup.ts';
import { databaseFiles, flush, removeDatabase } from '../db/files.ts';
import { DatabaseRefused } from '../db/migrate.ts';
import type { Manifest } from './manifest.ts';
import type { Note } from './noted-head.ts';
import { type Maker, makeReplacement, putInPlace } from './replacement.ts';
import { openShelf, type Shelf } from './shelf.ts';

export interface Patient {
  readonly dataDir: string;
  readonly file: string;
  readonly cause: Exclude<RestoreCause, 'by_hand' | 'new_computer'>;
  /** For the log and the sentence when nothing can be done. */
  readonly reason: string;
  readonly note: Note | null;
  /** The head of a database that is sound as far as it goes; null for one that is not. */
  readonly soundTo: number | null;
}

/** Databases that were put aside are kept for somebody to look at; the oldest give way. */
const KEPT_ASIDE = 5;
const asideFolder = (dataDir: string): string => join(dataDir, 'quarantine');
const finished = 'restored.json';

/** Copies of what was put aside earlier by a healing that was interrupted: they hold more than what it left. */
function interrupted(dataDir: string): string | null {
  const folder = asideFolder(dataDir);
  if (!existsSync(folder)) return null;
  const last = readdirSync(folder).sort().at(-1);
  if (last === undefined || existsSync(join(folder, last, finished))) return null;
  return join(folder, last, 'store.db');
}

/** Puts a copy of the database as it was found where it stays, under a name that says when. */
function putAside({ dataDir, file, cause }: Patient, now: number): string | null {
  const before = interrupted(dataDir);
  if (before !== null && existsSync(before)) return before;
  if (!existsSync(file)) return null;
  const folder = asideFolder(dataDir);
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/[:-]/g, '');
  const own = join(folder, `${stamp}Z-${cause}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const to = databaseFiles(join(own, 'store.db'));
  for (const [at, one] of databaseFiles(file).entries()) {
    if (!existsSync(one)) continue;
    copyFileSync(one, to[at] as string);
    flush(to[at] as string);
  }
  flush(own, { folder: true });
  const all = readdirSync(folder).sort();
  for (const old of all.slice(0, -KEPT_ASIDE)) rmSync(join(folder, old), { recursive: true });
  return to[0] as string;
}

/**
 * The newest snapshot of this store whose bytes are still those that were verified. One of the epoch that was here last comes
 * before all others: after going back, those made just before are of what was left behind.
 */
export function newestIntact(
  shelves: readonly Shelf[],
  note: Note | null,
): { file: string; manifest: Manifest } | null {
  const isLast = ({ epoch }: Manifest): number => Number(epoch === note?.epoch);
  const all = shelves
    .flatMap((shelf) => shelf.list().map((manifest) => ({ shelf, manifest })))
    .filter(({ manifest }) => note === null || manifest.store_id === note.store_id)
    .sort((a, b) => isLast(b.manifest) - isLast(a.manifest) || b.manifest.made_at - a.manifest.made_at);
  for (const { shelf, manifest } of all) {
    if (shelf.isIntact(manifest)) return { file: shelf.fileOf(manifest.name), manifest };
  }
  return null;
}

export const shelvesOf = (dataDir: string, note: Note | null): Shelf[] => [
  openShelf(join(dataDir, 'backups')),
  ...(note === null || note.second_folder === '' ? [] : [openShelf(note.second_folder)]),
];

function refusal({ file, dataDir, cause, reason }: Patient): DatabaseRefused {
  const what = cause === 'missing' ? `${file} is missing` : `${file} is damaged (${reason})`;
  const touched = cause === 'missing' ? '' : ' It was left untouched.';
  return new DatabaseRefused(
    'no_snapshot',
    `${what}, and there is no snapshot to go back to.${touched} Put a snapshot with its .json file into ` +
      `${join(dataDir, 'backups')} and start again, or begin anew in an empty folder.`,
  );
}

export interface Healing {
  readonly restored: Restored;
  /** The finished database, closed, for whoever wants to look at it once more. */
  readonly scratch: string;
  /** Puts it in the place of the old one, which has to be closed by then. */
  place(): void;
  /** Leaves everything as it is. */
  drop(): void;
}

/**
 * Makes what a database that cannot be used is replaced by: the newest verified snapshot and everything that the damaged
 * file's own journal still vouches for. The file as it was found is put aside first.
 * @throws DatabaseRefused when there is nothing to go back to; then nothing has been touched
 */
export async function prepareHealing(patient: Patient, maker: Maker): Promise<Healing> {
  const { dataDir, file, cause, note, soundTo } = patient;
  const newest = newestIntact(shelvesOf(dataDir, note), note);
  const isAhead = soundTo !== null && soundTo >= (newest?.manifest.head_seq ?? 0);
  if (newest === null && !isAhead) throw refusal(patient);
  const aside = putAside(patient, maker.clock.now());
  const scratch = `${file}.new`;
  // What was put aside stays as it was found: opening it would already change it.
  const work = `${file}.old`;
  const drop = (): void => {
    removeDatabase(work);
    removeDatabase(scratch);
  };
  drop();
  try {
    if (aside !== null) copyFiles(aside, work);
    if (isAhead) await copyDatabase(file, scratch);
    // Another restaurant's rows, or an older state's, have no business in ours.
    const isOurs = cause === 'damaged' || cause === 'missing' || cause === 'not_starting';
    const restored = await makeReplacement(
      {
        scratch,
        cause,
        snapshot: isAhead ? null : newest,
        old: aside !== null && isOurs ? work : null,
        knownHead: note?.seq ?? null,
        knownHash: note?.hash ?? null,
        putAside: aside === null ? null : aside.slice(dataDir.length + 1),
        staffId: null,
      },
      maker,
    );
    return {
      restored,
      scratch,
      place() {
        putInPlace(scratch, file);
        if (aside !== null) writeFileSync(join(aside, '..', finished), `${JSON.stringify(restored, null, 2)}\n`);
        drop();
      },
      drop,
    };
  } catch (error) {
    drop();
    throw error;
  }
}

function copyFiles(from: string, to: string): void {
  for (const [at, one] of databaseFiles(from).entries()) {
    if (existsSync(one)) copyFileSync(one, databaseFiles(to)[at] as string);
  }
}

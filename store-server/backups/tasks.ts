import { copyFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyDatabase, openToLook } from '../db/backup.ts';
import { type Connection, openConnection } from '../db/connection.ts';
import { fileDigest, flush, removeDatabase } from '../db/files.ts';
import { DatabaseRefused, insistOpenable, migrateSchema } from '../db/migrate.ts';
import { settingsOf, storeIdentity } from '../features/settings/index.ts';
import { currentEpoch, journalHead, lastBusinessDay } from '../journal/tail.ts';
import type { Head } from '../kernel/journal-entry.ts';
import { type Anchor, examine } from './examine.ts';
import { type Manifest, type Occasion, snapshotName } from './manifest.ts';
import { openShelf, type Shelf } from './shelf.ts';

/** The slow work on whole files, as plain data, so that a thread of its own can do it. Times are epoch ms. */
export type Task =
  | {
      readonly kind: 'snapshot';
      /** The database in use. */
      readonly from: string;
      readonly folder: string;
      readonly occasion: Occasion;
      readonly now: number;
      /** Look at everything, or only at the file's structure and what is new in the chain since `since`. */
      readonly since: Anchor | null;
    }
  | { readonly kind: 'examine'; readonly file: string; readonly scratch: string }
  /** Brings a snapshot here and makes sure that it is one, whole and sound. */
  | { readonly kind: 'vet'; readonly manifest: Manifest; readonly folder: string; readonly to: string }
  | { readonly kind: 'copy'; readonly manifest: Manifest; readonly from: string; readonly folder: string }
  | {
      readonly kind: 'trial';
      readonly manifest: Manifest;
      readonly folder: string;
      readonly scratch: string;
      readonly now: number;
    };

type TaskOf<Kind> = Extract<Task, { kind: Kind }>;

export type TaskResult =
  | { readonly ok: true; readonly manifest: Manifest | null }
  /** What was looked at is not as it should be. */
  | { readonly ok: false; readonly findings: readonly string[]; readonly isNewer?: true };

function describe(connection: Connection) {
  const { sqlite } = connection;
  const head: Head = journalHead(connection);
  const last = sqlite
    .prepare<[], { n: number }>('SELECT order_number AS n FROM orders ORDER BY alias DESC LIMIT 1')
    .get();
  const orders = sqlite.prepare<[], { n: number }>('SELECT count(*) AS n FROM orders').get()?.n ?? 0;
  return {
    store_id: storeIdentity(connection).id,
    restaurant: settingsOf(connection).restaurant.name,
    time_zone: settingsOf(connection).time_zone,
    epoch: currentEpoch(connection),
    head_seq: head.seq,
    head_hash: head.hash.toString('hex'),
    business_day: lastBusinessDay(connection) ?? '',
    orders_to: last?.n ?? null,
    orders,
  };
}

function described(file: string): ReturnType<typeof describe> {
  const connection = openToLook(file);
  try {
    return describe(connection);
  } finally {
    connection.sqlite.close();
  }
}

/** Copies, looks, and only then gives the copy its name. */
async function snapshot({ from, folder, occasion, now, since }: TaskOf<'snapshot'>): Promise<TaskResult> {
  const shelf = openShelf(folder);
  shelf.tidy();
  const half = join(folder, 'copy.part');
  try {
    await copyDatabase(from, half);
    const findings = examine(half, join(folder, 'rows.part'), since);
    if (findings.length > 0) return { ok: false, findings };
    const about = described(half);
    const manifest: Manifest = {
      format: 1,
      name: snapshotName(now, about.head_seq),
      made_at: now,
      occasion,
      ...about,
      bytes: statSync(half).size,
      digest: fileDigest(half),
      verified_at: now,
      trial: null,
    };
    shelf.put(half, manifest);
    return { ok: true, manifest };
  } finally {
    removeDatabase(half);
  }
}

/** Takes a snapshot to another folder and reads it back there: a disk that forgets what it is given is found out. */
function copy({ manifest, from, folder }: TaskOf<'copy'>): TaskResult {
  const shelf = openShelf(folder);
  shelf.tidy();
  const half = join(folder, 'copy.part');
  try {
    copyFileSync(openShelf(from).fileOf(manifest.name), half);
    flush(half);
    if (fileDigest(half) !== manifest.digest) return { ok: false, findings: ['the copy is not like the original'] };
    shelf.put(half, manifest);
    return { ok: true, manifest };
  } finally {
    rmSync(half, { force: true });
  }
}

/** Restores a snapshot as a start would, into a scratch file, and looks at all of what came of it. */
function trial({ manifest, folder, scratch, now }: TaskOf<'trial'>): TaskResult {
  const shelf = openShelf(folder);
  const findings = restored(shelf, manifest, scratch);
  const judged: Manifest = { ...manifest, trial: { at: now, ok: findings.length === 0, findings: [...findings] } };
  shelf.note(judged);
  return findings.length === 0 ? { ok: true, manifest: judged } : { ok: false, findings };
}

function restored(shelf: Shelf, manifest: Manifest, scratch: string): readonly string[] {
  removeDatabase(scratch);
  try {
    copyFileSync(shelf.fileOf(manifest.name), scratch);
    return broughtUp(manifest, scratch);
  } finally {
    removeDatabase(scratch);
  }
}

/** Brings a snapshot's copy up to this program's schema and looks at all of it. @throws DatabaseRefused */
function broughtUp(manifest: Manifest, copy: string): readonly string[] {
  if (fileDigest(copy) !== manifest.digest) return ['the snapshot’s bytes are not those that were written'];
  insistOpenable(copy);
  const opened = openConnection(copy);
  migrateSchema(opened);
  // One plain file again, for looking at.
  opened.sqlite.pragma('journal_mode = DELETE');
  opened.sqlite.close();
  const about = described(copy);
  const isSame =
    about.head_hash === manifest.head_hash &&
    about.head_seq === manifest.head_seq &&
    about.store_id === manifest.store_id;
  return isSame ? examine(copy, `${copy}.rows`) : ['it restores to another moment than it says'];
}

/** From a disk that nobody here knows: first all of it is brought here, so that what is looked at is what is used. */
function vet({ manifest, folder, to }: TaskOf<'vet'>): TaskResult {
  removeDatabase(to);
  let findings: readonly string[];
  try {
    copyFileSync(openShelf(folder).fileOf(manifest.name), to);
    flush(to);
    findings = broughtUp(manifest, to);
  } catch (error) {
    removeDatabase(to);
    const isNewer = error instanceof DatabaseRefused && error.why === 'newer';
    return { ok: false, findings: [String(error)], ...(isNewer ? { isNewer } : {}) };
  }
  if (findings.length === 0) return { ok: true, manifest };
  removeDatabase(to);
  return { ok: false, findings };
}

/** Does one piece of slow work. @throws what the disk throws */
export async function doTask(task: Task): Promise<TaskResult> {
  if (task.kind === 'snapshot') return snapshot(task);
  if (task.kind === 'copy') return copy(task);
  if (task.kind === 'trial') return trial(task);
  if (task.kind === 'vet') return vet(task);
  const findings = examine(task.file, task.scratch);
  return findings.length === 0 ? { ok: true, manifest: null } : { ok: false, findings };
}

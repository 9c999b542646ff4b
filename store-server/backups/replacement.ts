import { copyFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RestoreCause, Restored } from '#contract/backups.ts';
import { type Core, openCore } from '../commands/core.ts';
import { integrityTrouble } from '../db/backup.ts';
import { type Connection, openConnection } from '../db/connection.ts';
import { flush, moveDatabase, removeDatabase } from '../db/files.ts';
import { migrateSchema } from '../db/migrate.ts';
import { settingsOf, startEpoch, storeIdentity } from '../features/settings/index.ts';
import { hashOf, journalHead, lastBusinessDay, recordedAtOf } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import { momentInWords } from '../kernel/dates.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Log } from '../log.ts';
import { commonHead } from './common-head.ts';
import type { Manifest } from './manifest.ts';
import { numbersTaken } from './numbers-taken.ts';
import {
  bringDamagedJobs,
  bringEndings,
  bringJobEnds,
  bringJobs,
  bringJournal,
  bringSecrets,
  doubtJobs,
  leaveBehind,
  openDamaged,
  rebuildReceipts,
} from './salvage.ts';

export interface Maker {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export interface Plan {
  /** Where the new database is made: beside the one it replaces, under another name. */
  readonly scratch: string;
  readonly cause: RestoreCause;
  /** What to go back to; null to go on with `scratch` as it stands there already. */
  readonly snapshot: { readonly file: string; readonly manifest: Manifest } | null;
  /** A copy of the database that is replaced, to take from what can be taken; null when there is none. */
  readonly old: string | null;
  /** The last entry that is known to have been recorded; null when nobody knows. */
  readonly knownHead: number | null;
  /** Its hash in hex; null when nobody knows. */
  readonly knownHash: string | null;
  /** Its name below the data folder, once it has been put aside. */
  readonly putAside: string | null;
  readonly staffId: string | null;
  /** What else has to be recorded in the new database before anybody is let in. */
  readonly afterwards?: (core: Core) => Promise<void>;
}

const reasons: Readonly<Record<RestoreCause, string>> = {
  by_hand: 'The restaurant was taken back to an earlier state on purpose.',
  missing: 'The restaurant’s database was missing.',
  damaged: 'The restaurant’s database was damaged.',
  end_lost: 'The end of the restaurant’s database was lost.',
  other_store: 'The database of another restaurant was in the place of this one.',
  new_computer: 'The restaurant was brought to another computer.',
  not_starting: 'The restaurant’s server did not keep running, and somebody took it back to its last backup.',
};

/** What happened and what is lost, for people; times are the store's. */
function sentenceOf(connection: Connection, cause: RestoreCause, head: number, lost: string | null): string {
  const { time_zone: zone } = settingsOf(connection);
  const at = recordedAtOf(connection, head);
  const until = at === undefined ? '' : ` of ${momentInWords(at, zone)}`;
  const after =
    cause === 'new_computer'
      ? 'What the old one recorded after that is not here'
      : 'What was recorded after that is lost';
  const loss = lost === null ? 'Nothing that was recorded is lost.' : `${after}${lost}.`;
  return `${reasons[cause]} It goes on from the state${until}. ${loss}`;
}

/** @param to null when nobody knows which was the last */
const rangeOf = (from: number, to: number | null): string =>
  from === to ? ` (entry ${from})` : ` (entries ${from} to ${to ?? 'the last'})`;

/** From the database that a person leaves behind: what must not go back in time. */
function takeOver(into: Connection, old: Connection | null): void {
  doubtJobs(into);
  if (old === null) return;
  bringSecrets(into, old);
  bringJobs(into, old);
}

/** From a damaged one: what its journal vouches for, and of the rest only that things came to an end. */
function save(into: Connection, old: Connection | null): void {
  const { seq } = journalHead(into);
  if (old !== null) {
    bringJournal(into, old);
    rebuildReceipts(into, seq);
    bringEndings(into, old);
    bringDamagedJobs(into, old);
  }
  doubtJobs(into);
}

/** From one that somebody leaves because the server falls over it: nothing of it counts but that things came to an end. */
function endWhatEnded(into: Connection, old: Connection | null): void {
  if (old !== null) {
    bringEndings(into, old);
    bringJobEnds(into, old);
  }
  doubtJobs(into);
}

/** What each cause takes from the database that is replaced. */
const takings: Readonly<Record<RestoreCause, (into: Connection, old: Connection | null, now: number) => void>> = {
  by_hand: takeOver,
  missing: save,
  damaged: save,
  end_lost: save,
  other_store: save,
  new_computer(into, _old, now) {
    leaveBehind(into, now);
    doubtJobs(into);
  },
  not_starting: endWhatEnded,
};

/** Up to which entry both tell the same story, where what is left behind may be damaged. */
function commonOf(into: Connection, old: Connection | null): number {
  try {
    return old === null ? 0 : commonHead(into, old);
  } catch {
    return 0;
  }
}

/** A backup may be further on than what is left behind, and of another history: what both have is not lost, and no more. */
function lossOf(plan: Plan, into: Connection, old: Connection | null): Pick<Restored, 'lost_from' | 'lost_to'> {
  const { knownHead, knownHash, cause } = plan;
  const head = journalHead(into).seq;
  const there = knownHead === null || knownHash === null ? undefined : hashOf(into, knownHead)?.toString('hex');
  const isOther = there !== undefined && there !== knownHash;
  const kept = cause === 'by_hand' || isOther ? commonOf(into, old) : head;
  if (knownHead !== null && knownHead <= kept) return { lost_from: null, lost_to: null };
  return { lost_from: kept + 1, lost_to: knownHead };
}

/**
 * Makes the database to go on with, whole and in its own new epoch, beside the one in use; nothing is replaced yet.
 * @throws Error when what came of it is not sound
 */
export async function makeReplacement(plan: Plan, { clock, ids, log }: Maker): Promise<Restored> {
  const { scratch, snapshot, cause } = plan;
  if (snapshot !== null) {
    removeDatabase(scratch);
    copyFileSync(snapshot.file, scratch);
  }
  const opened = openConnection(scratch);
  let told: Parameters<typeof startEpoch>[1];
  let day: string;
  let old: Connection | null = null;
  try {
    migrateSchema(opened);
    const start = journalHead(opened).seq;
    if (snapshot !== null) {
      old = plan.old === null ? null : openDamaged(plan.old, storeIdentity(opened).id);
      opened.sqlite.transaction(() => takings[cause](opened, old, clock.now()))();
    }
    const head = journalHead(opened).seq;
    const lost = lossOf(plan, opened, old);
    const range =
      lost.lost_from === null ? null : cause === 'new_computer' ? '' : rangeOf(lost.lost_from, lost.lost_to);
    day = lastBusinessDay(opened) ?? '';
    told = {
      cause,
      snapshot: snapshot?.manifest.name ?? null,
      snapshot_at: snapshot?.manifest.made_at ?? null,
      recovered_entries: head - start,
      ...lost,
      sentence: sentenceOf(opened, cause, head, range),
      put_aside: plan.putAside,
      staff_id: plan.staffId,
      taken: numbersTaken(
        opened,
        { ...lost, cause, snapshot_at: snapshot?.manifest.made_at ?? null, old },
        clock.now(),
      ),
    };
  } finally {
    old?.sqlite.close();
    opened.sqlite.close();
  }
  const core = openCore({ file: scratch, clock, ids, log, businessDay: () => day, reactions: new Map() });
  try {
    const restored = await startEpoch(core, told);
    await plan.afterwards?.(core);
    const trouble = integrityTrouble(core.connection(), 'quick');
    if (trouble !== null) throw new Error(`what was restored is not sound: ${trouble}`);
    return restored;
  } finally {
    await core.close();
    flush(scratch);
  }
}

/** Puts a finished database in the place of a closed one, whose files go away. Nothing here waits for anything. */
export function putInPlace(scratch: string, file: string): void {
  // First the log: beside another database it would be taken for that one's own.
  for (const beside of [`${file}-wal`, `${file}-shm`]) rmSync(beside, { force: true });
  moveDatabase(scratch, file);
  flush(dirname(file), { folder: true });
}

import { join } from 'node:path';
import type { StoreHealth } from '#contract/relay.ts';
import type { Core } from '../commands/core.ts';
import type { BackupDesk } from '../features/backups/index.ts';
import { settingsOf } from '../features/settings/index.ts';
import { businessDayOf } from '../kernel/business-day.ts';
import { createBackupDesk, noteOf } from './desk.ts';
import { foldersOnDrives } from './drives.ts';
import { createKeeper } from './keeper.ts';
import { keepHeadNote, writeNote } from './noted-head.ts';
import { type Disk, realDisk } from './places.ts';
import type { Maker } from './replacement.ts';
import { type BackupTimes, keepRota, usualTimes } from './rota.ts';
import { createTaskThread, type DoTask } from './thread.ts';
import { lastRestore } from './told.ts';

export interface BackupDeps extends Maker {
  readonly core: Core;
  readonly file: string;
  readonly dataDir: string;
  /** False when the start could not look at all of the database. */
  readonly isWholeChecked: boolean;
  /** Stops what works with the database on its own account; what it answers with starts that again on the new one. */
  readonly pause: () => Promise<() => Promise<void>>;
  /** Makes a store leave the relay whose key stayed at its old computer; that relay's address, or null. */
  readonly leaveRelay: (core: Core) => Promise<string | null>;
  readonly drives?: () => readonly string[];
  readonly times?: Partial<BackupTimes>;
  readonly disk?: Disk;
  /** Who does the slow work; a thread of its own if left out. */
  readonly doTask?: DoTask;
}

export interface Backups {
  readonly desk: BackupDesk;
  /** What everybody should know about the last days: that the store goes on from an earlier state. */
  notice(): string | null;
  /** Whether snapshots come about, and how much room there is; for whoever watches from afar. Asked every second. */
  health(): Pick<StoreHealth, 'backup' | 'disk_free_bytes'>;
  close(): Promise<void>;
}

/** How long a restore is news, in ms. */
const NEWS_MS = 7 * 86_400_000;
/** How old the figure of free room may be. A disk does not fill from one second to the next. */
const ROOM_MS = 30_000;

/** Everything about snapshots, put together: who makes them, when, and how one goes back to them. */
export function openBackups(deps: BackupDeps): Backups {
  const { core, file, dataDir, clock, log, disk = realDisk, drives = foldersOnDrives } = deps;
  const times: BackupTimes = { ...usualTimes, ...deps.times };
  const thread = createTaskThread();
  const { doTask = thread.doTask } = deps;
  const head = keepHeadNote(dataDir, () => noteOf(core));
  core.onCommit(head.changed);
  core.onExchange(head.changed);
  head.changed();

  const keeper = createKeeper({
    core,
    file,
    dataDir,
    folder: join(dataDir, 'backups'),
    clock,
    log,
    disk,
    doTask,
    onDamage: (findings) => desk.heal(findings),
  });
  const desk = createBackupDesk({ ...deps, keeper, disk, drives, doTask, everyMs: times.everyMs });
  const dayOf = (ms: number): string => {
    const { time_zone, day_ends_at } = settingsOf(core.connection());
    return businessDayOf(ms, time_zone, day_ends_at);
  };
  const { isWholeChecked } = deps;
  const rota = keepRota({ keeper, core, clock, log, times, dayOf, isWholeChecked });

  let restored = lastRestore(core.connection());
  const lookAgain = (): void => {
    restored = lastRestore(core.connection());
  };
  core.onExchange(lookAgain);
  core.onCommit(({ entries }) => {
    if (entries.some(({ facts }) => facts.some(({ fact }) => fact.kind === 'store.restore_seen'))) lookAgain();
  });
  const isNews = (at: string): boolean => clock.now() - Date.parse(at) < NEWS_MS;
  let room = { at: -Infinity, free: null as number | null };
  return {
    desk,
    health() {
      const now = clock.monotonic();
      if (now - room.at >= ROOM_MS) room = { at: now, free: disk.freeBytes(dataDir) };
      return {
        backup: {
          made_at: keeper.newest(),
          waiting_since: keeper.dueSince(),
          problem: keeper.problemOf('own') ?? keeper.problemOf('second'),
        },
        disk_free_bytes: room.free,
      };
    },
    notice: () => (restored !== null && restored.seen_at === null && isNews(restored.at) ? restored.sentence : null),
    async close() {
      rota.close();
      await thread.close();
      head.close();
      writeNote(dataDir, noteOf(core));
    },
  };
}

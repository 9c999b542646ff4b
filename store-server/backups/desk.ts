import { copyFileSync } from 'node:fs';
import type { PlaceDto, RestoredDto } from '#contract/backups.ts';
import type { Core } from '../commands/core.ts';
import type { Connection } from '../db/connection.ts';
import { removeDatabase } from '../db/files.ts';
import { DatabaseRefused } from '../db/migrate.ts';
import type { BackupDesk } from '../features/backups/index.ts';
import { settingsOf, storeIdentity } from '../features/settings/index.ts';
import { currentEpoch } from '../journal/tail.ts';
import { isoTimeOrNull } from '../kernel/dates.ts';
import { Problem } from '../kernel/verdict.ts';
import { prepareHealing } from './heal.ts';
import type { Keeper } from './keeper.ts';
import type { Manifest } from './manifest.ts';
import { createMoveIn, type Exchange } from './move-in.ts';
import { type Note, writeNote } from './noted-head.ts';
import { type Disk, folderProblem } from './places.ts';
import { type Maker, makeReplacement, putInPlace } from './replacement.ts';
import type { Shelf } from './shelf.ts';
import type { DoTask } from './thread.ts';
import { backupDto, backupRows, lastRestore, previewOf } from './told.ts';

export interface DeskDeps extends Maker {
  readonly core: Core;
  readonly keeper: Keeper;
  readonly file: string;
  readonly dataDir: string;
  readonly disk: Disk;
  readonly everyMs: number;
  readonly doTask: DoTask;
  /** Stops what works with the database on its own account, and starts it again on the new one. */
  readonly pause: () => Promise<() => Promise<void>>;
  /** Folders on disks that were plugged in. */
  readonly drives: () => readonly string[];
  /** Makes a store leave the relay whose key stayed at its old computer; that relay's address, or null. */
  readonly leaveRelay: (core: Core) => Promise<string | null>;
}

/** What is noted beside a database as it is now. */
export function noteOf(core: Core): Note {
  const connection = core.connection();
  const { seq, hash } = core.head();
  return {
    store_id: storeIdentity(connection).id,
    epoch: currentEpoch(connection),
    seq,
    hash: hash.toString('hex'),
    second_folder: settingsOf(connection).backup.second_folder,
  };
}

const sameName = (typed: string, name: string): boolean =>
  typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();

/** The snapshots as the manager deals with them, and going back to one while the server runs. */
export function createBackupDesk(deps: DeskDeps): BackupDesk & { heal(findings: readonly string[]): Promise<void> } {
  const { core, keeper, file, dataDir, disk, clock, ids, log, doTask } = deps;
  const maker: Maker = { clock, ids, log };

  function find(id: string): { shelf: Shelf; manifest: Manifest } {
    for (const shelf of [keeper.own, keeper.second()]) {
      const manifest = shelf?.list().find(({ name }) => name === id);
      if (shelf && manifest !== undefined) return { shelf, manifest };
    }
    throw new Problem('NOT_FOUND', { field: 'id' });
  }

  function places(secondFolder: string): PlaceDto[] {
    const own: PlaceDto = {
      place: 'own',
      folder: keeper.own.folder,
      free_bytes: disk.freeBytes(dataDir),
      problem: keeper.problemOf('own'),
    };
    if (secondFolder === '') return [own];
    const problem = folderProblem(secondFolder, dataDir);
    return [
      own,
      {
        place: 'second',
        folder: secondFolder,
        free_bytes: problem === null ? disk.freeBytes(secondFolder) : null,
        problem: problem ?? keeper.problemOf('second'),
      },
    ];
  }

  const exchange: Exchange = async (prepare) => {
    const goOn = await deps.pause();
    try {
      const made = await core.exchange(prepare);
      writeNote(dataDir, noteOf(core));
      keeper.exchanged();
      return made;
    } finally {
      await goOn();
    }
  };
  const { look, moveIn } = createMoveIn({ ...deps, exchange });

  async function restore(id: string, typed: string, staffId: string | null): Promise<RestoredDto> {
    const { shelf, manifest } = find(id);
    const connection = core.connection();
    if (!sameName(typed, settingsOf(connection).restaurant.name)) {
      throw new Problem('VALIDATION_ERROR', {
        field: 'store_name',
        reason: 'Type the restaurant’s name exactly as it stands in the settings.',
      });
    }
    if (manifest.store_id !== storeIdentity(connection).id || !shelf.isIntact(manifest)) {
      throw new Problem('BACKUP_DAMAGED');
    }
    const scratch = `${file}.new`;
    const restored = await exchange(async () => {
      const safety = await keeper.take('before_restore');
      const plan = {
        scratch,
        cause: 'by_hand',
        snapshot: { file: shelf.fileOf(manifest.name), manifest },
        old: file,
        knownHead: core.head().seq,
        knownHash: null,
        putAside: null,
        staffId,
      } as const;
      const result = await makeReplacement(plan, maker).catch((error: unknown) => {
        removeDatabase(scratch);
        throw error;
      });
      return { place: () => putInPlace(scratch, file), result: { ...result, safety_backup: safety.manifest.name } };
    });
    log('warn', restored.sentence, { backup: id, staff_id: staffId, safety_backup: restored.safety_backup });
    return { ...restored, head_seq: core.head().seq };
  }

  return {
    list(connection: Connection) {
      const { restaurant, backup } = settingsOf(connection);
      return {
        restaurant: restaurant.name,
        backups: backupRows(keeper.own.list(), keeper.second()?.list() ?? []),
        places: places(backup.second_folder),
        every_minutes: Math.round(deps.everyMs / 60_000),
        waiting_since: isoTimeOrNull(keeper.dueSince()),
        last_restore: lastRestore(connection),
      };
    },
    lastRestore,
    async make() {
      const { manifest, places: where } = await keeper.take('by_hand');
      return backupDto(manifest, where);
    },
    preview(connection, id) {
      const { shelf, manifest } = find(id);
      return previewOf(connection, manifest, shelf.fileOf(manifest.name));
    },
    restore,
    look,
    moveIn,
    folderProblem: (folder) => folderProblem(folder, dataDir),
    places,
    /** The database in use is damaged: goes on with what is sound, if that is any better. */
    async heal(findings) {
      const reason = findings.join('; ');
      try {
        const restored = await exchange(async () => {
          const healing = await prepareHealing(
            { dataDir, file, cause: 'damaged', reason, note: noteOf(core), soundTo: null },
            maker,
          );
          const look = `${file}.look`;
          copyFileSync(healing.scratch, look);
          const judged = await doTask({ kind: 'examine', file: look, scratch: `${look}.rows` });
          removeDatabase(look);
          if (!judged.ok) {
            healing.drop();
            throw new Error(`what it would be replaced by is no better: ${judged.findings.join('; ')}`);
          }
          return { place: healing.place, result: healing.restored };
        });
        log('warn', restored.sentence, { findings, put_aside: restored.put_aside });
      } catch (error) {
        const why = error instanceof DatabaseRefused ? error.message : String(error);
        log('error', 'a damaged database could not be replaced; look at it before the next start', { findings, why });
      }
    },
  };
}

import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { FoundBackupsDto, MovedInDto } from '#contract/backups.ts';
import { openToLook } from '../db/backup.ts';
import { removeDatabase } from '../db/files.ts';
import { storeIdentity } from '../features/settings/index.ts';
import { hasOwner } from '../features/staff/index.ts';
import { isoTime } from '../kernel/dates.ts';
import { Problem } from '../kernel/verdict.ts';
import type { DeskDeps } from './desk.ts';
import type { Manifest } from './manifest.ts';
import { removeNote } from './noted-head.ts';
import { roomProblem } from './places.ts';
import { makeReplacement, putInPlace } from './replacement.ts';
import { openShelf } from './shelf.ts';

/** Everybody goes on with the database that `prepare` has made. */
export type Exchange = <Made>(prepare: () => Promise<{ place: () => void; result: Made }>) => Promise<Made>;

export interface MoveInDeps extends DeskDeps {
  readonly exchange: Exchange;
}

const wrong = (field: string, message: string): Problem =>
  new Problem('VALIDATION_ERROR', { field, reason: 'of_no_use', message });

/** @throws Problem VALIDATION_ERROR with a sentence, for a folder in which nobody can look */
function insistReadable(folder: string): void {
  if (!isAbsolute(folder)) throw wrong('folder', 'This has to be a whole path, beginning at the top of a disk.');
  try {
    if (!statSync(folder).isDirectory()) throw wrong('folder', 'This is not a folder.');
    readdirSync(folder);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const isThere = existsSync(folder);
    throw wrong(
      'folder',
      isThere ? 'The store server may not look into this folder.' : 'This folder is not there. Is the drive connected?',
    );
  }
}

/** A backup as far as its name goes: the database of a pair. */
const backupFile = /^(\d{8}T\d{6}Z-\d+)\.db$/;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => backupFile.test(name));
  } catch {
    return [];
  }
}

/**
 * A restaurant moves to a computer on which none is yet: the store there becomes the one in the backup, with its identity,
 * its people and its history, in a new epoch. Nothing of an empty store is worth keeping, so nothing of it is.
 */
export function createMoveIn(deps: MoveInDeps) {
  const { core, keeper, file, dataDir, disk, clock, ids, log, doTask } = deps;

  function insistUnclaimed(): void {
    if (hasOwner(core.connection())) throw new Problem('CONFLICT', { reason: 'there_is_an_owner' });
  }

  const isOther = ({ store_id }: Manifest): boolean => store_id !== storeIdentity(core.connection()).id;

  function look(folder: string | undefined): FoundBackupsDto {
    if (folder !== undefined) insistReadable(folder);
    const own = keeper.own.folder;
    // Who names a data folder means what is in it.
    const folders = folder === undefined ? [own, ...deps.drives()] : [folder, join(folder, 'backups')];
    const found = folders.flatMap((at) => {
      const files = filesIn(at);
      const whole = files.length === 0 ? [] : openShelf(at).list();
      const names = new Set(whole.map(({ name }) => `${name}.db`));
      return [{ at, whole: whole.filter(isOther), halves: files.filter((name) => !names.has(name)) }];
    });
    return {
      backups: found
        .flatMap(({ at, whole }) => whole.map((manifest) => ({ at, manifest })))
        .sort((a, b) => b.manifest.made_at - a.manifest.made_at)
        .map(({ at, manifest }) => ({
          id: manifest.name,
          folder: at,
          restaurant: manifest.restaurant,
          time_zone: manifest.time_zone,
          made_at: isoTime(manifest.made_at),
          bytes: manifest.bytes,
          business_day: manifest.business_day,
          orders: manifest.orders,
          orders_to: manifest.orders_to,
          before_restore: manifest.occasion === 'before_restore',
        })),
      not_whole: found.flatMap(({ at, halves }) => halves.map((name) => join(at, name))),
    };
  }

  function find(folder: string, id: string): Manifest {
    insistReadable(folder);
    const manifest = openShelf(folder)
      .list()
      .find(({ name }) => name === id);
    if (manifest !== undefined && isOther(manifest)) return manifest;
    throw new Problem(existsSync(join(folder, `${id}.db`)) ? 'BACKUP_DAMAGED' : 'NOT_FOUND', { field: 'id' });
  }

  /** What has to be known of a backup before it is used; all of it has been looked at by then. */
  function insistUsable(vetted: string): { pins: number } {
    const found = openToLook(vetted);
    try {
      if (storeIdentity(found).kind !== storeIdentity(core.connection()).kind) {
        throw wrong('id', 'This is a backup of the demo restaurant, where everybody knows the passwords.');
      }
      if (!hasOwner(found)) throw wrong('id', 'There was no owner yet in this backup, so nobody could sign in.');
      const pins = 'SELECT count(*) AS n FROM staff_secret WHERE pin_hash IS NOT NULL';
      return { pins: found.sqlite.prepare<[], { n: number }>(pins).get()?.n ?? 0 };
    } finally {
      found.sqlite.close();
    }
  }

  /** Of a restaurant that nobody was in: a copy of it must never be taken for one of ours. */
  function forgetEmptyStore(): void {
    for (const manifest of keeper.own.list()) if (!isOther(manifest)) keeper.own.remove(manifest.name);
    removeNote(dataDir);
  }

  async function moveIn(folder: string, id: string): Promise<MovedInDto> {
    insistUnclaimed();
    const manifest = find(folder, id);
    // Once as it was brought here, once as it is made ready, and the rows written anew for looking at them.
    if (roomProblem(disk, dataDir, manifest.bytes * 3) !== null) {
      throw wrong('id', 'There is not enough room on this computer’s disk for it.');
    }
    const vetted = `${file}.vetted`;
    const scratch = `${file}.new`;
    try {
      const judged = await doTask({ kind: 'vet', manifest, folder, to: vetted });
      if (!judged.ok) {
        log('warn', 'a backup was not used', { backup: id, folder, findings: judged.findings });
        throw new Problem(judged.isNewer === true ? 'BACKUP_NEWER' : 'BACKUP_DAMAGED', { field: 'id' });
      }
      const { pins } = insistUsable(vetted);
      let relay: string | null = null;
      const restored = await deps.exchange(async () => {
        // Whoever signed up meanwhile has a restaurant of their own here.
        insistUnclaimed();
        const result = await makeReplacement(
          {
            scratch,
            cause: 'new_computer',
            snapshot: { file: vetted, manifest },
            old: null,
            knownHead: null,
            knownHash: null,
            putAside: null,
            staffId: null,
            afterwards: async (made) => {
              relay = await deps.leaveRelay(made);
            },
          },
          { clock, ids, log },
        );
        const place = (): void => {
          forgetEmptyStore();
          putInPlace(scratch, file);
        };
        return { place, result };
      });
      log('warn', restored.sentence, { backup: id, folder });
      // The first copy on this computer; what is in its way is told like any other trouble with backups.
      await keeper.take('timer').catch(() => undefined);
      const { restaurant, business_day, orders_to } = manifest;
      return { ...restored, restaurant, business_day, orders_to, head_seq: core.head().seq, pins, relay };
    } finally {
      removeDatabase(vetted);
      removeDatabase(scratch);
    }
  }

  return { look, moveIn };
}

import { statSync } from 'node:fs';
import { systemCaller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import { alert, type BackupAlert } from '../features/backups/index.ts';
import { settingsOf } from '../features/settings/index.ts';
import { currentEpoch } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/verdict.ts';
import type { Log } from '../log.ts';
import type { Anchor } from './examine.ts';
import type { Manifest, Occasion } from './manifest.ts';
import { type Disk, folderProblem, roomProblem } from './places.ts';
import { outlived } from './retention.ts';
import { openShelf, type Shelf } from './shelf.ts';
import type { DoTask } from './thread.ts';

type Place = 'own' | 'second';

export interface KeeperDeps {
  readonly core: Core;
  readonly file: string;
  readonly dataDir: string;
  /** Where the snapshots lie. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly disk: Disk;
  readonly doTask: DoTask;
  /** What a whole look at the database in use has found wrong with it. */
  onDamage(findings: readonly string[]): Promise<void>;
}

export interface Taken {
  readonly manifest: Manifest;
  readonly places: readonly Place[];
}

export interface Keeper {
  readonly own: Shelf;
  /** The shelf in the second folder; null when none is chosen or it is not there. */
  second(): Shelf | null;
  /**
   * Takes a snapshot, verifies it, and brings a copy to the second folder.
   * @param whole look at every row, not only at the file's structure and at what is new
   * @throws Problem BACKUP_FAILED with the reason
   */
  take(occasion: Occasion, whole?: boolean): Promise<Taken>;
  /** Takes one, restores it into a scratch file and tells what came of it. */
  tryOne(): Promise<void>;
  /** Whether anything has happened that no snapshot holds. */
  isDue(): boolean;
  /** Epoch ms since when that is so; null while every snapshot holds everything. */
  dueSince(): number | null;
  /** Epoch ms of the newest snapshot, wherever it lies; null when there is none. */
  newest(): number | null;
  /** What is wrong with a place now; null when all is well. */
  problemOf(place: Place): string | null;
  /** Another database is in use now. */
  exchanged(): void;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Makes snapshots, brings them to a second place, lets old ones go, and says when it cannot. */
export function createKeeper(deps: KeeperDeps): Keeper {
  const { core, file, dataDir, folder, clock, log, disk, doTask } = deps;
  const own = openShelf(folder);
  const trouble = new Map<Place, string>();
  let anchor: Anchor | null = null;
  const [latest] = own.list();
  // After a restore the latest may be of the history that was left behind.
  let snapshotHead = latest?.epoch === currentEpoch(core.connection()) ? latest.head_seq : 0;
  let newest = latest?.made_at ?? null;
  /** The last entry that is about the restaurant rather than about its backups. */
  let lastHead = core.head().seq;
  let dueSince = lastHead > snapshotHead ? clock.now() : null;
  let exchanges = 0;

  core.onCommit(({ entries }) => {
    const last = entries.findLast(({ command }) => !command.startsWith('backups.'));
    if (last === undefined) return;
    lastHead = last.seq;
    dueSince ??= clock.now();
  });

  const tell = async (input: BackupAlert): Promise<void> => {
    // A store that cannot write says so by itself; an alert must not make a failed backup worse.
    await core.execute(alert, systemCaller(), input).catch(() => undefined);
  };

  async function setTrouble(place: Place, reason: string | null): Promise<void> {
    const before = trouble.get(place) ?? null;
    if (before === reason) return;
    if (reason === null) trouble.delete(place);
    else trouble.set(place, reason);
    log(reason === null ? 'info' : 'error', reason === null ? 'backups work again' : 'a backup failed', {
      place,
      reason,
    });
    await tell(reason === null ? { kind: 'recovered', place } : { kind: 'trouble', place, reason });
  }

  const secondFolder = (): string => settingsOf(core.connection()).backup.second_folder;
  const secondShelf = (): Shelf | null => {
    const chosen = secondFolder();
    return chosen === '' || folderProblem(chosen, dataDir) !== null ? null : openShelf(chosen);
  };

  function prune(shelf: Shelf): void {
    const all = shelf.list().map(({ name, made_at, business_day }) => ({
      name,
      madeAt: made_at,
      businessDay: business_day,
    }));
    for (const name of outlived(all, clock.now())) shelf.remove(name);
  }

  /** Into one folder; null where that is not possible, which is then known. */
  async function takeInto(
    place: Place,
    to: string,
    occasion: Occasion,
    since: Anchor | null,
  ): Promise<Manifest | null> {
    try {
      const room = roomProblem(disk, place === 'own' ? dataDir : to, statSync(file).size);
      if (room !== null) throw new Error(room);
      const result = await doTask({ kind: 'snapshot', from: file, folder: to, occasion, now: clock.now(), since });
      if (!result.ok) {
        await setTrouble(place, `The database did not pass: ${result.findings.join('; ')}`);
        await deps.onDamage(result.findings);
        return null;
      }
      await setTrouble(place, null);
      return result.manifest;
    } catch (error) {
      await setTrouble(place, reasonOf(error));
      return null;
    }
  }

  /** The second copy, if a second folder is chosen. Whatever is wrong with it is said and leaves the first as it is. */
  async function copyToSecond(manifest: Manifest): Promise<boolean> {
    const chosen = secondFolder();
    if (chosen === '') {
      trouble.delete('second');
      return false;
    }
    const problem = folderProblem(chosen, dataDir) ?? roomProblem(disk, chosen, manifest.bytes);
    if (problem !== null) {
      await setTrouble('second', problem);
      return false;
    }
    try {
      const copied = await doTask({ kind: 'copy', manifest, from: folder, folder: chosen });
      await setTrouble('second', copied.ok ? null : copied.findings.join('; '));
      if (copied.ok) prune(openShelf(chosen));
      return copied.ok;
    } catch (error) {
      await setTrouble('second', reasonOf(error));
      return false;
    }
  }

  async function take(occasion: Occasion, whole = false): Promise<Taken> {
    const since = whole ? null : anchor;
    const begunIn = exchanges;
    let manifest = await takeInto('own', folder, occasion, since);
    const places: Place[] = [];
    if (manifest !== null) {
      places.push('own');
      if (await copyToSecond(manifest)) places.push('second');
    } else {
      // The own disk is full or broken: then at least the other one has it.
      const second = secondShelf();
      if (second !== null) manifest = await takeInto('second', second.folder, occasion, since);
      if (manifest !== null) places.push('second');
    }
    if (manifest === null) throw new Problem('BACKUP_FAILED', { reason: trouble.get('own') ?? 'unknown' });
    // One that was under way while the restaurant went back to another holds nothing of what it goes on with.
    if (begunIn === exchanges) {
      anchor = { seq: manifest.head_seq, hash: manifest.head_hash };
      snapshotHead = manifest.head_seq;
      newest = manifest.made_at;
      dueSince = lastHead > snapshotHead ? manifest.made_at : null;
    }
    prune(own);
    return { manifest, places };
  }

  return {
    own,
    second: secondShelf,
    take,
    async tryOne() {
      const { manifest, places } = await take('night', true);
      const at = places.includes('own') ? folder : (secondShelf()?.folder ?? folder);
      const result = await doTask({
        kind: 'trial',
        manifest,
        folder: at,
        scratch: `${file}.trial`,
        now: clock.now(),
      });
      const findings = result.ok ? [] : [...result.findings];
      log(result.ok ? 'info' : 'error', 'a backup was restored on trial', { backup: manifest.name, findings });
      await tell({ kind: 'tried', backup_id: manifest.name, ok: result.ok, findings });
    },
    isDue: () => lastHead > snapshotHead,
    dueSince: () => dueSince,
    newest: () => newest,
    problemOf: (place) => trouble.get(place) ?? null,
    exchanged() {
      exchanges += 1;
      anchor = null;
      snapshotHead = 0;
      lastHead = core.head().seq;
      dueSince = clock.now();
    },
  };
}

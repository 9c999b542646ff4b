import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** A server that was just ended lets its folder go in a moment. */
const LET_GO_MS = 10_000;

/**
 * Holds a data folder for one server. The lock is SQLite's own file lock on a small file of its own, so the
 * operating system releases it however the process ends; there is no pid to go stale.
 * @param waitMs how long to wait for a folder that is just being let go
 * @throws FolderInUse when another server keeps holding it, or the disk's own error when it takes no writes
 */
export async function lockFolder(folder: string, waitMs = LET_GO_MS): Promise<{ release(): void }> {
  // The database, the keys and people's names lie here: nobody else on this computer has business in it.
  makeFolder(folder);
  // SQLite would open a database on a read-only disk, and find it odd later on.
  accessSync(folder, constants.W_OK);
  const lock = new Database(join(folder, 'fynlo.lock'), { timeout: 0 });
  const step = 100;
  for (let waited = 0; ; waited += step) {
    try {
      lock.pragma('locking_mode = EXCLUSIVE');
      lock.exec('BEGIN EXCLUSIVE');
      return { release: () => lock.close() };
    } catch (error) {
      if (waited >= waitMs || !(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') {
        lock.close();
        if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
        throw new FolderInUse(`Another Fynlo server is already using ${folder}. Stop it first, or give --data-dir.`);
      }
      await pause(step);
    }
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  // One by one: asked for a whole path, Node says ENOENT on a read-only disk, and tries for ever below /proc.
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another server may have been a moment faster; which of them holds the folder is decided by its lock.
    if (!isFolder(folder)) throw error;
  }
}

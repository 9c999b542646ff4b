import { accessSync, constants, existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/** What a place for snapshots is asked about; a test hands in a disk that is full. */
export interface Disk {
  /** Bytes that may still be written there; null when nobody can tell. */
  freeBytes(folder: string): number | null;
}

export const realDisk: Disk = {
  freeBytes(folder) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    } catch {
      return null;
    }
  },
};

const isInside = (inner: string, outer: string): boolean => {
  const way = relative(outer, inner);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

/** Why a folder cannot hold the second copies, as a sentence; null when it can. */
export function folderProblem(folder: string, dataDir: string): string | null {
  if (!isAbsolute(folder)) return 'This has to be a whole path, beginning at the top of a disk.';
  if (!existsSync(folder)) return 'This folder is not there. Is the drive connected?';
  if (!statSync(folder).isDirectory()) return 'This is not a folder.';
  const real = realpathSync(folder);
  const own = realpathSync(dataDir);
  if (isInside(real, own) || isInside(own, real)) return 'Choose a folder outside the store’s own data folder.';
  try {
    accessSync(real, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return 'The store server may not write into this folder.';
  }
  return null;
}

/** Why a snapshot of so many bytes has no room there; null when it has. A tenth is left for the others. */
export function roomProblem(disk: Disk, folder: string, bytes: number): string | null {
  const free = disk.freeBytes(folder);
  return free === null || free > bytes * 1.1 + (8 << 20) ? null : 'There is not enough room left on this disk.';
}

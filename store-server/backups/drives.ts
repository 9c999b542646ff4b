import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a system puts the disks that somebody plugs in, and how many folders deep the disks lie there. */
const mounts: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly [string, number])[]>>> = {
  linux: [
    ['/media', 2],
    ['/run/media', 2],
    ['/mnt', 1],
  ],
  darwin: [['/Volumes', 1]],
};
/** Below each disk it is looked so deep: `D:\Fynlo\backups` is found, and nobody waits for a whole disk to be read. */
const DEEP = 3;
const MOST_FOLDERS = 2_000;

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^[.$]|^(node_modules|System Volume Information)$/.test(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch {
    // Nobody may look into it.
    return [];
  }
}

/** This folder and those below it, near ones first. */
function withThoseBelow(folder: string, deep: number): string[] {
  const all = [folder];
  let level = all;
  for (let down = 0; down < deep && all.length < MOST_FOLDERS; down += 1) {
    level = level.flatMap(foldersIn);
    all.push(...level);
  }
  return all.slice(0, MOST_FOLDERS);
}

/** Each of these disks and its folders, as deep as it is looked. */
export const foldersOf = (disks: readonly string[]): string[] =>
  [...new Set(disks.flatMap((disk) => withThoseBelow(disk, DEEP)))].slice(0, MOST_FOLDERS);

/** The folders in which a backup may lie on a disk that was plugged into this computer. */
export function foldersOnDrives(): string[] {
  const roots =
    process.platform === 'win32'
      ? [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter((root) => existsSync(root))
      : (mounts[process.platform] ?? []).flatMap(([at, deep]) => withThoseBelow(at, deep));
  return foldersOf(roots);
}

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says whose the folder is, to us and to whoever comes across it. */
const MARK = 'practice data.txt';
const markText =
  'Fynlo keeps practice data here. All of it is thrown away when the practice ends or Fynlo starts again.\n';

/** Inside the restaurant's own folder, so that both are on the same disk and nobody has to choose a place. */
const folderIn = (dataDir: string): string => join(dataDir, 'practice');

/** A folder that begins with our mark, or that broke off before it got one. */
const isOurs = (folder: string): boolean => existsSync(join(folder, MARK)) || readdirSync(folder).length === 0;

/** Throws away what is left of earlier practice; a folder of somebody else's is left alone. */
export function clearPractice(dataDir: string): void {
  const folder = folderIn(dataDir);
  if (!existsSync(folder) || !isOurs(folder)) return;
  // The mark goes last: what breaks off half-way is still known to be ours.
  for (const name of readdirSync(folder)) if (name !== MARK) rmSync(join(folder, name), { recursive: true });
  rmSync(folder, { recursive: true });
}

/**
 * An empty folder for practice data: each practice begins afresh.
 * @param dataDir the restaurant's own folder
 * @throws Error with a sentence when something else lies where it would be, or the disk's own error
 */
export function freshPracticeFolder(dataDir: string): string {
  const folder = folderIn(dataDir);
  clearPractice(dataDir);
  if (existsSync(folder)) throw new Error(`${folder} holds something else. Move it away, or give another --data-dir.`);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, MARK), markText);
  return folder;
}

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from './mutant.ts';

const root = path.join(import.meta.dirname, '../..');
const parts = ['store-server', 'cloud-relay', 'test', 'build', 'package.json', 'tsconfig.json'];

/** Copies what would be committed now into a folder, with our packages beside it. */
export function copySources(folder: string): void {
  const list = ['ls-files', '-co', '--exclude-standard', '--', ...parts];
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 16 << 20 })
    .trim()
    .split('\n');
  for (const file of files) {
    const to = path.join(folder, file);
    mkdirSync(path.dirname(to), { recursive: true });
    // A file that was removed and not yet committed is still on git's list.
    if (existsSync(path.join(root, file))) cpSync(path.join(root, file), to);
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

/** Makes a slip in the copy. @returns why that is not possible, or null once it is made */
export function slipIn(folder: string, { file, find, replace }: Mutant): string | null {
  const original = readFileSync(path.join(root, file), 'utf8');
  if (original.split(find).length !== 2) return `${file} does not hold its place exactly once`;
  writeFileSync(
    path.join(folder, file),
    original.replace(find, () => replace),
  );
  return null;
}

/** Puts the file as it is in ours back into the copy. */
export const putRight = (folder: string, { file }: Mutant): void =>
  cpSync(path.join(root, file), path.join(folder, file));

// The browser windows (renderer/) are built before the server starts, and only when their sources changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { takeInstallLock } from './install-lock.mjs';
import { ownNode } from './setup.mjs';

/** What a window is made of, relative to the repository. @param {string} surface */
const sourcesOf = (surface) => [
  'renderer/api',
  'renderer/ui',
  `renderer/${surface}`,
  'store-server/contract',
  'build/renderer.ts',
  'package-lock.json',
];

/** Where the built window stands. @param {string} root @param {string} surface */
export const windowFolder = (root, surface) => path.join(root, 'out/renderer', surface);

/** The mark of a build: a hash of all it was made of. @param {string} root @param {string} surface */
export function sourceMark(root, surface) {
  const hash = createHash('sha256');
  for (const source of sourcesOf(surface)) {
    for (const file of filesOf(path.join(root, source))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} where @returns {string[]} */
function filesOf(where) {
  if (!existsSync(where)) return [];
  if (!where.includes('renderer.ts') && path.extname(where) === '') {
    return readdirSync(where)
      .sort()
      .flatMap((name) => filesOf(path.join(where, name)));
  }
  return /\.test\.tsx?$/.test(where) ? [] : [where];
}

/**
 * Builds a window when it is out of date; resolves to whether it is there. A window that cannot be built must not keep
 * the restaurant's server from starting.
 * @param {string} root
 * @param {string} surface
 */
export async function ensureWindow(root, surface) {
  if (!existsSync(path.join(root, 'renderer', surface))) return false;
  if (isBuilt(root, surface)) return true;
  const lock = await takeInstallLock(path.join(root, `.fynlo/${surface}-window.lock`));
  try {
    // Another launch may have built it meanwhile.
    return isBuilt(root, surface) || (await build(root, surface));
  } finally {
    lock.release();
  }
}

/** @param {string} root @param {string} surface */
function isBuilt(root, surface) {
  const mark = path.join(windowFolder(root, surface), '.mark');
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourceMark(root, surface);
}

/** @param {string} root @param {string} surface */
async function build(root, surface) {
  process.stderr.write(`fynlo: building the ${surface}’s window, which takes a few seconds.\n`);
  const builder = spawn(ownNode(root), [path.join(root, 'build/renderer.ts'), surface], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = await new Promise((resolve) => {
    builder.once('error', () => resolve(null));
    builder.once('exit', resolve);
  });
  if (ended === 0) return true;
  process.stderr.write(`fynlo: the ${surface}’s window could not be built; the server starts without it.\n`);
  return false;
}

// Installs from the lock file when needed. Runs on the system's Node, before any package is there: Node built-ins only.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockTimes, takeInstallLock } from './install-lock.mjs';

export const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the packaged Node 24 lives. @param {string} root */
export const ownNode = (root) =>
  path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** A set-up problem that a person can act on; its message is all they need to see. */
export class SetUpError extends Error {}

/** stdout belongs to the program that is started: everything said here goes to stderr. @param {string} line */
const say = (line) => process.stderr.write(`fynlo: ${line}\n`);

/** @param {string} [root] @param {import('./install-lock.mjs').LockTimes} [times] */
export async function ensureInstalled(root = repositoryRoot, times = lockTimes) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetUpError(`Node 20 or later is needed to set up, and this is ${process.version}.`);
  }
  if (isInstalled(root)) return;
  const lock = await takeInstallLock(path.join(root, '.fynlo/install.lock'), times, () =>
    say('another launch is setting up; waiting for it.'),
  );
  try {
    if (isInstalled(root)) return;
    say('setting up from package-lock.json, which takes about a minute.');
    await install(root, lock.noteInstaller);
    if (!existsSync(ownNode(root))) {
      throw new SetUpError(
        'The packages are here but Node 24 is not: its install script did not run. Try `npm ci --ignore-scripts=false`.',
      );
    }
    writeFileSync(stampFile(root), lockHash(root));
    say('set-up done.');
  } finally {
    lock.release();
  }
}

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules/.fynlo-lock-hash');

/** @param {string} root */
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');

/** @param {string} root */
export function isInstalled(root) {
  if (!existsSync(ownNode(root))) return false;
  const hash = lockHash(root);
  if (existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === hash) return true;
  // Somebody ran npm by hand. When that left exactly what the lock file asks for, a second installation gains nothing.
  if (!matchesLockFile(root)) return false;
  writeFileSync(stampFile(root), hash);
  return true;
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} root */
function matchesLockFile(root) {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  try {
    const wanted = packagesIn(path.join(root, 'package-lock.json'));
    const present = packagesIn(record);
    const same = Object.entries(wanted).every(([where, locked]) => {
      if (where === '') return true;
      const found = present[where];
      // Packages for other platforms are optional and absent by design.
      if (!found) return locked.optional === true || locked.devOptional === true;
      return found.version === locked.version && found.integrity === locked.integrity;
    });
    return same && Object.keys(present).every((where) => where in wanted);
  } catch {
    return false;
  }
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** @param {string} root @param {(pid: number) => void} noteInstaller */
async function install(root, noteInstaller) {
  // Development packages hold Node 24 itself, so NODE_ENV=production must not leave them out.
  const npm = spawn('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: environmentFor(root),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.pid) noteInstaller(npm.pid);
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => npm.kill(signal);
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, pass);
  const ended = await new Promise((resolve, reject) => {
    npm.once('error', () => reject(new SetUpError('npm was not found. It comes with Node; please install it.')));
    npm.once('exit', (code, signal) => resolve(signal ?? code));
  });
  for (const signal of signals) process.off(signal, pass);
  if (ended === 0) return;
  throw new SetUpError(
    typeof ended === 'string'
      ? `Set-up was stopped (${ended}).`
      : `Set-up failed: \`npm ci\` ended with ${ended}. Its own words are above; with the package registry within reach, start again.`,
  );
}

/**
 * npm puts our node_modules/.bin in front of PATH. `npm ci` empties that folder while it runs, so it has to work with
 * the system's Node, and it must not take the script that called us for its own.
 * @param {string} root
 */
function environmentFor(root) {
  const inside = path.join(root, 'node_modules');
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^npm_(lifecycle|package)_/.test(name) || name === 'npm_node_execpath') continue;
    env[name] =
      /^path$/i.test(name) && value
        ? value
            .split(path.delimiter)
            .filter((dir) => !path.resolve(dir).startsWith(inside))
            .join(path.delimiter)
        : value;
  }
  return env;
}

// Where Electron's own program is. Its npm package holds none: it is downloaded when it is first asked for.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ownNode } from './setup.mjs';

/**
 * The Electron executable that is here: the one named by ELECTRON_BIN, or the downloaded one. Null when there is none.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function electronHere(root, env = process.env) {
  const named = env['ELECTRON_BIN'];
  if (named) return existsSync(named) ? named : null;
  const folder = path.join(root, 'node_modules/electron');
  const note = path.join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const file = path.join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(file) ? file : null;
}

/**
 * Downloads it, and says why that did not work; null when it did.
 * @param {string} root
 * @param {number} [patienceMs]
 * @returns {string | null}
 */
export function downloadElectron(root, patienceMs = 300_000) {
  const script = path.join(root, 'node_modules/electron/install.js');
  if (!existsSync(script)) return 'the package electron is not installed';
  const { status, stderr, error } = spawnSync(ownNode(root), [script], {
    timeout: patienceMs,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return null;
  if (error) return error.message;
  // The network's own words, deep down in the error, tell more than "fetch failed".
  const told = /getaddrinfo \S+ [\w.-]+|connect \S+ [\w.:-]+/.exec(stderr)?.[0] ?? /Error: (.+)/.exec(stderr)?.[1];
  return told ?? `its download ended with ${status}`;
}

/**
 * @param {string} root
 * @param {string} why
 */
export function withoutElectron(root, why) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'));
  return (
    `the desktop app needs Electron ${version}, whose program is not here and could not be downloaded (${why}): ` +
    'allow the download, or name an Electron executable in ELECTRON_BIN; the same restaurant runs without it with `npm start`.'
  );
}

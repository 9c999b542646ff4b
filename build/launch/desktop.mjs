// `npm run desktop`: bundles the desktop app and the server, then starts them in Electron, where Electron can be had.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { downloadElectron, electronHere, withoutElectron } from './electron.mjs';
import { ensureInstalled, ownNode, repositoryRoot, SetUpError } from './setup.mjs';

const root = repositoryRoot;
const args = process.argv.slice(2);

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  process.stderr.write(`fynlo: ${sentence}\n`);
  process.exit(1);
}

try {
  await ensureInstalled(root);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  giveUp(error.message);
}

const named = process.env['ELECTRON_BIN'];
let electron = electronHere(root);
if (electron === null && named) giveUp(`ELECTRON_BIN names ${named}, and there is no such file.`);
if (electron === null) {
  process.stderr.write('fynlo: fetching Electron, which takes a minute the first time.\n');
  const why = downloadElectron(root);
  electron = electronHere(root);
  if (why !== null || electron === null) giveUp(withoutElectron(root, why ?? 'the download left no program'));
}

const bundled = spawnSync(ownNode(root), [path.join(root, 'build/bundle.ts')], { stdio: ['ignore', 2, 2] });
if (bundled.status !== 0) giveUp('the desktop app could not be bundled; why stands above.');

// The same data as `npm start` has, unless another folder was named.
const isDemo = args.includes('--demo') || /^(1|true)$/.test(process.env['FYNLO_DEMO'] ?? '');
const env = { FYNLO_DATA_DIR: path.join(root, '.fynlo', isDemo ? 'demo' : 'store'), ...process.env };
const child = spawn(electron, [root, ...args], { stdio: 'inherit', env });
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.once('error', (error) => giveUp(`Electron could not be started: ${error.message}`));
child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));

// Runs a file under the packaged Node 24 and stands in for it: same signals in, same exit out.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ownNode, repositoryRoot, SetUpError } from './setup.mjs';
import { ensureWindow } from './window.mjs';

const forwarded = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']);

/**
 * Sets up when needed, then runs `file` (relative to the repository) with `args` and never returns.
 * @param {string} file
 * @param {string[]} args
 * @param {{ tellWhenGone?: boolean, window?: string }} [how] `tellWhenGone` opens a message channel, which closes when this
 *   process dies; `window` names the part of renderer/ that has to be built first
 */
export async function runFile(file, args, how = {}) {
  const root = repositoryRoot;
  try {
    await ensureInstalled(root);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`fynlo: ${error.message}\n`);
    process.exit(1);
  }
  if (how.window !== undefined) await ensureWindow(root, how.window);
  const child = spawn(ownNode(root), [path.join(root, file), ...args], {
    stdio: how.tellWhenGone ? ['ignore', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: environmentFor(
      root,
      how.tellWhenGone ? { NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node') } : {},
    ),
  });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  if (how.tellWhenGone) stopWithNpm(() => child.kill('SIGTERM'));
  child.once('error', (error) => {
    process.stderr.write(`fynlo: Node 24 could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of forwarded) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/**
 * `npm start` is npm, then us, then the server; so is `npm run relay`. A killed npm leaves us behind with another
 * parent, and then nobody is left who could be asked to stop the server.
 * @param {() => void} stop
 */
function stopWithNpm(stop) {
  if (!['start', 'relay'].includes(process.env['npm_lifecycle_event'] ?? '') || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} defaults the server starts faster from compiled code; coverage would be less precise with it
 */
function environmentFor(root, defaults) {
  // `node` in a script that the child starts has to be Node 24 as well.
  const key = Object.keys(process.env).find((name) => /^path$/i.test(name)) ?? 'PATH';
  const bin = path.join(root, 'node_modules/.bin');
  return {
    ...defaults,
    ...process.env,
    [key]: `${bin}${path.delimiter}${process.env[key] ?? ''}`,
  };
}

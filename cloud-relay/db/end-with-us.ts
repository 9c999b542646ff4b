import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Waits for the end of its input, which comes when whoever holds the other end is gone, however it went. */
const WATCHER = 'cat > /dev/null; kill -INT "$1"';

/**
 * Lets a program of ours end in order when this process is killed and has no chance to say so. There is no `sh` on
 * Windows: there the program runs on until the next start finds it.
 */
export function endWithUs(program: ChildProcess): void {
  if (process.platform === 'win32' || program.pid === undefined) return;
  const watcher = watch(WATCHER, String(program.pid));
  // Its number may soon be somebody else's.
  program.once('exit', () => watcher.kill('SIGKILL'));
}

/** What `watchFolder` needs to know of the program in the folder: a file with its number. */
export const PID_FILE = 'pid';
const FOLDER_WATCHER = `cat > /dev/null
pid=$(cat "$1/${PID_FILE}" 2> /dev/null) && kill -INT "$pid"
tries=0
while [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$1"`;

/**
 * The same for a temporary folder and the program that somebody starts in it later on: when this process is gone, the
 * program ends and the folder is removed. @returns what calls it off and removes the folder at once
 */
export function watchFolder(folder: string): () => void {
  const watcher = process.platform === 'win32' ? null : watch(FOLDER_WATCHER, folder);
  return () => {
    watcher?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
}

function watch(script: string, about: string): ChildProcess {
  // A process group of its own: what ends this one in a terminal is not to end its watcher.
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', about], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.once('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  return watcher;
}

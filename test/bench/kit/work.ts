import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder } from './store.ts';

interface How {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A process of its own for one side of a benchmark, so that neither heap, loop nor disk shim is shared. */
export function start(file: string, { args = [], env = {} }: How = {}): ChildProcess {
  const child = fork(join(import.meta.dirname, '..', file), [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** The one message of a process that measures by itself and then ends. */
export function resultOf<Result>(child: ChildProcess): Promise<Result> {
  return new Promise((resolve, reject) => {
    let result: Result | undefined;
    child.on('message', (message) => {
      result = message as Result;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (result === undefined) reject(new Error(`a measuring process ended with ${code} and said nothing`));
      else resolve(result);
    });
  });
}

/** Asks a process that serves and waits for its answer; it answers in the order in which it is asked. */
export function ask<Answer>(child: ChildProcess, question: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const left = (code: number | null) => reject(new Error(`a serving process ended with ${code}`));
    child.once('exit', left);
    child.once('message', (answer) => {
      child.off('exit', left);
      resolve(answer as Answer);
    });
    child.send(question);
  });
}

/** The other end of `ask`. */
export function answerAll(answer: (question: Record<string, unknown>) => unknown): void {
  process.on('message', (question: Record<string, unknown>) => {
    void Promise.resolve(answer(question)).then((said) => process.send?.(said ?? null));
  });
  process.once('disconnect', () => process.exit(0));
}

/** Ends a process that serves, and waits until it is gone. */
export function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

const source = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
#include <time.h>
static void linger(void) { struct timespec t = {0, 4000000}; nanosleep(&t, 0); }
int fsync(int fd) { int (*own)(int) = dlsym(RTLD_NEXT, "fsync"); int r = own(fd); linger(); return r; }
int fdatasync(int fd) { int (*own)(int) = dlsym(RTLD_NEXT, "fdatasync"); int r = own(fd); linger(); return r; }
`;

/**
 * A library that makes each sync of a process take 4 ms longer, as on an office PC's drive: for LD_PRELOAD, and for the
 * measured process only. Or the reason why there is none here.
 */
export function slowSync(): { library: string } | { reason: string } {
  if (process.platform !== 'linux') return { reason: 'the slow disk is made with LD_PRELOAD, which only Linux has' };
  const library = join(ownFolder(), 'slow-sync.so');
  const { status } = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-x', 'c', '-', '-o', library, '-ldl'], {
    input: source,
  });
  return status === 0 && existsSync(library)
    ? { library }
    : { reason: 'there is no working gcc to make the slow disk' };
}

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Task, TaskResult } from './tasks.ts';

export type DoTask = (task: Task) => Promise<TaskResult>;

/** Beside this file, or beside the bundle. */
const threadFile = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'backups.worker.ts' : 'backups.worker.mjs',
);

/** Far longer than the examination of a store of many years takes. */
const LIMIT_MS = 30 * 60_000;

type Said = { readonly result: TaskResult } | { readonly error: string };

/**
 * Does slow work on whole files in a thread of its own, one piece at a time, so that no order waits for it. A thread lives
 * for one piece of work: it is needed for some seconds in a quarter of an hour.
 */
export function createTaskThread(limitMs = LIMIT_MS): { readonly doTask: DoTask; close(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | null = null;
  let closed = false;

  function once(task: Task): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      if (closed) throw new Error('the server is stopping');
      const worker = new Worker(threadFile);
      thread = worker;
      const timer = setTimeout(() => void worker.terminate(), limitMs);
      worker.once('message', (said: Said) => {
        if ('result' in said) resolve(said.result);
        else reject(new Error(said.error));
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(timer);
        thread = null;
        reject(new Error('the thread ended early'));
      });
      worker.postMessage(task);
    });
  }

  return {
    doTask(task) {
      const done = last.then(() => once(task));
      last = done.catch(() => undefined);
      return done;
    },
    async close() {
      closed = true;
      await thread?.terminate();
      await last;
    },
  };
}

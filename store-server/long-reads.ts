import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LongRead, ReadAside } from './db/long-read.ts';
import { Problem } from './kernel/verdict.ts';
import type { Log } from './log.ts';

export interface LongQuestion {
  readonly name: string;
  readonly input: unknown;
}
export type LongAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly isDiskTrouble: boolean; readonly reason: string };

export interface LongReads {
  readonly readAside: ReadAside;
  /** Lets go of the file, which is about to be exchanged: what is being read is given up, the next read opens it anew. */
  rest(): Promise<void>;
  /** Gives up what is being read, which its caller is told, and resolves once no thread is left. */
  close(): Promise<void>;
}

/** Beside this file, or beside the bundle. */
const threadFile = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'long-reads.worker.ts' : 'long-reads.worker.mjs',
);

/** Longer than the report of any day takes; then something is wrong with it. */
const LIMIT_MS = 30_000;
/** A thread that nobody needs gives its memory back. */
const IDLE_MS = 60_000;
/** Whoever taps "refresh" again and again is told to wait. */
const MOST_WAITING = 8;

interface Asking {
  readonly name: string;
  answered(output: unknown): void;
  failed(error: Error): void;
}

/**
 * One thread with a read-only connection, started for the first long read and stopped when none has come for a while.
 * It does one at a time, in the order in which they were asked. A thread that dies, takes too long or has trouble with
 * the disk costs the read it was doing; the next one gets a new thread.
 */
export function createLongReads(deps: {
  readonly file: string;
  readonly log: Log;
  readonly limitMs?: number;
  readonly idleMs?: number;
}): LongReads {
  const { file, log, limitMs = LIMIT_MS, idleMs = IDLE_MS } = deps;
  let thread: Worker | null = null;
  let asking: Asking | null = null;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let ended: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** A thread inside a statement ends after that statement: SQLite is not interrupted. */
  function letGo(): void {
    clearTimeout(timer);
    if (thread !== null) ended = Promise.all([ended, thread.terminate()]);
    thread = null;
  }

  function giveUp(reason: string, error: Error = new Problem('SERVICE_UNAVAILABLE')): void {
    letGo();
    log('warn', 'a thread for long reads was given up', { read: asking?.name ?? null, reason });
    asking?.failed(error);
  }

  function startThread(): Worker {
    const started = new Worker(threadFile, { workerData: { file } });
    const whileOurs = (act: () => void) => (thread === started ? act() : undefined);
    started.on('message', (answer: LongAnswer) => whileOurs(() => take(answer)));
    started.on('error', (error) => whileOurs(() => giveUp(String(error))));
    started.on('exit', () => whileOurs(() => giveUp('it ended')));
    return started;
  }

  function take(answer: LongAnswer): void {
    if (!answer.ok && answer.isDiskTrouble) {
      giveUp(answer.reason, new Problem('STORE_READ_ONLY'));
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(letGo, idleMs).unref();
    if (answer.ok) asking?.answered(answer.output);
    else asking?.failed(new Error(answer.reason));
  }

  async function ask(name: string, input: unknown): Promise<unknown> {
    if (closed) throw new Problem('SERVICE_UNAVAILABLE');
    clearTimeout(timer);
    try {
      return await new Promise((answered, failed) => {
        asking = { name, answered, failed };
        thread ??= startThread();
        timer = setTimeout(giveUp, limitMs, `it took more than ${limitMs} ms`);
        thread.postMessage({ name, input } satisfies LongQuestion);
      });
    } finally {
      asking = null;
    }
  }

  return {
    async readAside<Input, Output>({ name }: LongRead<Input, Output>, input: Input): Promise<Output> {
      if (waiting >= MOST_WAITING) throw new Problem('SERVICE_UNAVAILABLE');
      waiting += 1;
      const answer = last.then(() => ask(name, input));
      last = answer
        .catch(() => undefined)
        .finally(() => {
          waiting -= 1;
        });
      return (await answer) as Output;
    },
    async rest() {
      if (asking !== null) giveUp('the database is exchanged');
      letGo();
      await ended;
    },
    async close() {
      closed = true;
      letGo();
      asking?.failed(new Problem('SERVICE_UNAVAILABLE'));
      await last;
      await ended;
    },
  };
}

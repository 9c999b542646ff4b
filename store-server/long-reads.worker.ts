import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './db/connection.ts';
import { isStorageFailure } from './db/storage-failure.ts';
import { longReads } from './features/reports/index.ts';
import type { LongAnswer, LongQuestion } from './long-reads.ts';

/** The thread for long reads: it may only look, and sees what was committed when a read began. */
// Orders come first. Linux takes this of the one thread; elsewhere it would be of the whole server.
if (process.platform === 'linux') setPriority(19);

const { file } = workerData as { file: string };
const connection = openConnection(file, { readonly: true });

parentPort?.on('message', ({ name, input }: LongQuestion) => {
  parentPort?.postMessage(answer(name, input));
});

function answer(name: string, input: unknown): LongAnswer {
  try {
    const asked = longReads.find((one) => one.name === name);
    if (asked === undefined) throw new Error(`there is no long read ${name}`);
    // One transaction, so that all of a report is of the same moment.
    return { ok: true, output: connection.sqlite.transaction(() => asked.read(connection, input as never))() };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ok: false, isDiskTrouble: isStorageFailure(error), reason };
  }
}

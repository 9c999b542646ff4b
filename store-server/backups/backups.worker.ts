import { parentPort } from 'node:worker_threads';
import { doTask, type Task } from './tasks.ts';

/** The thread for snapshots: one task, one answer. */
parentPort?.once('message', (task: Task) => {
  void doTask(task).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});

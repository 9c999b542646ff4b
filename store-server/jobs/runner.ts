import type { Attempt, JobOutcome, JobRunner, Lane, RunnableJob, RunnerDeps } from './lanes.ts';

/** A clock that was set back must not make a slip wait for hours: this is the longest any retry waits, in ms. */
const LONGEST_WAIT_MS = 60_000;

/** One worker per lane keeps its order; lanes go side by side. Nothing here is remembered: the rows are the queue. */
export function createJobRunner<Job extends RunnableJob>(deps: RunnerDeps<Job>): JobRunner {
  const { log, retryNoteMs = 500, graceMs = 1_000 } = deps;
  const lanes = new Map<string, Lane>();
  const closer = new AbortController();

  const isClosing = (): boolean => closer.signal.aborted;
  const pause = (ms: number, signal: AbortSignal): Promise<void> => deps.sleep(ms, signal).catch(() => undefined);

  /** Keeps trying while the disk is full; once we are closing, one try is all. */
  async function note<Noted>(what: () => Promise<Noted>): Promise<Noted | undefined> {
    for (;;) {
      try {
        return await what();
      } catch (error) {
        log('warn', 'a job’s progress could not be noted', { reason: String(error), again: !isClosing() });
        if (isClosing()) return undefined;
        await pause(retryNoteMs, closer.signal);
      }
    }
  }

  async function done(job: Job, attempt: Attempt): Promise<JobOutcome> {
    try {
      return await deps.run(job, attempt.stop.signal);
    } catch (error) {
      log('error', 'a job failed in an unexpected way', { job: job.id, reason: String(error) });
      return { kind: 'uncertain', reason: 'internal_error', retryInMs: 5_000 };
    } finally {
      attempt.over.abort();
    }
  }

  async function tryOnce(lane: Lane, waiting: Job): Promise<void> {
    if (waiting.diesAt !== null && deps.now() >= waiting.diesAt) {
      await note(() => deps.finish(waiting, { kind: 'dead', reason: 'too_late' }));
      return;
    }
    const job = await note(() => deps.start(waiting));
    if (job === undefined || job === null) return;
    if (isClosing()) {
      await note(() => deps.finish(job, { kind: 'failed', reason: 'cancelled', retryInMs: 0 }));
      return;
    }
    const attempt: Attempt = { stop: new AbortController(), over: new AbortController() };
    lane.attempt = attempt;
    const outcome = await done(job, attempt);
    lane.attempt = null;
    await note(() => deps.finish(job, outcome));
  }

  /** The job that is due now; undefined when the lane is empty or must be looked at again. */
  async function dueJob(name: string, lane: Lane): Promise<Job | undefined> {
    const job = deps.next(name);
    const wait = job === undefined || job.retryAt === null ? 0 : job.retryAt - deps.now();
    if (wait <= 0) return job;
    await pause(Math.min(wait, LONGEST_WAIT_MS), lane.hurry.signal);
    if (!lane.hurry.signal.aborted) return job;
    lane.hurry = new AbortController();
    return deps.next(name);
  }

  async function work(name: string, lane: Lane): Promise<void> {
    while (!isClosing()) {
      lane.poked = false;
      try {
        const job = await dueJob(name, lane);
        if (isClosing() || (job === undefined && !lane.poked)) return;
        if (job !== undefined) await tryOnce(lane, job);
      } catch (error) {
        // The rows are still there, so it is only a matter of reading them again.
        log('error', 'a lane could not be worked on; trying again', { lane: name, reason: String(error) });
        await pause(retryNoteMs, closer.signal);
      }
    }
  }

  function run(name: string): void {
    if (isClosing()) return;
    const known = lanes.get(name);
    if (known !== undefined) {
      known.poked = true;
      return;
    }
    const lane: Lane = { worker: Promise.resolve(), hurry: new AbortController(), attempt: null, poked: false };
    lanes.set(name, lane);
    lane.worker = work(name, lane).finally(() => {
      lanes.delete(name);
      if (lane.poked) run(name);
    });
  }

  async function letGo({ attempt }: Lane): Promise<void> {
    if (attempt === null) return;
    await pause(graceMs, attempt.over.signal);
    attempt.stop.abort();
  }

  return {
    poke(names) {
      for (const name of names) run(name);
    },
    nudge(name) {
      const lane = lanes.get(name);
      lane?.hurry.abort();
      if (lane !== undefined) void letGo(lane);
      run(name);
    },
    async close() {
      closer.abort();
      const working = [...lanes.values()];
      for (const lane of working) {
        lane.hurry.abort();
        void letGo(lane);
      }
      await Promise.all(working.map((lane) => lane.worker));
    },
  };
}

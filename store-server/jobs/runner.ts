/** One thing to be done, as the runner needs it. */
export interface RunnableJob {
  readonly id: string;
  readonly lane: string;
  readonly kind: string;
  readonly attempt: number;
  readonly retryAt: number | null;
  readonly diesAt: number | null;
}

export type JobOutcome =
  | { readonly kind: 'done'; readonly confirmed: boolean; readonly flag: string | null }
  /** Nothing happened; it can be tried again after `retryInMs`. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryInMs: number }
  /** Nobody knows whether it happened; a further try is a possible repeat. */
  | { readonly kind: 'uncertain'; readonly reason: string; readonly retryInMs: number }
  | { readonly kind: 'dead'; readonly reason: string };

export interface RunnerDeps<Job extends RunnableJob> {
  /** The first unfinished job of a lane; the order of a lane is never changed. */
  next(lane: string): Job | undefined;
  /** Durably notes that an attempt begins, before anything leaves the house. */
  start(job: Job): Promise<Job>;
  /** Durably notes how the attempt ended. */
  finish(job: Job, outcome: JobOutcome): Promise<void>;
  run(job: Job, signal: AbortSignal): Promise<JobOutcome>;
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
  /** Ms to wait when the database cannot note a start or an end. */
  readonly retryNoteMs?: number;
}

export interface JobRunner {
  /** There is work in these lanes. */
  poke(lanes: Iterable<string>): void;
  /** Something about the lane changed (a new address): stop the present attempt, skip the waiting, try at once. */
  nudge(lane: string): void;
  /** Stops between two attempts, at most after the present ones were cancelled. */
  close(): Promise<void>;
}

interface Lane {
  worker: Promise<void>;
  /** Cancels the present attempt or wait. */
  stop: AbortController;
  poked: boolean;
}

/** One worker per lane keeps its order; lanes go side by side. Nothing here is remembered: the rows are the queue. */
export function createJobRunner<Job extends RunnableJob>(deps: RunnerDeps<Job>): JobRunner {
  const { retryNoteMs = 500 } = deps;
  const lanes = new Map<string, Lane>();
  const closer = new AbortController();
  let closing = false;

  const pause = (ms: number, signal: AbortSignal): Promise<void> => deps.sleep(ms, signal).catch(() => undefined);

  async function note(what: () => Promise<void>): Promise<boolean> {
    while (!closing) {
      try {
        await what();
        return true;
      } catch (error) {
        deps.log('warn', 'a job’s progress could not be noted; trying again', { reason: String(error) });
        await pause(retryNoteMs, closer.signal);
      }
    }
    return false;
  }

  async function attempt(lane: Lane, waiting: Job): Promise<void> {
    let job = waiting;
    const tooLate = job.diesAt !== null && deps.now() >= job.diesAt;
    if (tooLate) {
      await note(() => deps.finish(job, { kind: 'dead', reason: 'too_late' }));
      return;
    }
    const begun = await note(async () => {
      job = await deps.start(waiting);
    });
    if (!begun) return;
    let outcome: JobOutcome;
    try {
      outcome = await deps.run(job, lane.stop.signal);
    } catch (error) {
      deps.log('error', 'a job failed in an unexpected way', { job: job.id, reason: String(error) });
      outcome = { kind: 'uncertain', reason: 'internal_error', retryInMs: 5_000 };
    }
    await note(() => deps.finish(job, outcome));
  }

  async function work(name: string, lane: Lane): Promise<void> {
    while (!closing) {
      if (lane.stop.signal.aborted) lane.stop = new AbortController();
      lane.poked = false;
      const job = deps.next(name);
      if (job === undefined) {
        if (!lane.poked) return;
        continue;
      }
      const wait = job.retryAt === null ? 0 : job.retryAt - deps.now();
      // A clock that was set back must not make a slip wait for hours: one minute is the longest any retry waits.
      if (wait > 0) await pause(Math.min(wait, 60_000), lane.stop.signal);
      if (closing) return;
      if (wait > 0 && lane.stop.signal.aborted) continue;
      await attempt(lane, job);
    }
  }

  function run(name: string): void {
    const known = lanes.get(name);
    if (known !== undefined) {
      known.poked = true;
      return;
    }
    const lane: Lane = { worker: Promise.resolve(), stop: new AbortController(), poked: false };
    lanes.set(name, lane);
    lane.worker = work(name, lane)
      .catch((error: unknown) => deps.log('error', 'a lane stopped', { lane: name, reason: String(error) }))
      .finally(() => {
        lanes.delete(name);
        if (lane.poked && !closing) run(name);
      });
  }

  return {
    poke(names) {
      if (!closing) for (const name of names) run(name);
    },
    nudge(name) {
      lanes.get(name)?.stop.abort();
      if (!closing) run(name);
    },
    async close() {
      closing = true;
      closer.abort();
      const workers = [...lanes.values()];
      for (const lane of workers) lane.stop.abort();
      await Promise.all(workers.map((lane) => lane.worker));
    },
  };
}

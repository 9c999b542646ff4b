/** One thing to be done, as the runner needs it. */
export interface RunnableJob {
  readonly id: string;
  readonly lane: string;
  readonly kind: string;
  readonly attempt: number;
  /** Epoch ms before which it is not tried again; null for at once. */
  readonly retryAt: number | null;
  /** Epoch ms from which it must not be done any more; null for never. */
  readonly diesAt: number | null;
}

export type JobOutcome =
  | { readonly kind: 'done'; readonly confirmed: boolean; readonly flag: string | null }
  /** Nothing happened; it can be tried again after `retryInMs`. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryInMs: number }
  /** Nobody knows whether it happened; a further try is a possible repeat. */
  | { readonly kind: 'uncertain'; readonly reason: string; readonly retryInMs: number }
  | { readonly kind: 'dead'; readonly reason: string };

/** One attempt that is under way. */
export interface Attempt {
  /** Ends it early: what waits is given up, bytes under way are cut off. */
  readonly stop: AbortController;
  readonly over: AbortController;
}

/** A lane that is being worked on. */
export interface Lane {
  worker: Promise<void>;
  /** Ends the present wait between two attempts. */
  hurry: AbortController;
  attempt: Attempt | null;
  /** Somebody said that there is work, since it last looked. */
  poked: boolean;
}

export interface RunnerDeps<Job extends RunnableJob> {
  /** The first unfinished job of a lane; the order of a lane is never changed. */
  next(lane: string): Job | undefined;
  /** Durably notes that an attempt begins, before anything leaves the house; null if the job is not to be done here now. */
  start(job: Job): Promise<Job | null>;
  /** Durably notes how the attempt ended. */
  finish(job: Job, outcome: JobOutcome): Promise<void>;
  /** Does it. An abort means: leave it as soon as it can be left. */
  run(job: Job, signal: AbortSignal): Promise<JobOutcome>;
  /** Epoch ms. */
  now(): number;
  /** Rejects or resolves early when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
  /** Ms to wait when the database cannot be read, or cannot note a start or an end. */
  readonly retryNoteMs?: number;
  /** Ms that an attempt under way gets to end by itself when the lane is nudged or everything closes. */
  readonly graceMs?: number;
}

export interface JobRunner {
  /** There is work in these lanes. */
  poke(lanes: Iterable<string>): void;
  /** Something about the lane changed (a new address): wait no longer, and let go of an attempt that leads nowhere. */
  nudge(lane: string): void;
  /** Begins nothing new; attempts under way end by themselves within the grace or are cut off. */
  close(): Promise<void>;
}

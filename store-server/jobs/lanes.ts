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

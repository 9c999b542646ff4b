import type { LinkOutcome } from './hardware/printing/link.ts';
import type { JobOutcome } from './jobs/lanes.ts';

/** How long a lane waits after the nth attempt that failed, ms: quick at first, then every few seconds until it works. */
const backOff = [250, 500, 1_000, 2_000, 4_000] as const;
/** How soon a drawer pulse is tried again within the few seconds it has to live. */
const DRAWER_RETRY_MS = 300;
/** Marked copies after which a printer that takes everything and never says so is believed. */
const ENOUGH_COPIES = 3;

/** What the attempt at a slip means for its job. */
export function slipOutcome(
  outcome: LinkOutcome,
  { attempt, repeatPossible }: { readonly attempt: number; readonly repeatPossible: boolean },
): JobOutcome {
  if (outcome.kind === 'done') return { kind: 'done', confirmed: outcome.confirmed, flag: outcome.flag ?? null };
  const { kind, reason } = outcome;
  // All of a marked copy was taken and only the confirmation is missing: a fourth copy would help nobody.
  const isEnough = repeatPossible && attempt > ENOUGH_COPIES && outcome.kind === 'uncertain' && outcome.sent === 'all';
  if (isEnough && reason === 'status_silent') return { kind: 'done', confirmed: false, flag: reason };
  // Somebody gave it up to try elsewhere, so there is nothing to wait for.
  if (reason === 'cancelled') return { kind, reason, retryInMs: 0 };
  return { kind, reason, retryInMs: backOff[Math.min(attempt, backOff.length) - 1] ?? backOff[0] };
}

/** A pulse that may have left is never sent again: better a drawer opened by hand than one that opens by itself. */
export function drawerOutcome(outcome: LinkOutcome): JobOutcome {
  if (outcome.kind === 'done') return { kind: 'done', confirmed: outcome.confirmed, flag: null };
  if (outcome.kind === 'failed') return { kind: 'failed', reason: outcome.reason, retryInMs: DRAWER_RETRY_MS };
  return { kind: 'dead', reason: outcome.reason };
}

import { type LiveSummary, relayLimits } from '#contract/relay.ts';

/** So long without anything recorded, in ms, and nobody is waiting for anything: the restaurant is closed. */
const CLOSED_AFTER_MS = 10 * 60_000;
/** Twice in this time, in ms, it is still heard often enough to be called live. */
const CLOSED_PACE_MS = 5_000;

interface Standing {
  /** The last entry that is held, and when it came; null before the first. */
  readonly seq: number;
  readonly takenAt: number | null;
  /** Whether commands wait for the store. */
  readonly awaited: boolean;
}

/**
 * When a store should be heard again if nothing happens in it, in ms. Beats are most of a relay's work, and half of the
 * day a restaurant is closed; the first order of the morning is told at once whatever was wished.
 */
export function paceOf(
  { orders_open, head_seq }: LiveSummary,
  { seq, takenAt, awaited }: Standing,
  now: number,
): number {
  const closed =
    orders_open === 0 && head_seq === seq && !awaited && takenAt !== null && now - takenAt >= CLOSED_AFTER_MS;
  return closed ? CLOSED_PACE_MS : relayLimits.exchangeMs;
}

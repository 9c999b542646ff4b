/** How long to wait after a failure: from one second, doubled each time, to a minute, each with a half of it by chance. */
export interface BackOff {
  /** Ms to wait after one more failure. */
  next(): number;
  reset(): void;
}

/** @param random a number from 0 to 1, so that many stores do not come back at the same moment */
export function createBackOff(
  random: () => number,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
): BackOff {
  let failures = 0;
  return {
    next() {
      const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
      failures += 1;
      return Math.round(full / 2 + (random() * full) / 2);
    },
    reset() {
      failures = 0;
    },
  };
}

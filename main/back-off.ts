/** Ms: the first pause, the longest one. */
const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * Ms to wait before the next start after so many failures in a row, the first being 1: doubling, at most thirty seconds,
 * a fifth up or down so that two programs which wait for each other do not keep meeting.
 * @param chance from 0 to 1
 */
export function backOff(failures: number, chance: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.min(LONGEST_MS, Math.round(plain * (0.8 + 0.4 * chance)));
}

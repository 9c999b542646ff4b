/**
 * Slips of the hand that somebody might make one day, each with the test that has to notice. A promise whose mutant
 * lives is not kept by its test and is not made.
 */
export interface Mutant {
  /** As GUARANTEES.md numbers the promise. */
  readonly guarantee: string;
  /** What the slip would be, in a few words. */
  readonly slip: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** A test file for vitest, or a proof with its arguments. */
  readonly caughtBy: string;
  /** Narrows a test file to the tests whose names contain this. */
  readonly named?: string;
}

import { randomFillSync } from 'node:crypto';

/** The only impure file of the kernel: everywhere else time and randomness are arguments. */

export interface Clock {
  /** Wall time in epoch ms. May jump. */
  now(): number;
  /** Monotonic ms since some fixed moment of this process; for time-outs and durations only. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Fills the buffer with randomness of the operating system. */
export function systemRandom(buffer: Buffer): void {
  randomFillSync(buffer);
}

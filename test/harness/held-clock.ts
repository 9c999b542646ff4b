import type { Clock } from '../../store-server/kernel/clock.ts';

/** A clock that a test holds: the wall shows what it is told, and goes on with real time from there. */
export interface HeldClock extends Clock {
  /** Moves the wall clock; a negative number sets it back. Monotonic time never jumps. */
  jump(ms: number): void;
}

/** @param at ISO time the wall clock shows at the start */
export function heldClock(at: string): HeldClock {
  const start = performance.now();
  let wall = Date.parse(at);
  return {
    now: () => Math.floor(wall + performance.now() - start),
    monotonic: () => performance.now(),
    jump(ms) {
      wall += ms;
    },
  };
}

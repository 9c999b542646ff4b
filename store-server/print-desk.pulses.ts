import { DRAWER_PULSE_LIFE_MS } from './features/printers/index.ts';
import type { JobOutcome, RunnableJob } from './jobs/lanes.ts';
import type { Clock } from './kernel/clock.ts';

/**
 * Watches over the few seconds that a drawer pulse may live, also while it waits behind a slip: by the wall clock, and by
 * the time that has really passed since it was first seen, for the wall clock may be set back.
 */
export function createPulseLife(clock: Clock, sleep: (ms: number, signal: AbortSignal) => Promise<void>) {
  const firstSeen = new Map<string, number>();

  function msLeft(job: RunnableJob): number {
    const seen = firstSeen.get(job.id) ?? clock.monotonic();
    firstSeen.set(job.id, seen);
    const really = DRAWER_PULSE_LIFE_MS - (clock.monotonic() - seen);
    return Math.min(really, job.diesAt === null ? really : job.diesAt - clock.now());
  }

  return {
    /** Runs `attempt` with a signal that ends when the pulse does; dead at once when its time is over. */
    async within(
      job: RunnableJob,
      signal: AbortSignal,
      attempt: (alive: AbortSignal) => Promise<JobOutcome>,
    ): Promise<JobOutcome> {
      const left = msLeft(job);
      const end = new AbortController();
      const over = new AbortController();
      const lifeIsOver = async (): Promise<JobOutcome> => {
        await sleep(Math.max(0, left), over.signal);
        end.abort();
        return { kind: 'dead', reason: 'too_late' };
      };
      // Its turn may come much later; then the signal has ended and nothing of it is sent.
      const outcome = await Promise.race([
        ...(left > 0 ? [attempt(AbortSignal.any([signal, end.signal]))] : []),
        lifeIsOver(),
      ]);
      over.abort();
      if (outcome.kind !== 'failed') firstSeen.delete(job.id);
      return outcome;
    },
  };
}

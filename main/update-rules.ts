import { isInService } from './power.ts';
import type { ServerState } from './supervisor.ts';

/** The restaurant's nightly quiet, in minutes since midnight by this computer's clock: after the business day has ended. */
const QUIET = { from: 4 * 60 + 30, to: 6 * 60 + 30 } as const;

/** @param now epoch ms */
export function isQuietTime(now: number): boolean {
  const at = new Date(now);
  const minutes = at.getHours() * 60 + at.getMinutes();
  return minutes >= QUIET.from && minutes < QUIET.to;
}

/** Why an update cannot be put in now, in words for people; null when it can. */
export function obstacle(state: ServerState): string | null {
  const { phase, service } = state;
  if (phase !== 'ready' || service === null) return 'the server has to be running well first';
  if (!isInService(state)) return null;
  if (service.open_shifts > 0) return 'a shift is open';
  if (service.open_checks > 0) return 'checks are open';
  return 'slips are still to be printed';
}

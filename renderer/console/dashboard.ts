import { useIsLost } from '#api/connection.ts';
import { type Read, useRead } from '#api/queries.ts';
import { useServerNow } from '#ui/now.ts';
import { platform } from './operations.ts';
import { asThen, type Dashboard } from './restaurants/restaurants.rules.ts';

/** Stores are heard every second. */
const LOOK_MS = 1_000;

/** Every restaurant as the relay says it is; while the relay does not answer, as it was, and older by the second. */
export function useDashboard(every = LOOK_MS): Read<Dashboard> {
  const read = useRead(platform.dashboard, {}, { every });
  const lost = useIsLost();
  const now = useServerNow(LOOK_MS);
  return lost && read.data !== undefined ? { ...read, data: asThen(read.data, now) } : read;
}

import type { Database } from '../db/database.ts';
import { type Route, route } from './route.ts';

export interface HealthDeps {
  readonly database: Database;
  readonly version: string;
  readonly pid: number;
  /** Monotonic ms since the relay started. */
  readonly uptime: () => number;
}

/** Whether the relay lives and its database answers; 503 if that does not. */
export function healthRoutes({ database, version, pid, uptime }: HealthDeps): Route[] {
  const answer = async () => {
    await database.outside((sql) => sql.one('SELECT 1 AS alive'));
    return { status: 'ok', pid, version, uptime_s: Math.floor(uptime() / 1000) };
  };
  return [
    route('health.probe', 'GET /health', 'public', { answer }),
    route('health.read', 'GET /api/v1/health', 'public', { answer }),
  ];
}

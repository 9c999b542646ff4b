import type { Response } from 'express';

export type HttpLog = (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;

/** What is known of one request when it is over. Never its body, its query or a token. */
export interface Visit {
  readonly id: string;
  readonly address: string;
  readonly method: string;
  /** Monotonic ms. */
  readonly started: number;
  path: string;
  operation?: string;
  actorId?: string | null;
  deviceId?: string | null;
  problem?: string;
  errorId?: string;
  replayed?: boolean;
  /** Fields that a path of the older clients sent and nobody read. */
  ignored?: readonly string[];
}

/** One line per request. `ended` is monotonic ms. */
export function logVisit(log: HttpLog, visit: Visit, response: Response, ended: number): void {
  const { ignored = [] } = visit;
  log(response.statusCode >= 500 ? 'warn' : 'info', 'request', {
    request_id: visit.id,
    address: visit.address,
    method: visit.method,
    path: visit.path,
    operation: visit.operation,
    status: response.statusCode,
    ms: Math.round((ended - visit.started) * 10) / 10,
    actor_id: visit.actorId,
    device_id: visit.deviceId,
    problem: visit.problem,
    error_id: visit.errorId,
    replayed: visit.replayed,
    heard: response.writableFinished ? undefined : false,
    ...(ignored.length === 0 ? {} : { ignored_fields: ignored.slice(0, 10), ignored_count: ignored.length }),
  });
}

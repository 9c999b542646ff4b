import type { Request, Response } from 'express';
import type { Core } from '../commands/core.ts';
import type { ReadAside } from '../db/long-read.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Identity } from './identity.ts';
import type { Repeats } from './repeats.ts';
import type { Visit } from './visit.ts';

/** What the two doors, one to change and one to look, need of the server. */
export interface Doors {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: () => string;
  readonly businessDay: (now: number) => string;
  readonly repeats: Repeats;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly readAside?: ReadAside;
}

/** A request that has found its route and is known to be allowed there. */
export interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly identity: Identity;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly visit: Visit;
}

import type { Actor } from '../commands/caller.ts';
import type { Connection } from '../db/connection.ts';

/** What a request shows of who sent it. */
export interface Credentials {
  /** The token of `Authorization: Bearer …`. */
  readonly bearer: string | null;
  /** The `X-Device-Token` header. */
  readonly deviceToken: string | null;
  readonly address: string;
  readonly connection: Connection;
  /** Epoch ms. */
  readonly now: number;
}

/** Who a request comes from. A device may show itself while nobody is signed in on it. */
export interface Identity {
  /** `nobody` where only a device is known. */
  readonly actor: Actor;
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  /** Whose idempotency keys these are; null lets the edge take `device:<id>`, else `user:<id>`. */
  readonly scope: string | null;
}

/**
 * Finds out who sent a request; null where it shows nothing.
 * @throws Problem of status 401 for a token that is expired, forged or revoked
 */
export type Authenticate = (credentials: Credentials) => Identity | null | Promise<Identity | null>;

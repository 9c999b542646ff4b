import { type Actor, nobody, staffActor } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import type { Connection } from '../../db/connection.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ids } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/verdict.ts';
import { storeIdentity } from '../settings/index.ts';
import { deviceOfToken, sessionOf } from './staff.devices.reads.ts';
import { createGuard, type Guard } from './staff.guard.ts';
import { createHashing, type Hashing } from './staff.hashing.ts';
import type { Keys } from './staff.keys.ts';
import type { StaffMember } from './staff.reads.ts';
import { createTokens, type Tokens } from './staff.tokens.ts';

/** What a request or a socket shows. */
export interface Shown {
  readonly connection: Connection;
  /** The token without the word Bearer. */
  readonly bearer: string | null;
  /** What `devices/register` gave this device. */
  readonly deviceToken: string | null;
  /** Epoch ms. */
  readonly now: number;
}

/** Who asks. A registered device at which nobody is signed in is an identity with the actor `nobody`. */
export interface Identity {
  readonly actor: Actor;
  /** Only a registered device that is not revoked; an older client's device does not count. */
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  /** Whose idempotency keys these are: `device:<id>`, or `user:<id>` where no registered device is shown. */
  readonly scope: string;
  readonly staff: StaffMember | null;
}

/** Everything that knows the store's keys. Made once; the commands of this feature are built around it. */
export interface Auth {
  readonly ids: Ids;
  readonly hashing: Hashing;
  readonly tokens: Tokens;
  readonly guard: Guard;
  /**
   * Who shows this token and this device; null when neither is shown. The sign-in, the person with the present role and
   * the device are read anew each time, so signing out, a new role and a revoked device act on the next request.
   * @throws Problem TOKEN_INVALID, TOKEN_EXPIRED or DEVICE_NOT_REGISTERED
   */
  authenticate(shown: Shown): Promise<Identity | null>;
  /** Forgets remembered tokens whenever a commit ended somebody's sign-in. */
  watch(core: Core): void;
}

export interface AuthDeps {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hashing?: Hashing;
}

const endings = new Set(['staff.signed_out', 'staff.changed', 'device.revoked']);

export function createAuth({ keys, clock, ids, hashing = createHashing(ids, keys.pinPepper) }: AuthDeps): Auth {
  const tokens = createTokens(keys, ids);

  async function authenticate({ connection, bearer, deviceToken, now }: Shown): Promise<Identity | null> {
    const shownDevice = deviceToken === null ? null : deviceOfToken(connection, deviceToken);
    if (shownDevice === undefined) throw new Problem('DEVICE_NOT_REGISTERED');
    if (bearer === null) {
      if (shownDevice === null) return null;
      return { actor: nobody, deviceId: shownDevice, sessionId: null, scope: `device:${shownDevice}`, staff: null };
    }

    const claims = await tokens.verify(bearer, storeIdentity(connection).id, now);
    const session = sessionOf(connection, claims.sessionId);
    if (session === undefined || session.staffId !== claims.staffId) throw new Problem('TOKEN_INVALID');
    const { staff } = session;
    if (!staff.active) throw new Problem('TOKEN_INVALID');
    if (session.revokedAt !== null || session.deviceRevokedAt !== null) throw new Problem('TOKEN_INVALID');
    if (session.expiresAt <= now) throw new Problem('TOKEN_EXPIRED');
    const ownDevice = session.deviceKind === 'registered' ? session.deviceId : null;
    if (claims.deviceId !== ownDevice) throw new Problem('TOKEN_INVALID');
    // A token that was given on one device is no good on another: somebody carried it there.
    if (ownDevice !== null && shownDevice !== null && ownDevice !== shownDevice) throw new Problem('TOKEN_INVALID');
    const deviceId = shownDevice ?? ownDevice;
    return {
      actor: staffActor(staff.id, staff.role, staff.preset),
      deviceId,
      sessionId: session.id,
      scope: deviceId === null ? `user:${staff.id}` : `device:${deviceId}`,
      staff,
    };
  }

  return {
    ids,
    hashing,
    tokens,
    guard: createGuard(clock),
    authenticate,
    watch: (core) =>
      core.onCommit(({ entries }) => {
        if (entries.some(({ facts }) => facts.some(({ fact }) => endings.has(fact.kind)))) tokens.forget();
      }),
  };
}

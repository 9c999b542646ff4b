import type { Core } from './commands/core.ts';
import type { Auth } from './features/staff/index.ts';
import type { Clock } from './kernel/clock.ts';
import { Problem } from './kernel/verdict.ts';
import type { Identity } from './realtime/listener.ts';

/** How a socket's token is checked: as a request's is, plus when it runs out, for a socket may outlive it. */
export const socketIdentity =
  (core: Core, auth: Auth, clock: Clock) =>
  async (bearer: string): Promise<Identity> => {
    const identity = await auth.authenticate({
      connection: core.connection(),
      bearer,
      deviceToken: null,
      now: clock.now(),
    });
    if (identity === null) throw new Problem('AUTHENTICATION_ERROR');
    return { actor: identity.actor, deviceId: identity.deviceId, expiresAt: expiryOf(bearer) };
  };

/** Epoch ms from the `exp` claim (RFC 7519, seconds) of a token that has been verified. */
function expiryOf(verified: string): number {
  const payload = Buffer.from(verified.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { exp: number }).exp * 1000;
}

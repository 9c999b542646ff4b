import { signedOut } from '#contract/staff.facts.ts';
import { Nothing, Refresh } from '#contract/staff.ts';
import { defineCommand, type Refused, refused } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Auth } from './staff.auth.ts';
import { refreshTokenOf, sessionOf } from './staff.devices.reads.ts';
import { insistStaff } from './staff.reads.ts';
import { loginSessionTable, refreshTokenTable } from './staff.schema.ts';
import { answerSignIn, forgetTokens, type SignedIn, signTicket } from './staff.sessions.ts';

/**
 * A new access token for a refresh token, which is good once. A used one that comes again was copied by somebody: the
 * whole sign-in ends, for both.
 */
export const refresh = (auth: Auth) =>
  defineCommand({
    name: 'staff.refresh',
    permission: null,
    input: Refresh,
    keepsReceipt: false,
    async prepare({ connection, now }, { refresh_token }) {
      const token = refreshTokenOf(connection, refresh_token);
      const session = token === undefined ? undefined : sessionOf(connection, token.sessionId);
      if (session === undefined) throw new Problem('TOKEN_INVALID');
      const { id: sessionId, staffId, kind: method } = session;
      const deviceId = session.deviceKind === 'registered' ? session.deviceId : null;
      return signTicket(auth, { connection, now }, { staffId, sessionId, deviceId, method });
    },
    handle(context, { refresh_token }, ticket): SignedIn | Refused {
      const { tx, now, caller } = context;
      const token = refreshTokenOf(tx.connection, refresh_token);
      const session = sessionOf(tx.connection, ticket.sessionId);
      if (token === undefined || session === undefined || !session.staff.active) throw new Problem('TOKEN_INVALID');
      const { staff: person } = session;
      if (session.revokedAt !== null || session.deviceRevokedAt !== null) throw new Problem('TOKEN_INVALID');
      if (session.deviceId !== null && caller.deviceId !== session.deviceId) throw new Problem('DEVICE_NOT_REGISTERED');
      if (token.usedAt !== null) {
        tx.local(loginSessionTable).update(session.id, { revokedAt: now });
        tx.on('staff', person.id).tell(signedOut, {
          staff_id: person.id,
          session_id: session.id,
          reason: 'refresh_reused',
        });
        return refused('TOKEN_INVALID');
      }
      if (token.expiresAt <= now || session.expiresAt <= now) throw new Problem('TOKEN_EXPIRED');
      tx.local(refreshTokenTable).update(token.id, { usedAt: now });
      forgetTokens(context);
      return answerSignIn(context, person, ticket, { method: session.kind, expiresAt: session.expiresAt });
    },
  });

/** Ends the sign-in that the request was made under. */
export const signOut = defineCommand({
  name: 'staff.sign_out',
  permission: null,
  input: Nothing,
  keepsReceipt: false,
  handle({ tx, actor, caller, now }) {
    if (actor.id === null || caller.sessionId == null) throw new Problem('AUTHENTICATION_ERROR');
    const member = insistStaff(tx.connection, actor.id);
    tx.local(loginSessionTable).update(caller.sessionId, { revokedAt: now });
    tx.on('staff', member.id).tell(signedOut, {
      staff_id: member.id,
      session_id: caller.sessionId,
      reason: 'signed_out',
    });
    return { signedOut: true };
  },
});

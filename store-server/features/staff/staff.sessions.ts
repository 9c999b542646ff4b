import { and, eq, exists, gt, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { signedIn } from '#contract/staff.facts.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { settingsOf, storeIdentity } from '../settings/index.ts';
import type { Auth } from './staff.auth.ts';
import { hashOf } from './staff.devices.reads.ts';
import { lastSignIn, liveSessionsOf, type StaffMember } from './staff.reads.ts';
import { loginSessionTable, refreshTokenTable } from './staff.schema.ts';
import { ACCESS_LIFE_MS, LEGACY_LIFE_MS, SESSION_LIFE_MS } from './staff.tokens.ts';

/** How somebody signed in. `legacy` is the older iPads' way: one long token and no refresh. */
export type Method = 'password' | 'pin' | 'legacy';

/** A person with the moment of the sign-in before this one, epoch ms. */
export type User = Omit<StaffMember, 'createdAt' | 'alias'> & { readonly lastSignIn: number | null };

/** The answer to a sign-in. It holds secrets: commands that return it keep no receipt. */
export interface SignedIn {
  readonly accessToken: string;
  readonly expiresInMs: number;
  readonly refreshToken: string | null;
  readonly user: User;
  readonly restaurant: { readonly name: string; readonly currency: string; readonly timeZone: string };
}

/** A signed token, made before the transaction for the session that the transaction then opens or continues. */
export interface Ticket {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly lifeMs: number;
}

const REFRESH_KEPT_MS = 24 * 3_600_000;
const PRUNED_AT_ONCE = 50;

const longExpired = prepared((orm) =>
  orm
    .select({ id: refreshTokenTable.id })
    .from(refreshTokenTable)
    .where(lt(refreshTokenTable.expiresAt, sql.placeholder('before')))
    .limit(PRUNED_AT_ONCE)
    .prepare(),
);

/** How long after its end a sign-in can still be looked up. */
const SESSION_KEPT_MS = 30 * 24 * 3_600_000;
const newer = alias(loginSessionTable, 'newer');

/**
 * A person's sign-ins that are long over and whose refresh tokens are gone too. The latest from each address stays: it
 * says when somebody was here last, and from where they usually come.
 */
const longOver = prepared((orm) =>
  orm
    .select({ id: loginSessionTable.id })
    .from(loginSessionTable)
    .where(
      and(
        eq(loginSessionTable.staffId, sql.placeholder('staffId')),
        lt(loginSessionTable.createdAt, sql.placeholder('before')),
        lt(loginSessionTable.expiresAt, sql.placeholder('before')),
        sql`${loginSessionTable.expiresAt} < ifnull((SELECT min(${refreshTokenTable.expiresAt}) FROM ${refreshTokenTable}), ${sql.placeholder('before')})`,
        exists(
          orm
            .select({ id: newer.id })
            .from(newer)
            .where(
              and(
                eq(newer.staffId, loginSessionTable.staffId),
                gt(newer.createdAt, loginSessionTable.createdAt),
                sql`${newer.address} IS ${loginSessionTable.address}`,
              ),
            ),
        ),
      ),
    )
    .limit(PRUNED_AT_ONCE)
    .prepare(),
);

/** Signs a token; `deviceId` is the registered device it will be good on. */
export async function signTicket(
  auth: Auth,
  at: { connection: Connection; now: number },
  about: { staffId: string; sessionId: string; deviceId: string | null; method: Method },
): Promise<Ticket> {
  const lifeMs = about.method === 'legacy' ? LEGACY_LIFE_MS : ACCESS_LIFE_MS;
  const { staffId, sessionId, deviceId } = about;
  const claims = { staffId, sessionId, deviceId };
  const accessToken = await auth.tokens.issue(claims, storeIdentity(at.connection).id, at.now, lifeMs);
  return { sessionId, accessToken, lifeMs };
}

export function userOf(connection: Connection, member: StaffMember): User {
  const { id, firstName, lastName, email, role, preset, active } = member;
  return { id, firstName, lastName, email, role, preset, active, lastSignIn: lastSignIn(connection, id) };
}

/** Drops a few refresh tokens that can no longer be of use, whosever they were. */
export function forgetTokens({ tx, now }: CommandContext): void {
  const old = longExpired(tx.connection).all({ before: now - REFRESH_KEPT_MS });
  for (const { id } of old) tx.local(refreshTokenTable).remove(id);
}

/** Drops some of a person's sign-ins that are long over. */
function forgetSessions(context: CommandContext, staffId: string): void {
  forgetTokens(context);
  const { tx, now } = context;
  const old = longOver(tx.connection).all({ staffId, before: now - SESSION_KEPT_MS });
  for (const { id } of old) tx.local(loginSessionTable).remove(id);
}

/** A fresh opaque refresh token for a session; the database keeps only its hash. */
function giveRefreshToken({ tx, now, ids }: CommandContext, sessionId: string, expiresAt: number): string {
  const token = ids.secret(32).toString('base64url');
  tx.local(refreshTokenTable).insert({ id: hashOf(token), sessionId, createdAt: now, expiresAt });
  return token;
}

/** The answer that goes with a ticket, and a new refresh token unless the session cannot be refreshed. */
export function answerSignIn(
  context: CommandContext,
  member: StaffMember,
  ticket: Ticket,
  session: { method: Method; expiresAt: number },
): SignedIn {
  const { restaurant, currency, time_zone } = settingsOf(context.tx.connection);
  const refreshable = session.method !== 'legacy';
  return {
    accessToken: ticket.accessToken,
    expiresInMs: ticket.lifeMs,
    refreshToken: refreshable ? giveRefreshToken(context, ticket.sessionId, session.expiresAt) : null,
    user: userOf(context.tx.connection, member),
    restaurant: { name: restaurant.name, currency, timeZone: time_zone },
  };
}

/** Opens the session that a ticket was signed for. `deviceId` may be an older client's device too. */
export function openSession(
  context: CommandContext,
  member: StaffMember,
  ticket: Ticket,
  { method, deviceId }: { method: Method; deviceId: string | null },
): SignedIn {
  const { tx, now, caller } = context;
  const expiresAt = now + (method === 'legacy' ? LEGACY_LIFE_MS : SESSION_LIFE_MS);
  const before = lastSignIn(tx.connection, member.id);
  tx.local(loginSessionTable).insert({
    id: ticket.sessionId,
    staffId: member.id,
    deviceId,
    kind: method,
    address: caller.address,
    createdAt: now,
    expiresAt,
  });
  forgetSessions(context, member.id);
  tx.on('staff', member.id).tell(signedIn, {
    staff_id: member.id,
    role: member.role,
    method,
    device_id: deviceId,
    session_id: ticket.sessionId,
  });
  const answer = answerSignIn(context, member, ticket, { method, expiresAt });
  return { ...answer, user: { ...answer.user, lastSignIn: before } };
}

/** Ends sign-ins at once; their tokens fail on the next request. */
export function endSessions({ tx, now }: CommandContext, sessions: readonly string[]): void {
  for (const id of sessions) tx.local(loginSessionTable).update(id, { revokedAt: now });
}

/** Ends every sign-in of a person, except the one that asks. Says whether there was one. */
export function endSessionsOf(context: CommandContext, staffId: string): boolean {
  const ended = liveSessionsOf(context.tx.connection, staffId).filter((id) => id !== context.caller.sessionId);
  endSessions(context, ended);
  return ended.length > 0;
}

import type { IncomingHttpHeaders } from 'node:http';
import { type Caller, nobody } from '../commands/caller.ts';
import type { Connection } from '../db/connection.ts';
import { Problem } from '../kernel/verdict.ts';
import type { Authenticate, Identity } from './identity.ts';
import type { Access } from './route.ts';

const stranger: Identity = { actor: nobody, deviceId: null, sessionId: null, scope: null };

interface Visit {
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  readonly connection: Connection;
  readonly now: number;
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * Who sent a request, provided that they may use what they asked for.
 * @throws Problem of status 401, or FORBIDDEN
 */
export async function identify(authenticate: Authenticate, access: Access, visit: Visit): Promise<Identity> {
  const { headers, address, connection, now } = visit;
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
  const deviceToken = headerOf(headers, 'x-device-token');
  const ask = (token: string | null) => authenticate({ bearer: token, deviceToken, address, connection, now });
  let identity: Identity | null;
  try {
    identity = await ask(bearer);
  } catch (error) {
    // Signing in again has to work while the old token is still being sent along.
    const needsNobody = access === 'public' || access === 'device';
    if (!(error instanceof Problem) || !needsNobody) throw error;
    identity = bearer === null ? null : await askWithout(ask, access);
    if (identity === null && access === 'device') throw error;
  }
  const who = identity ?? stranger;
  insistAccess(access, who);
  return who;
}

async function askWithout(ask: (token: null) => ReturnType<Authenticate>, access: Access): Promise<Identity | null> {
  try {
    return await ask(null);
  } catch (error) {
    if (access === 'public' && error instanceof Problem) return null;
    throw error;
  }
}

function insistAccess(access: Access, { actor, deviceId }: Identity): void {
  if (access === 'public') return;
  if (access === 'device') {
    if (deviceId === null) throw new Problem('DEVICE_NOT_REGISTERED');
    return;
  }
  if (actor.id === null) throw new Problem('AUTHENTICATION_ERROR');
  if (access !== 'signed_in' && !actor.may(access)) throw new Problem('FORBIDDEN', { permission: access });
}

/** The caller as commands see it. @throws Problem VALIDATION_ERROR for an unreadable X-Occurred-At */
export function callerFrom(identity: Identity, headers: IncomingHttpHeaders, address: string): Caller {
  const { actor, deviceId, sessionId } = identity;
  const own = deviceId === null ? (actor.id === null ? null : `user:${actor.id}`) : `device:${deviceId}`;
  return {
    actor,
    deviceId,
    sessionId,
    scope: identity.scope ?? own,
    key: null,
    origin: 'store',
    occurredAt: occurredAt(headerOf(headers, 'x-occurred-at')),
    approvalId: headerOf(headers, 'x-approval-id'),
    commandId: null,
    address,
  };
}

/** From 2000 to 2100: enough for a clock that is wrong, too little to break a date. */
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);

function occurredAt(text: string | null): number | null {
  if (text === null) return null;
  const ms = /^\d{1,15}$/.test(text) ? Number(text) : isoForm.test(text) ? Date.parse(text) : Number.NaN;
  if (ms >= EARLIEST && ms <= LATEST) return ms;
  const field = 'X-Occurred-At';
  const message = `${field} has to be a date and time such as 2025-06-18T19:30:00Z.`;
  throw new Problem('VALIDATION_ERROR', { field, validation_errors: [{ field, message, type: 'invalid_format' }] });
}

const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

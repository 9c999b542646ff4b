import { browser } from './browser.ts';
import { auth } from './operations/auth.ts';
import type { ChangeInput, ChangeOperation, ReadInput, ReadOperation } from './operations/define.ts';
import { ApiProblem, Unreachable } from './problem.ts';
import { hearTime } from './server-clock.ts';
import { begin, currentSession, deviceTokenHere, end, forgetDevice } from './session.ts';

/** What came back: the payload, what the envelope says about it, and the server's time at which it was true. */
export interface Answer<Data> {
  readonly data: Data;
  readonly meta: Readonly<Record<string, unknown>> | null;
  /** Epoch ms by the server's clock. */
  readonly at: number;
}

export interface Ask {
  readonly signal?: AbortSignal;
  /** One key for one action of a person, however often it has to be sent. */
  readonly key?: string;
  /** How long to wait for an answer, in ms: for what takes its time. */
  readonly patienceMs?: number;
  /** A manager's yes, from `approvals`. */
  readonly approval?: string;
}

type Input = {
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: unknown;
  readonly body?: unknown;
};

/** Longer than any answer takes on a healthy network; a server that says nothing for so long is not there. */
const PATIENCE_MS = 10_000;
/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;
const badToken = new Set(['TOKEN_EXPIRED', 'TOKEN_INVALID', 'AUTHENTICATION_ERROR']);

function addressOf(path: string, { params = {}, query }: Input): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

async function send(operation: ReadOperation | ChangeOperation, input: Input, ask: Ask): Promise<Response> {
  const headers: Record<string, string> = {};
  const access = currentSession()?.access;
  const device = deviceTokenHere();
  if (access !== undefined) headers['Authorization'] = `Bearer ${access}`;
  if (device !== null) headers['X-Device-Token'] = device;
  if (ask.key !== undefined) headers['Idempotency-Key'] = ask.key;
  if (ask.approval !== undefined) headers['X-Approval-Id'] = ask.approval;
  if (input.body !== undefined) headers['Content-Type'] = 'application/json';
  const patience = AbortSignal.timeout(ask.patienceMs ?? PATIENCE_MS);
  try {
    return await fetch(addressOf(operation.path, input), {
      method: operation.method.toUpperCase(),
      headers,
      signal: ask.signal === undefined ? patience : AbortSignal.any([patience, ask.signal]),
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    throw new Unreachable();
  }
}

async function ask<Data>(operation: ReadOperation | ChangeOperation, input: Input, how: Ask): Promise<Answer<Data>> {
  const response = await send(operation, input, how);
  let body: { data: Data; meta: Answer<Data>['meta']; timestamp: string };
  try {
    body = await response.json();
  } catch {
    throw response.ok ? new Unreachable() : new ApiProblem(response.status, null);
  }
  // A repeat carries the time of the first answer.
  if (!response.headers.has('Idempotency-Replayed')) hearTime(body.timestamp);
  if (!response.ok) throw new ApiProblem(response.status, body);
  return { data: body.data, meta: body.meta, at: Date.parse(body.timestamp) };
}

let renewing: Promise<void> | null = null;

/** A new access token for the refresh token, once for all who need it. Ends the session where the server refuses. */
export function renew(): Promise<void> {
  renewing ??= renewNow().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewNow(): Promise<void> {
  const session = currentSession();
  if (session === null) return;
  if (session.refresh === null) return end('expired');
  try {
    const body = { refresh_token: session.refresh };
    const { data } = await ask<Parameters<typeof begin>[0]>(auth.refresh, { body }, {});
    if (currentSession()?.refresh === session.refresh) begin(data);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    if (error.code === 'DEVICE_NOT_REGISTERED') forgetDevice();
    end('expired');
  }
}

async function askSignedIn<Data>(operation: ReadOperation | ChangeOperation, input: Input, how: Ask) {
  const session = currentSession();
  if (session !== null && session.endsAt - browser.now() < RENEW_BEFORE_MS) await renew();
  const access = currentSession()?.access;
  try {
    return await ask<Data>(operation, input, how);
  } catch (error) {
    if (!(error instanceof ApiProblem) || !badToken.has(error.code) || access === undefined) throw error;
    // Somebody may have renewed it meanwhile; then the new one is to be tried.
    if (currentSession()?.access === access) await renew();
    if (currentSession() === null) throw error;
    return ask<Data>(operation, input, how);
  }
}

/**
 * Asks the server for something.
 * @throws ApiProblem when it refuses, Unreachable when it does not answer
 */
export const look = <Path extends string, Query, Data>(
  operation: ReadOperation<Path, Query, Data>,
  input: ReadInput<Path, Query>,
  how: Ask = {},
): Promise<Answer<Data>> => askSignedIn<Data>(operation as ReadOperation, input as Input, how);

/**
 * Changes something. Without a key of the caller's each call is an action of its own.
 * @throws ApiProblem when it is refused, Unreachable when nobody answered: send the same again with the same key
 */
export const change = <Path extends string, Body, Data>(
  operation: ChangeOperation<Path, Body, Data>,
  input: ChangeInput<Path, Body>,
  how: Ask = {},
): Promise<Answer<Data>> =>
  askSignedIn<Data>(operation as ChangeOperation, input as Input, { key: browser.newId(), ...how });

import type { Request, Response } from 'express';
import type { Core } from '../commands/core.ts';
import { Rejection } from '../commands/perform.ts';
import { isStorageFailure } from '../db/storage-failure.ts';
import { isLoopback } from '../kernel/addresses.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import { Problem } from '../kernel/verdict.ts';
import { type Answer, failure, success } from './answer.ts';
import type { Doors } from './doors.ts';
import type { Authenticate } from './identity.ts';
import { plainAddress } from './own-hosts.ts';
import { type Page, sendPage } from './pages.ts';
import { createPathTable, type Lookup, pathForms } from './paths.ts';
import { decodeParams, readQuery } from './read-input.ts';
import { isCommandRoute, type Route } from './route.ts';
import { runCommand } from './run-command.ts';
import { runRead } from './run-read.ts';
import { dataHeaders } from './security-headers.ts';
import { type HttpLog, logVisit, type Visit } from './visit.ts';
import { identify } from './who-asks.ts';

export interface EdgeDeps extends Doors {
  readonly core: Core;
  readonly routes: readonly Route[];
  readonly pages: readonly Page[];
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: HttpLog;
  readonly mayAsk: (address: string) => boolean;
  readonly isOurHost: (approach: {
    host: string | undefined;
    origin: string | undefined;
    localAddress: string | undefined;
  }) => boolean;
  /** False once the server is stopping. */
  readonly accepting: () => boolean;
}

type Target = { readonly route: Route } | { readonly page: Page };
type Edge = (request: Request, response: Response) => Promise<void>;

const saneId = /^[\w.:-]{1,64}$/;

/** Everything between a request and its answer that is the same for every route. */
export function createEdge(deps: EdgeDeps): Edge {
  const { core, authenticate, clock, ids, log } = deps;
  const table = createPathTable<Target>();
  for (const route of deps.routes) table.add(route.method, route.path, { route });
  for (const page of deps.pages) table.add('get', page.path, { page });

  const lookUp = (method: string, path: string): Lookup<Target> => {
    let last: Lookup<Target> = { kind: 'unknown' };
    for (const form of pathForms(path)) {
      const found = table.find(method, form);
      if (found.kind === 'found') return found;
      if (found.kind === 'other_method' && last.kind === 'unknown') last = found;
    }
    return last;
  };

  function insistWelcome(request: Request, address: string): void {
    const { headers, socket } = request;
    if (!deps.mayAsk(address)) throw new Problem('RATE_LIMIT_EXCEEDED', { retry_after_seconds: 1 });
    const approach = { host: headers.host, origin: headers.origin, localAddress: socket.localAddress };
    if (!deps.isOurHost(approach)) throw new Problem('HOST_NOT_ALLOWED');
    if (!deps.accepting()) throw new Problem('SERVICE_UNAVAILABLE');
  }

  /** The answer to a request, or null where a page has sent itself. */
  async function serve(request: Request, response: Response, visit: Visit): Promise<Answer | null> {
    const { address } = visit;
    insistWelcome(request, address);
    const { path, search } = splitUrl(request.url);
    visit.path = path.slice(0, 200);
    const method = (request.method ?? '').toLowerCase();
    const found = lookUp(method === 'head' ? 'get' : method, path);
    if (found.kind === 'unknown') throw new Problem('NOT_FOUND', { reason: 'unknown_path' });
    if (found.kind === 'other_method') {
      const allow = [...found.methods.map((one) => one.toUpperCase()), 'OPTIONS'];
      if (allow.includes('GET')) allow.push('HEAD');
      const at = clock.now();
      const message = 'These are the methods this address takes.';
      const answer =
        method === 'options'
          ? success({ allow }, { status: 200, message, plural: null, at, replayed: false })
          : refusal(new Problem('METHOD_NOT_ALLOWED', { allow }), visit);
      return { ...answer, headers: { ...answer.headers, Allow: allow.join(', ') } };
    }

    const { target } = found.match;
    const params = decodeParams(found.match.params);
    const query = readQuery(search);
    const access = 'page' in target ? target.page.access : target.route.access;
    const now = clock.now();
    const { headers } = request;
    const identity = await identify(authenticate, access, { headers, address, connection: core.connection(), now });
    visit.actorId = identity.actor.id;
    visit.deviceId = identity.deviceId;
    if ('page' in target) {
      response.setHeader('X-Request-Id', visit.id);
      const gzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
      await sendPage(target.page, response, { identity, address, loopback: isLoopback(address), query, gzip });
      return null;
    }
    const { route } = target;
    visit.operation = route.operation;
    const asked = { request, response, identity, params, query, visit };
    return isCommandRoute(route) ? runCommand(deps, route, asked) : runRead(deps, route, asked);
  }

  /** Every way in which a request can end badly, as an answer. Only a bug has no answer of its own. */
  function refusal(error: unknown, visit: Visit): Answer {
    if (error instanceof Rejection) {
      const { problem, errorId, recordedAt: at, replayed } = error;
      Object.assign(visit, { problem: problem.code, errorId, replayed });
      return failure(problem, { errorId, at, replayed });
    }
    const errorId = ids.next();
    const problem =
      error instanceof Problem ? error : new Problem(isDiskTrouble(error) ? 'STORE_READ_ONLY' : 'INTERNAL_ERROR');
    Object.assign(visit, { problem: problem.code, errorId });
    if (problem !== error) {
      const stack = error instanceof Error ? error.stack : String(error);
      log('error', 'a request failed', { request_id: visit.id, error_id: errorId, operation: visit.operation, stack });
    }
    return failure(problem, { errorId, at: clock.now(), replayed: false });
  }

  /** While the database is being reopened there is a moment without one. */
  const isDiskTrouble = (error: unknown): boolean => isStorageFailure(error) || !core.connection().sqlite.open;

  return async (request, response) => {
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && saneId.test(given) ? given : ids.next();
    const visit: Visit = {
      id,
      address: plainAddress(request.socket.remoteAddress),
      method: request.method,
      started: clock.monotonic(),
      path: '',
    };
    response.once('close', () => logVisit(log, visit, response, clock.monotonic()));
    let answer: Answer | null;
    try {
      answer = await serve(request, response, visit);
    } catch (error) {
      answer = refusal(error, visit);
    }
    if (answer === null || response.headersSent) return;
    // The rest of a body without end would be read for ever on a connection that stays.
    const endless = answer.status === 413 && !request.complete;
    send(response, answer, id, deps.accepting() && !endless);
  };
}

function send(response: Response, { status, headers, body }: Answer, requestId: string, stays: boolean): void {
  const all = [...dataHeaders, 'X-Request-Id', requestId, 'Content-Type', 'application/json; charset=utf-8'];
  all.push('Cache-Control', 'no-store', 'Content-Length', String(Buffer.byteLength(body)));
  for (const name in headers) all.push(name, headers[name] as string);
  if (!stays) all.push('Connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

function splitUrl(url: string): { path: string; search: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, search: '' } : { path: url.slice(0, at), search: url.slice(at + 1) };
}

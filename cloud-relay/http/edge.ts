import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { type Answer, failure, success } from '../../store-server/http/answer.ts';
import { problemOf, sayIssue } from '../../store-server/http/field-errors.ts';
import { createFloodLimit } from '../../store-server/http/flood-limit.ts';
import { readJsonBody } from '../../store-server/http/json-body.ts';
import { plainAddress } from '../../store-server/http/own-hosts.ts';
import { createPathTable } from '../../store-server/http/paths.ts';
import { dataHeaders } from '../../store-server/http/security-headers.ts';
import type { Clock } from '../../store-server/kernel/clock.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Log } from '../../store-server/log.ts';
import { isDatabaseTrouble } from './database-trouble.ts';
import { type Receipts, requestKey } from './receipts.ts';
import { mayUse, type Person, type Route } from './route.ts';
import { words } from './words.ts';

export interface EdgeDeps {
  readonly routes: readonly Route[];
  /** Whose token this is. @throws Problem of status 401 */
  readonly authenticate: (token: string, now: number) => Promise<Person>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly receipts: Receipts;
  /** False once the relay is stopping. */
  readonly accepting: () => boolean;
  /** Tells the metrics; ms. */
  readonly onAnswer: (operation: string, status: number, ms: number) => void;
  /** Answers what is no operation of the API, such as pages and metrics; false for what it does not know. */
  readonly pages: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
}

const PER_SECOND = 300;
const BODY_BYTES = 256 * 1024;
/** What a person changes; whoever is nobody yet, and stores, have ways of their own to repeat what was lost. */
const isChange = ({ method, access }: Route): boolean => method !== 'get' && access !== 'public' && access !== 'store';
const nobody: Person = { tenantId: '', personId: '', sessionId: '', role: 'viewer' };

/** Everything between a request and its answer that is the same for every route. */
export function createEdge(deps: EdgeDeps): RequestListener {
  const { clock, ids, log } = deps;
  const table = createPathTable<Route>();
  for (const route of deps.routes) table.add(route.method, route.path, route);
  const mayAsk = createFloodLimit(PER_SECOND, clock.monotonic);

  async function serve(request: IncomingMessage, response: ServerResponse, visit: Visit): Promise<Answer | null> {
    if (!deps.accepting()) throw new Problem('SERVICE_UNAVAILABLE');
    const url = request.url ?? '/';
    const cut = url.indexOf('?');
    const path = cut < 0 ? url : url.slice(0, cut);
    const method = (request.method ?? '').toLowerCase();
    const found = table.find(method === 'head' ? 'get' : method, path);
    if (found.kind === 'other_method') {
      const allow = found.methods.map((one) => one.toUpperCase());
      const answer = refusal(new Problem('METHOD_NOT_ALLOWED', { allow }), visit);
      return { ...answer, headers: { ...answer.headers, Allow: allow.join(', ') } };
    }
    if (found.kind === 'unknown') {
      if (await deps.pages(request, response, path)) return null;
      throw new Problem('NOT_FOUND', { reason: 'unknown_path' });
    }
    const { target: route, params } = found.match;
    visit.operation = route.operation;
    // Stores of one chain may share an address; each is slowed down by its own pace instead.
    if (route.access !== 'store' && !mayAsk(visit.address)) throw new Problem('RATE_LIMIT_EXCEEDED');
    const now = clock.now();
    const person = await whoAsks(route, request, now);
    visit.tenantId = person.tenantId || undefined;
    const body = route.body === null ? undefined : parse(route.body, (await readJsonBody(request, BODY_BYTES)).value);
    const query = route.query === null ? {} : parse(route.query.strict(), fieldsOf(cut < 0 ? '' : url.slice(cut + 1)));
    const asked = { person, params, body, query, request, address: visit.address, now };
    const work = () => route.answer(asked as never);
    const key = isChange(route) ? requestKey(request.headers) : null;
    const { operation } = route;
    const { payload, repeated } =
      key === null
        ? { payload: await work(), repeated: null }
        : await deps.receipts.once({ person, key, operation, input: { params, query, body: body ?? null }, now }, work);
    const message = route.status === 201 ? 'Created.' : 'Success';
    // A repeat has the time of the first answer, as it has its words.
    const at = key === null ? clock.now() : (repeated ?? now);
    return success(payload, { status: route.status, message, plural: null, at, replayed: repeated !== null });
  }

  async function whoAsks({ access }: Route, { headers }: IncomingMessage, now: number): Promise<Person> {
    if (access === 'public' || access === 'store') return nobody;
    const token = bearerOf(headers.authorization);
    if (token === null) throw new Problem('AUTHENTICATION_ERROR');
    const person = await deps.authenticate(token, now);
    if (!mayUse(access, person)) throw new Problem('FORBIDDEN');
    return person;
  }

  function refusal(error: unknown, visit: Visit): Answer {
    const errorId = ids.next();
    const trouble = isDatabaseTrouble(error);
    const problem = error instanceof Problem ? error : new Problem(trouble ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_ERROR');
    visit.problem = problem.code;
    if (problem !== error) {
      const stack = error instanceof Error ? error.stack : String(error);
      log(trouble ? 'warn' : 'error', 'a request failed', { error_id: errorId, operation: visit.operation, stack });
    }
    return failure(problem, { errorId, at: clock.now(), replayed: false, words });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = clock.monotonic();
    const visit: Visit = { address: plainAddress(request.socket.remoteAddress), operation: 'none' };
    let answer: Answer | null;
    try {
      answer = await serve(request, response, visit);
    } catch (error) {
      answer = refusal(error, visit);
    }
    if (answer !== null && !response.headersSent) send(request, response, answer, deps.accepting());
    const ms = Math.round((clock.monotonic() - started) * 10) / 10;
    deps.onAnswer(visit.operation, response.statusCode, ms);
    // Every store calls every second: what went well is in the metrics.
    if (response.statusCode >= 400 || visit.operation.startsWith('auth.'))
      log(response.statusCode >= 500 ? 'warn' : 'info', 'request', { ...visit, status: response.statusCode, ms });
  }
  return (request, response) => void handle(request, response);
}

interface Visit {
  readonly address: string;
  operation: string;
  tenantId?: string | undefined;
  problem?: string;
}

/** The token of `Authorization: Bearer …`, or null. */
export const bearerOf = (header: string | undefined): string | null =>
  /^Bearer ([\w.~+/=-]+)$/i.exec(header ?? '')?.[1] ?? null;

/** @throws Problem VALIDATION_ERROR or UNKNOWN_FIELD */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value ?? {}, { error: sayIssue });
  if (!read.success) throw problemOf(read.error);
  return read.data;
}

function fieldsOf(search: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(fields, name)) throw new Problem('VALIDATION_ERROR', { field: name.slice(0, 100) });
    fields[name] = value;
  }
  return fields;
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer, stays: boolean): void {
  const { status, headers, body } = answer;
  const all = [...dataHeaders, 'Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store'];
  all.push('Content-Length', String(Buffer.byteLength(body)));
  for (const [name, value] of Object.entries(headers)) all.push(name, value);
  // The rest of a body that is refused would be read for ever on a connection that stays.
  if (!stays || !request.complete) all.push('Connection', 'close');
  response.writeHead(status, all);
  response.end(request.method === 'HEAD' ? undefined : body);
}

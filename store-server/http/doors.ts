import type { Request, Response } from 'express';
import type { Caller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import type { Command } from '../commands/define.ts';
import { type Applied, Rejection } from '../commands/perform.ts';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/verdict.ts';
import { type Answer, success } from './answer.ts';
import type { Identity } from './identity.ts';
import { readJsonBody } from './json-body.ts';
import { readCommandInput, readReadInput } from './read-input.ts';
import { loopTurn, printOf, type Repeats } from './repeats.ts';
import { requestKey } from './request-key.ts';
import { withoutRestaurant } from './restaurant.ts';
import type { CommandRoute, ReadContext, ReadRoute } from './route.ts';
import type { Visit } from './visit.ts';
import { callerFrom } from './who-asks.ts';

/** What the two doors, one to change and one to look, need of the server. */
export interface Doors {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: () => string;
  readonly businessDay: (now: number) => string;
  readonly repeats: Repeats;
  /** Bytes. */
  readonly bodyLimit: number;
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

/** Answers a read at once, from the present state. */
export async function runRead(doors: Doors, route: ReadRoute, asked: Asked): Promise<Answer> {
  const { core, clock } = doors;
  const { request, identity, params, visit } = asked;
  const caller = callerFrom(identity, request.headers, visit.address);
  const restaurantId = doors.restaurantId();
  const { query } = withoutRestaurant(restaurantId, {
    headers: request.headers,
    params,
    query: asked.query,
    body: null,
  });
  const { value, ignored } = readReadInput(route, { params, query, body: undefined });
  visit.ignored = ignored;
  const now = clock.now();
  const at: ReadContext = {
    connection: core.connection(),
    actor: identity.actor,
    caller,
    now,
    businessDay: doors.businessDay(now),
    restaurantId,
  };
  const payload = await route.read(at, value as never);
  return success(payload, { status: 200, message: 'Success', plural: route.plural, at: now, replayed: false });
}

/** Runs a command, or finds the answer that an earlier copy of the request was given. */
export async function runCommand(doors: Doors, route: CommandRoute, asked: Asked): Promise<Answer> {
  const { request, response, identity, visit } = asked;
  const { command } = route;
  insistPermitted(command, identity);
  const body = await readJsonBody(request, doors.bodyLimit);
  const restaurantId = doors.restaurantId();
  const sent = withoutRestaurant(restaurantId, {
    headers: request.headers,
    params: asked.params,
    query: asked.query,
    body: body.value,
  });
  const { key, unkeyed } = requestKey(request.headers, route, sent.body);
  const caller: Caller = { ...callerFrom(identity, request.headers, visit.address), key };
  const perform = (as: Caller) => execute(doors, route, as, { ...sent, params: asked.params }, visit);
  if (!unkeyed || !command.keepsReceipt) return perform(caller);

  const { repeats } = doors;
  const print = printOf(request, visit.address, body.bytes);
  // A client that hung up and asked again may overtake itself; after two turns of the loop a closed connection shows.
  await loopTurn();
  await loopTurn();
  if (request.socket.readableEnded || request.socket.destroyed) throw new Problem('BAD_REQUEST', { reason: 'gone' });
  const unheard = repeats.takeUnheard(print);
  const answering = unheard ?? perform({ ...caller, looksRepeated: repeats.cameLately(print) });
  if (unheard === undefined) repeats.begin(print, answering);
  ifUnheard(request, response, () => repeats.leaveUnheard(print, answering));
  const answer = await answering;
  // The same before we write: what cannot be heard any more is left for the client to ask for.
  await loopTurn();
  if (unheard === undefined) return answer;
  visit.replayed = true;
  return { ...answer, headers: { ...answer.headers, 'Idempotency-Replayed': 'true' } };
}

/** Calls back, once, if the client hangs up before its answer was written. Hanging up shows before the socket closes. */
function ifUnheard({ socket }: Request, response: Response, callBack: () => void): void {
  const ended = () => {
    if (!response.writableEnded) callBack();
  };
  socket.once('end', ended);
  response.once('close', () => {
    socket.off('end', ended);
    if (!response.writableFinished && !socket.readableEnded) callBack();
  });
}

/** Spares slow preparation (hashing a password) for people who may not do this anyway. */
function insistPermitted({ permission, target }: Command, { actor }: Identity): void {
  if (permission !== null && target === undefined && !actor.may(permission)) {
    if (actor.id === null) throw new Problem('AUTHENTICATION_ERROR');
    throw new Problem('FORBIDDEN', { permission });
  }
}

interface SentParts {
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
}

async function execute(
  { core, restaurantId }: Doors,
  route: CommandRoute,
  caller: Caller,
  { params, query, body }: SentParts,
  visit: Visit,
): Promise<Answer> {
  const sent = { params, body };
  let applied: Applied;
  try {
    const { value, ignored } = readCommandInput(route, { params, query, body }, caller);
    visit.ignored = ignored;
    applied = await core.execute(route.command, caller, value, sent);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    applied = await keepRefusal(core, route.command, caller, sent, error);
  }
  const replayed = applied.outcome === 'duplicate';
  visit.replayed = replayed;
  // A repeat has to get the same status, so a route is not told that it is one.
  const first: Applied = { ...applied, outcome: 'applied' };
  const payload = route.toDto(applied.data as never, { restaurantId: restaurantId() });
  const { message, plural } = route;
  return success(payload, { status: route.status(first), message, plural, at: applied.recordedAt, replayed });
}

/**
 * Input that a schema refuses never reaches its command, but a key that came with it is spent all the same: the same
 * request gets the same refusal, and the key cannot stand for another one. So the refusal is put on record. Whoever
 * was accepted with it once, before the schema became stricter, is answered as then.
 * @throws Problem or Rejection
 */
async function keepRefusal(
  core: Core,
  { name, keepsReceipt, input }: Command,
  caller: Caller,
  sent: unknown,
  problem: Problem,
): Promise<Applied> {
  if (caller.key === null || caller.scope === null || !keepsReceipt || !problem.final) throw problem;
  const handle = () => {
    throw problem;
  };
  try {
    const refusing: Command = { name, keepsReceipt, input, permission: null, handle };
    return await core.execute(refusing, { ...caller, approvalId: null }, sent, sent);
  } catch (error) {
    // A full disk is no reason to hide what is wrong with the request.
    throw error instanceof Rejection && error.problem.status >= 500 ? problem : error;
  }
}

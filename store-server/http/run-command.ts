import type { Request, Response } from 'express';
import type { Caller } from '../commands/caller.ts';
import type { Command } from '../commands/define.ts';
import type { Applied } from '../commands/perform.ts';
import { Problem } from '../kernel/verdict.ts';
import { type Answer, success } from './answer.ts';
import type { Asked, Doors } from './doors.ts';
import type { Identity } from './identity.ts';
import { readJsonBody } from './json-body.ts';
import { keepRefusal } from './kept-refusal.ts';
import { readCommandInput, type Sent } from './read-input.ts';
import { loopTurn, printOf } from './repeats.ts';
import { requestKey } from './request-key.ts';
import { withoutRestaurant } from './restaurant.ts';
import type { CommandRoute } from './route.ts';
import type { Visit } from './visit.ts';
import { callerFrom } from './who-asks.ts';

/** Runs a command, or finds the answer that an earlier copy of the request was given. */
export async function runCommand(doors: Doors, route: CommandRoute, asked: Asked): Promise<Answer> {
  const { request, response, identity, visit } = asked;
  const { command } = route;
  insistPermitted(command, identity);
  const body = await readJsonBody(request, Math.max(doors.bodyLimit, route.bodyBytes));
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
  if (!command.keepsReceipt) return perform(caller);
  await insistStillThere(request);
  if (!unkeyed) return perform(caller);

  const { repeats } = doors;
  const print = printOf(request, visit.address, body.bytes);
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

/**
 * A client that hung up and asked again may overtake itself, with a key or without: its second request is refused, say,
 * and then the first one done all the same. After two turns of the loop a connection that was closed shows.
 * @throws Problem BAD_REQUEST, which nobody hears
 */
async function insistStillThere({ socket }: Request): Promise<void> {
  await loopTurn();
  await loopTurn();
  if (socket.readableEnded || socket.destroyed) throw new Problem('BAD_REQUEST', { reason: 'gone' });
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

async function execute(
  { core, restaurantId }: Doors,
  route: CommandRoute,
  caller: Caller,
  { params, query, body }: Sent,
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

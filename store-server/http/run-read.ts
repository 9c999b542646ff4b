import { type Answer, success } from './answer.ts';
import type { Asked, Doors } from './doors.ts';
import { readReadInput } from './read-input.ts';
import { withoutRestaurant } from './restaurant.ts';
import type { ReadContext, ReadRoute } from './route.ts';
import { callerFrom } from './who-asks.ts';

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
    readAside: doors.readAside ?? (async (long, input) => long.read(core.connection(), input)),
  };
  const payload = await route.read(at, value as never);
  return success(payload, { status: 200, message: 'Success', plural: route.plural, at: now, replayed: false });
}

import type { Audience } from '#contract/facts.ts';
import type { Actor } from '../commands/caller.ts';

/** The four sockets; a room is what a screen is for, a role limits what it is shown there. */
export type Room = 'general' | 'kitchen' | 'pos' | 'management';

const roomNames: readonly string[] = ['kitchen', 'pos', 'management'];

/** Paths that lead to a socket: the documented one and the two that older clients open. */
const socketPath = /^\/(?:(?:api\/v1\/)?websocket\/)?ws\/(?:(kitchen|pos|management)\/)?([^/]+)\/?$/;

export interface SocketAddress {
  readonly room: Room;
  readonly restaurantId: string;
}

/** Reads a socket's path; undefined for any other path. */
export function socketAddress(path: string): SocketAddress | undefined {
  const match = socketPath.exec(path);
  if (match === null) return undefined;
  const [, room, restaurantId = ''] = match;
  if (room === undefined && roomNames.includes(restaurantId)) return undefined;
  return {
    room: (room as Room | undefined) ?? 'general',
    restaurantId: restaurantId.toLowerCase(),
  };
}

/** What somebody may hear of at all, by role: managers everything, the kitchen only the kitchen's. */
export function audiencesOf(actor: Actor): readonly Audience[] {
  if (actor.may('status.read')) return ['pos', 'kitchen', 'management'];
  if (actor.may('orders.take')) return ['pos', 'kitchen'];
  return actor.may('kitchen.read') ? ['kitchen'] : [];
}

/** What this room shows to this person; empty when they have no business in it. */
export function audiencesIn(room: Room, actor: Actor): readonly Audience[] {
  const may = audiencesOf(actor);
  return room === 'general' ? may : may.filter((audience) => audience === room);
}

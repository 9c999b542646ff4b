import WebSocket from 'ws';
import type { Room } from '../../store-server/realtime/rooms.ts';
import type { ApiClient } from './api-client.ts';

export interface Frame {
  readonly type: string;
  readonly seq?: number;
  readonly cursor?: string;
  readonly restaurant_id: string;
  // What was told is what the tests look at.
  // biome-ignore lint/suspicious/noExplicitAny: a body of unknown shape
  readonly data: any;
}

/** One socket into a room, and everything that came out of it. */
export interface Ear {
  readonly frames: readonly Frame[];
  /** The kinds of the facts heard so far, in order, such as `order.fired`. */
  facts(): string[];
  /** Waits for the first frame that fits, those heard before included. @throws after `ms` without one */
  next(fits: string | ((frame: Frame) => boolean), ms?: number): Promise<Frame>;
  /** The cursor after the last event, to resume from. */
  cursor(): string | undefined;
  /** The code with which the server ended it. */
  closed(): Promise<number>;
  send(message: object): void;
  hangUp(): void;
}

const PATIENCE_MS = 5_000;

/**
 * Listens to a room as whoever is signed in on this client. Resolves once it is live, with all that it missed, or refused.
 * @param cursor where an earlier ear stopped hearing
 */
export async function listen(api: ApiClient, restaurantId: string, room: Room, cursor?: string): Promise<Ear> {
  const place = room === 'general' ? restaurantId : `${room}/${restaurantId}`;
  const from = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const socket = new WebSocket(`ws://${api.host}:${api.port}/api/v1/websocket/ws/${place}${from}`, {
    headers: { Authorization: `Bearer ${api.token ?? ''}` },
  });
  const ear = earOn(socket);
  // With `at` it is live: from there on whatever happens is heard as it happens.
  await ear.next(({ type }) => type === 'at' || type === 'resync' || type === 'auth_error');
  return ear;
}

function earOn(socket: WebSocket): Ear {
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let code: number | undefined;
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  socket.on('message', (raw) => {
    frames.push(JSON.parse(String(raw)) as Frame);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', (given) => {
    code = given;
    wake();
  });
  const until = <Found>(look: () => Found | undefined, what: string, ms = PATIENCE_MS): Promise<Found> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        waiting.delete(check);
      };
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        settle();
        resolve(found);
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`Never heard ${what}; heard ${frames.map(({ type }) => type).join(', ')}`));
      }, ms);
      waiting.add(check);
      check();
    });
  return {
    frames,
    facts: () => frames.flatMap(({ data }) => (typeof data?.fact === 'string' ? [data.fact as string] : [])),
    next(fits, ms) {
      const hit = typeof fits === 'string' ? ({ type }: Frame) => type === fits : fits;
      return until(() => frames.find(hit), typeof fits === 'string' ? fits : 'that frame', ms);
    },
    cursor: () => frames.findLast((frame) => frame.cursor !== undefined)?.cursor,
    closed: () => until(() => code, 'the end of the socket'),
    send: (message) => socket.send(JSON.stringify(message)),
    hangUp: () => socket.terminate(),
  };
}

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Core } from '../commands/core.ts';
import { currentEpoch } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/verdict.ts';
import { createCursors } from './cursor.ts';
import type { Scope } from './fan-out.ts';
import { controlFrame } from './frames.ts';
import { type Identity, type Listener, type ListenerLimits, usualLimits } from './listener.ts';
import { bearerOf, type ClientMessage, readMessage } from './messages.ts';
import { audiencesIn, type Room, socketAddress } from './rooms.ts';
import { createStream } from './stream.ts';

/** Close codes that older clients know. 1000 would stop them from ever coming back, so the server never sends it. */
const closeCode = {
  unauthorised: 4001,
  timeout: 4002,
  forbidden: 4003,
  tooSlow: 4008,
  tooMany: 4009,
  restarting: 1012,
};

export interface RealtimeDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: string;
  readonly cursorKey: Buffer;
  /** Checks a token. @throws Problem when it is not good (any more) */
  authenticate(bearer: string, address: string): Promise<Identity>;
  /** Whether the request's Host and Origin are our own. */
  allowed(request: IncomingMessage): boolean;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
  readonly limits?: ListenerLimits;
  readonly authMs?: number;
  readonly beatMs?: number;
  readonly maxSockets?: number;
}

export interface Realtime {
  /** Takes over a server's upgrade requests. */
  attach(server: Server): void;
  listeners(): number;
  /** Closes every socket so that clients reconnect. */
  close(): Promise<void>;
}

/** Facts after which somebody's right to listen may be gone. */
const changesRights = /^(?:device\.revoked|staff\.(?:signed_out|changed|removed|role_changed))$/;

/** The live sockets: facts to rooms, filtered by role, resumable by cursor, one serialisation per event and scope. */
export function createRealtime(deps: RealtimeDeps): Realtime {
  const {
    core,
    clock,
    restaurantId,
    limits = usualLimits,
    authMs = 10_000,
    beatMs = 10_000,
    maxSockets = 1_000,
  } = deps;
  const cursors = createCursors(deps.cursorKey, () => currentEpoch(core.connection()));
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 16_384,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('token') ? 'token' : false),
  });

  const control = (socket: WebSocket, type: string, data: object): void =>
    socket.send(controlFrame(type, data, clock.now(), restaurantId));

  const stream = createStream({
    core,
    clock,
    restaurantId,
    cursors,
    limits,
    control,
    committed(kinds) {
      if (kinds.some((kind) => changesRights.test(kind))) for (const listener of listeners) void recheck(listener);
    },
  });
  const { listeners } = stream;

  const scopeOf = (room: Room, { actor }: Identity): Scope => ({
    name: `${room}|${actor.role}|${actor.preset ?? ''}`,
    audiences: new Set(audiencesIn(room, actor)),
  });

  async function recheck(listener: Listener): Promise<void> {
    try {
      listener.identity = await deps.authenticate(listener.bearer, '');
      listener.scope = scopeOf(listener.room as Room, listener.identity);
      if (listener.scope.audiences.size === 0) listener.socket.close(closeCode.forbidden, 'not for this role');
    } catch (error) {
      refuse(listener.socket, error);
    }
  }

  function refuse(socket: WebSocket, error: unknown): void {
    const problem = error instanceof Problem ? error : new Problem('INTERNAL_ERROR');
    if (!(error instanceof Problem)) deps.log('error', 'a socket could not be checked', { reason: String(error) });
    control(socket, 'auth_error', { code: problem.code, message: problem.message });
    socket.close(closeCode.unauthorised, problem.code);
  }

  async function admit(socket: WebSocket, room: Room, bearer: string, address: string): Promise<Listener | null> {
    let identity: Identity;
    try {
      identity = await deps.authenticate(bearer, address);
    } catch (error) {
      refuse(socket, error);
      return null;
    }
    const scope = scopeOf(room, identity);
    if (scope.audiences.size === 0) {
      control(socket, 'auth_error', { code: 'FORBIDDEN', message: 'Your role has no access to this channel.' });
      socket.close(closeCode.forbidden, 'not for this role');
      return null;
    }
    const { seq } = core.head();
    const now = clock.monotonic();
    const listener: Listener = {
      socket,
      room,
      identity,
      scope,
      bearer,
      state: 'live',
      seq,
      behindSince: 0,
      lastSentAt: now,
      heard: true,
      wanted: null,
    };
    listeners.add(listener);
    control(socket, 'authenticated', { user_id: identity.actor.id, role: identity.actor.role, room });
    const cursor = cursors.make(scope.name, seq);
    control(socket, 'hello', { epoch: currentEpoch(core.connection()), head: seq, cursor });
    return listener;
  }

  const answers: Readonly<Record<string, (listener: Listener, message: ClientMessage) => void>> = {
    ping: ({ socket }, message) => control(socket, 'pong', { timestamp: message.data['timestamp'] ?? clock.now() }),
    pong: () => undefined,
    resume: (listener, message) => stream.resume(listener, String(message.cursor ?? message.data['cursor'] ?? '')),
    subscribe(listener, { data }) {
      listener.wanted = new Set([...(listener.wanted ?? []), ...eventsIn(data)]);
      control(listener.socket, 'subscription_confirmed', { events: [...listener.wanted] });
    },
    unsubscribe(listener, { data }) {
      const less = new Set(eventsIn(data));
      const left = [...(listener.wanted ?? [])].filter((name) => !less.has(name));
      listener.wanted = left.length === 0 ? null : new Set(left);
      control(listener.socket, 'subscription_confirmed', { events: left });
    },
  };

  function open(socket: WebSocket, request: IncomingMessage, room: Room): void {
    const address = request.socket.remoteAddress ?? '';
    let listener: Listener | null = null;
    let admitting = false;
    const late = setTimeout(() => socket.close(closeCode.timeout, 'no sign-in in time'), authMs);

    const signIn = async (bearer: string): Promise<void> => {
      admitting = true;
      clearTimeout(late);
      if (listener !== null) listeners.delete(listener);
      listener = await admit(socket, room, bearer, address);
      if (socket.readyState !== socket.OPEN && listener !== null) listeners.delete(listener);
      admitting = false;
    };

    socket.on('message', (raw: RawData, binary: boolean) => {
      const message = binary ? null : readMessage(raw.toString());
      if (message === null) return control(socket, 'error', { message: 'This message is not readable.' });
      if (listener !== null) listener.heard = true;
      if (message.type === 'authenticate' || message.type === 'reauth') {
        if (!admitting) void signIn(message.token);
        return;
      }
      if (listener === null) return control(socket, 'error', { message: 'Please sign in on this socket first.' });
      const answer = Object.hasOwn(answers, message.type) ? answers[message.type] : undefined;
      if (answer === undefined) return control(socket, 'error', { message: `Unknown message type: ${message.type}` });
      answer(listener, message);
    });
    socket.on('pong', () => {
      if (listener !== null) listener.heard = true;
    });
    socket.on('close', () => {
      clearTimeout(late);
      if (listener !== null) listeners.delete(listener);
    });
    socket.on('error', (error) => deps.log('warn', 'a socket failed', { reason: error.message }));
    const bearer = bearerOf(request);
    if (bearer !== null) void signIn(bearer);
  }

  /** Once a beat: drop the dead, warn the expired, move quiet cursors, catch up those who have drained. */
  function beat(): void {
    const now = clock.monotonic();
    for (const listener of listeners) {
      const { socket } = listener;
      if (listener.identity.expiresAt <= clock.now()) {
        refuse(socket, new Problem('TOKEN_EXPIRED'));
        continue;
      }
      if (!listener.heard) {
        socket.terminate();
        continue;
      }
      listener.heard = false;
      socket.ping();
      if (listener.state === 'live' && now - listener.lastSentAt >= beatMs) {
        const { seq } = core.head();
        control(socket, 'at', { seq, cursor: cursors.make(listener.scope.name, seq) });
        listener.lastSentAt = now;
      }
    }
  }

  const timers = [setInterval(beat, beatMs), setInterval(stream.drain, Math.min(250, beatMs))];
  for (const timer of timers) timer.unref();

  /** Why a socket is not opened at all, as an HTTP status; null when it is. */
  function turnedAway(request: IncomingMessage): string | null {
    const address = addressOf(request);
    if (address === undefined) return '404 Not Found';
    if (!deps.allowed(request)) return '403 Forbidden';
    if (address.restaurantId !== restaurantId) return '404 Not Found';
    return server.clients.size >= maxSockets ? '503 Service Unavailable' : null;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const reason = turnedAway(request);
    if (reason !== null) {
      socket.end(`HTTP/1.1 ${reason}\r\nConnection: close\r\n\r\n`);
      return;
    }
    const room = addressOf(request)?.room ?? 'general';
    server.handleUpgrade(request, socket, head, (ws) => open(ws, request, room));
  }

  return {
    attach: (http) => void http.on('upgrade', upgrade),
    listeners: () => listeners.size,
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of server.clients) socket.close(closeCode.restarting, 'the store server is restarting');
      const gone = new Promise<void>((resolve) => server.close(() => resolve()));
      setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, 500).unref();
      await gone;
    },
  };
}

const addressOf = (request: IncomingMessage) => socketAddress((request.url ?? '').split('?')[0] as string);

const eventsIn = (data: Readonly<Record<string, unknown>>): string[] => {
  const { events } = data as { events?: unknown };
  return Array.isArray(events) ? events.filter((one): one is string => typeof one === 'string').slice(0, 50) : [];
};

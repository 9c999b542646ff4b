import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Commit, Core } from '../commands/core.ts';
import { currentEpoch } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import { changesRights, createAdmission, type SignInAsked } from './admission.ts';
import { closeCode } from './close-codes.ts';
import { createConversation } from './conversation.ts';
import { type Cursors, createCursors } from './cursor.ts';
import { createDoor } from './door.ts';
import { controlFrame } from './frames.ts';
import { type RealtimeLimits, usualLimits } from './limits.ts';
import type { Guest, Identity } from './listener.ts';
import { bearerOf, cursorOf } from './messages.ts';
import type { Room } from './rooms.ts';
import { createStream } from './stream.ts';

export interface RealtimeDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: () => string;
  /** 32 secret bytes of this store. */
  readonly cursorKey: Buffer;
  /** Checks a token. @throws Problem when it is not good (any more) */
  authenticate(bearer: string, address: string): Promise<Identity>;
  /** Whether the request's Host and Origin are our own. */
  allowed(request: IncomingMessage): boolean;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
  readonly limits?: Partial<RealtimeLimits>;
}

/** Where upgrade requests come from: an HTTP server, or whatever stands before several of them. */
export interface UpgradeSource {
  on(event: 'upgrade', listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): unknown;
}

export interface Realtime {
  /** Takes over a server's upgrade requests. */
  attach(server: UpgradeSource): void;
  /** How many sockets are signed in. */
  listeners(): number;
  /** The registered devices that have a line of their own at this moment. */
  devices(): ReadonlySet<string>;
  /** Epoch ms at which a registered device's line last ended, since this was made. */
  lastSeen(): ReadonlyMap<string, number>;
  /** Closes every socket so that clients come back. */
  close(): Promise<void>;
}

/** How long a socket may take to agree to being closed, and all of them when the server stops. */
const closeTimeout = { closeTimeout: 2_000 };
const LAST_CLOSE_MS = 500;
const DRAIN_LOOK_MS = 250;

/** The live sockets: facts to rooms, filtered by role, resumable by cursor, one serialisation per event and scope. */
export function createRealtime(deps: RealtimeDeps): Realtime {
  const { core, clock, restaurantId, authenticate, log } = deps;
  const limits: RealtimeLimits = { ...usualLimits, ...deps.limits };
  let epoch = currentEpoch(core.connection());
  const guests = new Set<Guest>();
  const lastSeen = new Map<string, number>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    ...closeTimeout,
    handleProtocols: (offered) => (offered.has('token') ? 'token' : false),
  });

  const control = (socket: WebSocket, type: string, data: object): void => {
    if (socket.readyState !== socket.OPEN) return;
    // Whoever asks and asks without ever reading the answers is not waited for.
    if (socket.bufferedAmount > 2 * limits.bufferedBytes) socket.terminate();
    else socket.send(controlFrame(type, data, clock.now(), restaurantId()));
  };
  let ofEpoch = createCursors(deps.cursorKey, epoch);
  const cursors: Cursors = {
    make: (scope, at) => ofEpoch.make(scope, at),
    read: (text, scope, head) => ofEpoch.read(text, scope, head),
  };
  const stream = createStream({ core, clock, restaurantId, epoch: () => epoch, cursors, limits, control, log });
  const admission = createAdmission({ clock, restaurantId, stream, limits, authenticate, control, log });
  const conversation = createConversation({ control, clock, stream, limits, signIn });

  const tells = (entries: Commit['entries'], told: (kind: string) => boolean): boolean =>
    entries.some(({ facts }) => facts.some(({ fact }) => told(fact.kind)));
  core.onCommit(({ entries }) => {
    if (tells(entries, (kind) => changesRights.has(kind))) void admission.recheck();
    if (tells(entries, (kind) => kind === 'store.branched')) enterEpoch();
  });

  function enterEpoch(): void {
    epoch = currentEpoch(core.connection());
    ofEpoch = createCursors(deps.cursorKey, epoch);
    for (const listener of [...stream.listeners]) stream.resync(listener, 'other_epoch');
  }
  core.onExchange(() => {
    enterEpoch();
    // Whoever is not known in the restored state has to sign in again.
    void admission.recheck();
  });

  async function signIn(guest: Guest, asked: SignInAsked): Promise<void> {
    if (guest.signingIn) return;
    guest.signingIn = true;
    try {
      await admission.signIn(guest, asked);
    } catch (error) {
      giveUp(guest.socket, error);
    }
    guest.signingIn = false;
  }

  /** Something of ours went wrong (the disk, a bug): this socket ends, the server does not. */
  function giveUp(socket: WebSocket, error: unknown): void {
    log('error', 'a socket had to be given up', { reason: String(error) });
    socket.close(closeCode.internalError, 'internal error');
  }

  function open(socket: WebSocket, wire: Duplex, request: IncomingMessage, room: Room): void {
    const address = request.socket.remoteAddress ?? '';
    const guest: Guest = { socket, wire, room, address, listener: null, signingIn: false, messages: 0 };
    guests.add(guest);
    const late = setTimeout(() => {
      if (guest.listener === null) socket.close(closeCode.signInTimeout, 'no sign-in in time');
    }, limits.signInMs);
    const alive = (): void => {
      if (guest.listener !== null) guest.listener.heard = true;
    };
    socket.on('message', (raw: RawData, binary: boolean) => {
      alive();
      if (!conversation.mayTalk(guest)) return;
      try {
        conversation.hear(guest, binary ? null : raw.toString());
      } catch (error) {
        giveUp(socket, error);
      }
    });
    socket.on('ping', () => void conversation.mayTalk(guest));
    socket.on('pong', alive);
    socket.on('close', () => {
      clearTimeout(late);
      guests.delete(guest);
      if (guest.listener === null) return;
      const { deviceId } = guest.listener.identity;
      if (deviceId !== null) lastSeen.set(deviceId, clock.now());
      stream.leave(guest.listener);
    });
    socket.on('error', (error) => log('warn', 'a socket failed', { reason: error.message }));
    const bearer = bearerOf(request);
    if (bearer !== null) void signIn(guest, { bearer, cursor: cursorOf(request), restaurant: undefined });
  }

  function beat(): void {
    for (const guest of guests) guest.messages = 0;
    for (const listener of stream.listeners) {
      admission.watchExpiry(listener);
      // One that reads slowly has its ping behind everything else; `drain` decides about it.
      if (!listener.heard && listener.state !== 'behind') listener.socket.terminate();
      if (!stream.listeners.has(listener)) continue;
      listener.heard = false;
      if (listener.socket.readyState === listener.socket.OPEN) listener.socket.ping();
      stream.remind(listener);
    }
  }

  const timers = [
    setInterval(beat, limits.beatMs),
    setInterval(stream.drain, Math.min(DRAIN_LOOK_MS, limits.beatMs, limits.drainMs)),
  ];
  for (const timer of timers) timer.unref();

  const upgrade = createDoor({ server, restaurantId, limits, guests, allowed: deps.allowed, open });

  return {
    attach: (http) => void http.on('upgrade', upgrade),
    listeners: () => stream.listeners.size,
    devices: () => new Set([...stream.listeners].flatMap(({ identity }) => identity.deviceId ?? [])),
    lastSeen: () => lastSeen,
    async close() {
      for (const timer of timers) clearInterval(timer);
      const gone = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of server.clients) socket.close(closeCode.restarting, 'the store server is restarting');
      const last = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, LAST_CLOSE_MS);
      await gone;
      clearTimeout(last);
    },
  };
}

import type { WebSocket } from 'ws';
import type { Actor } from '../commands/caller.ts';
import type { Position } from './cursor.ts';
import type { EventName } from './events.ts';
import type { ReadyFrame, Scope } from './fan-out.ts';
import type { Room } from './rooms.ts';

/** What a socket was told it may be: the result of checking its token. */
export interface Identity {
  readonly actor: Actor;
  readonly deviceId: string | null;
  /** Epoch ms when the token runs out. */
  readonly expiresAt: number;
}

/** All times in ms. */
export interface RealtimeLimits {
  /** How long a socket may take to sign in. */
  readonly signInMs: number;
  /** Between two heartbeats. */
  readonly beatMs: number;
  /** How long a client that was told where it stands has to ask for what it missed, before it is simply sent. */
  readonly askMs: number;
  /** Bytes that may wait in a socket before nothing more is pushed to it. */
  readonly bufferedBytes: number;
  /** How long a slow socket has to drain before it is dropped. */
  readonly drainMs: number;
  /** How far back a cursor may reach. */
  readonly replayMs: number;
  /** How long before its end a token's end is announced. */
  readonly expiryNoticeMs: number;
  /** Longest message of a client, in bytes. */
  readonly messageBytes: number;
  /** Messages of one socket from one beat to the next. */
  readonly messagesPerBeat: number;
  readonly sockets: number;
  readonly socketsPerUser: number;
  /** Sockets of one address that have not signed in yet. */
  readonly strangersPerAddress: number;
}

export const usualLimits: RealtimeLimits = {
  signInMs: 10_000,
  beatMs: 10_000,
  askMs: 1_000,
  bufferedBytes: 1_048_576,
  drainMs: 30_000,
  replayMs: 72 * 60 * 60 * 1_000,
  expiryNoticeMs: 300_000,
  messageBytes: 10_240,
  messagesPerBeat: 300,
  sockets: 2_000,
  socketsPerUser: 200,
  strangersPerAddress: 250,
};

/** A socket, signed in or not. */
export interface Guest {
  readonly socket: WebSocket;
  readonly room: Room;
  readonly address: string;
  /** Set once it has signed in. */
  listener: Listener | null;
  /** Its token is being looked at. */
  signingIn: boolean;
  /** Messages since the last beat. */
  messages: number;
}

/**
 * One signed-in socket.
 * - `live`: gets events as they happen.
 * - `catching_up`: is sent from the journal what came after `at`, or is given a moment to say from where.
 * - `behind`: read too slowly; gets nothing until it has drained.
 */
export interface Listener {
  readonly socket: WebSocket;
  readonly room: Room;
  readonly address: string;
  identity: Identity;
  scope: Scope;
  bearer: string;
  state: 'live' | 'catching_up' | 'behind';
  /** Everything visible up to here has been sent. */
  at: Position;
  /** Cancels the next step of catching up. */
  cancelNext: (() => void) | null;
  /** Monotonic ms. */
  behindSince: number;
  /** Whether anything was sent, and anything heard, since the last beat. */
  quiet: boolean;
  heard: boolean;
  expiryTold: boolean;
  /** Event names it asked for; null for all. */
  wanted: ReadonlySet<EventName> | null;
}

/** Sends an event, if this listener asked for such and it is not their own sign-in. */
export function push(listener: Listener, { text, name, notFor }: ReadyFrame): void {
  if (notFor !== null && notFor === listener.identity.actor.id) return;
  if (listener.wanted !== null && !listener.wanted.has(name)) return;
  listener.socket.send(text);
  listener.quiet = false;
}

import type { Duplex } from 'node:stream';
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

/** A socket, signed in or not. */
export interface Guest {
  readonly socket: WebSocket;
  /** The connection underneath, which takes ready frames. */
  readonly wire: Duplex;
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
  readonly wire: Duplex;
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

/**
 * Sends an event, if this listener asked for such and it is not their own sign-in. The ready frame goes straight to the
 * connection: ws writes its own frames whole and at once too, since nothing is compressed, so they never mix.
 */
export function push(listener: Listener, { bytes, name, notFor }: ReadyFrame): void {
  if (notFor !== null && notFor === listener.identity.actor.id) return;
  if (listener.wanted !== null && !listener.wanted.has(name)) return;
  const { socket, wire } = listener;
  if (socket.readyState === socket.OPEN) wire.write(bytes);
  listener.quiet = false;
}

function setState(listener: Listener, state: Listener['state']): void {
  listener.cancelNext?.();
  listener.cancelNext = null;
  listener.state = state;
}

export const setLive = (listener: Listener): void => setState(listener, 'live');

/** @param now monotonic ms */
export function setBehind(listener: Listener, now: number): void {
  setState(listener, 'behind');
  listener.behindSince = now;
}

/** Lets it catch up from the journal, one `step` in so many ms. */
export function setCatchingUp(listener: Listener, ms: number, step: (listener: Listener) => void): void {
  setState(listener, 'catching_up');
  const timer = setTimeout(() => step(listener), ms);
  listener.cancelNext = () => clearTimeout(timer);
}

import type { WebSocket } from 'ws';
import type { Actor } from '../commands/caller.ts';
import type { ReadyFrame, Scope } from './fan-out.ts';

/** What a socket was told it may be: the result of checking its token. */
export interface Identity {
  readonly actor: Actor;
  readonly deviceId: string | null;
  /** Epoch ms when the token runs out. */
  readonly expiresAt: number;
}

export interface ListenerLimits {
  /** Bytes that may wait in a socket before nothing more is pushed to it. */
  readonly bufferedBytes: number;
  /** Ms a slow socket has to drain before it is dropped. */
  readonly drainMs: number;
  /** Ms that a drained client has to ask for what it missed before it is simply sent. */
  readonly askMs: number;
}

export const usualLimits: ListenerLimits = { bufferedBytes: 1_048_576, drainMs: 30_000, askMs: 2_000 };

/**
 * One authenticated socket. `live`: gets events as they happen. `replaying`: is being sent what it missed, from the
 * journal. `behind`: was too slow, gets nothing until it has drained.
 */
export interface Listener {
  readonly socket: WebSocket;
  readonly room: string;
  identity: Identity;
  scope: Scope;
  bearer: string;
  state: 'live' | 'replaying' | 'behind';
  /** The last entry this socket has been sent everything visible of. */
  seq: number;
  /** Monotonic ms: when it fell behind, and when it was last sent anything. */
  behindSince: number;
  lastSentAt: number;
  heard: boolean;
  /** Event names it asked for; null for all. */
  wanted: ReadonlySet<string> | null;
}

/** Sends the frames that this listener asked for and may see. */
export function push(listener: Listener, frames: readonly ReadyFrame[], at: number): void {
  for (const { text, name, notFor } of frames) {
    if (notFor !== null && notFor === listener.identity.actor.id) continue;
    if (listener.wanted !== null && !listener.wanted.has(name)) continue;
    listener.socket.send(text);
    listener.lastSentAt = at;
  }
}

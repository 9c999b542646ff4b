import type { WebSocket } from 'ws';
import type { Core } from '../commands/core.ts';
import { currentEpoch } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Cursors } from './cursor.ts';
import { framesFor, freshFacts, type ReadyFrame, storedFacts } from './fan-out.ts';
import { type Listener, type ListenerLimits, push } from './listener.ts';

interface StreamDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: string;
  readonly cursors: Cursors;
  readonly limits: ListenerLimits;
  control(socket: WebSocket, type: string, data: object): void;
  /** The kinds of fact that each commit brought, for whoever watches rights. */
  committed(kinds: readonly string[]): void;
}

/** Most journal entries that one replay sends before it lets the loop go on. */
const REPLAY_ENTRIES = 200;

/** Brings facts to listeners: live after each commit, from the journal after an absence, and never past a slow one's limit. */
export function createStream(deps: StreamDeps) {
  const { core, clock, restaurantId, cursors, limits, control } = deps;
  const listeners = new Set<Listener>();

  function fallBehind(listener: Listener): void {
    listener.state = 'behind';
    listener.behindSince = clock.monotonic();
  }

  /** Sends what a listener missed, a page per loop turn, and makes it live once it has caught up. */
  function replay(listener: Listener): void {
    if (listener.state !== 'replaying' || listener.socket.readyState !== listener.socket.OPEN) return;
    const head = core.head().seq;
    const upTo = Math.min(listener.seq + REPLAY_ENTRIES, head);
    push(
      listener,
      framesFor(listener.scope, storedFacts(core.connection(), listener.seq, upTo), cursors, restaurantId),
      clock.monotonic(),
    );
    listener.seq = upTo;
    if (upTo === head) listener.state = 'live';
    else if (listener.socket.bufferedAmount > limits.bufferedBytes) fallBehind(listener);
    else setImmediate(() => replay(listener));
  }

  function resume(listener: Listener, cursor: string): void {
    const reading = cursors.read(cursor, listener.scope.name, core.head().seq);
    if (!reading.ok) {
      listener.seq = core.head().seq;
      listener.state = 'live';
      const data = {
        reason: reading.reason,
        snapshot: '/api/v1/orders?status=open',
        epoch: currentEpoch(core.connection()),
      };
      control(listener.socket, 'resync', { ...data, cursor: cursors.make(listener.scope.name, listener.seq) });
      return;
    }
    listener.seq = reading.seq;
    listener.state = 'replaying';
    replay(listener);
  }

  core.onCommit(({ entries, head }) => {
    if (entries.length === 0) return;
    const facts = freshFacts(entries);
    const ready = new Map<string, ReadyFrame[]>();
    const now = clock.monotonic();
    for (const listener of listeners) {
      if (listener.state !== 'live') continue;
      let frames = ready.get(listener.scope.name);
      if (frames === undefined) {
        frames = framesFor(listener.scope, facts, cursors, restaurantId);
        ready.set(listener.scope.name, frames);
      }
      push(listener, frames, now);
      listener.seq = head.seq;
      if (listener.socket.bufferedAmount > limits.bufferedBytes) fallBehind(listener);
    }
    deps.committed(facts.map((fact) => fact.kind));
  });

  /** Slow sockets are looked at more often than the beat, since a whole floor may be waiting to catch up. */
  function drain(): void {
    const now = clock.monotonic();
    for (const listener of listeners) {
      if (listener.state !== 'behind') continue;
      const { socket } = listener;
      if (socket.bufferedAmount > 0) {
        if (now - listener.behindSince > limits.drainMs) socket.terminate();
        continue;
      }
      control(socket, 'behind', { head: core.head().seq, cursor: cursors.make(listener.scope.name, listener.seq) });
      listener.state = 'replaying';
      setTimeout(() => replay(listener), limits.askMs).unref();
    }
  }

  return { listeners, resume, drain };
}

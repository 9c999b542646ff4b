import type { WebSocket } from 'ws';
import type { CommittedEntry, Core } from '../commands/core.ts';
import { recordedAtOf } from '../journal/tail.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Cursors, Position } from './cursor.ts';
import { framesFor, freshFacts, type ReadyFrame, storedFacts } from './fan-out.ts';
import type { RealtimeLimits } from './limits.ts';
import { type Listener, push, setBehind, setCatchingUp, setLive } from './listener.ts';

export interface StreamDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly restaurantId: () => string;
  /** Changes when the store goes on from a restored state. */
  readonly epoch: () => string;
  readonly cursors: Cursors;
  readonly limits: RealtimeLimits;
  control(socket: WebSocket, type: string, data: object): void;
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
}

export type Stream = ReturnType<typeof createStream>;

/** Journal entries that one step of a replay sends before it lets the loop go on. */
const REPLAY_ENTRIES = 100;
/** Ms until a replay is tried again when the journal could not be read. */
const READ_AGAIN_MS = 500;

/** Brings facts to listeners: live after each commit, from the journal after an absence, never past a slow one's limit. */
export function createStream(deps: StreamDeps) {
  const { core, clock, restaurantId, epoch, cursors, limits, control, log } = deps;
  const listeners = new Set<Listener>();

  const cursorOf = ({ scope, at }: Listener): string => cursors.make(scope.name, at);
  const isOverfull = ({ socket }: Listener): boolean => socket.bufferedAmount > limits.bufferedBytes;

  const catchUpIn = (listener: Listener, ms: number): void => setCatchingUp(listener, ms, replay);

  /** Sends what is visible up to the end of entry `upTo`, or as much of it as the socket takes. True if it was all. */
  function send(listener: Listener, frames: readonly ReadyFrame[], upTo: number): boolean {
    for (const frame of frames) {
      push(listener, frame);
      listener.at = frame.after;
      if (isOverfull(listener)) {
        setBehind(listener, clock.monotonic());
        return false;
      }
    }
    listener.at = { seq: upTo, facts: null };
    return true;
  }

  /** Sends the next stretch of what a listener missed, and makes it live once nothing is missing. */
  function replay(listener: Listener): void {
    if (!listeners.has(listener)) return;
    if (isOverfull(listener)) {
      setBehind(listener, clock.monotonic());
      return;
    }
    const head = core.head().seq;
    const upTo = Math.min(listener.at.seq + REPLAY_ENTRIES, head);
    let frames: ReadyFrame[];
    try {
      const facts = storedFacts(core.connection(), listener.at, upTo);
      frames = framesFor(listener.scope, facts, cursors, restaurantId());
    } catch (error) {
      log('error', 'the journal could not be read for a socket; trying again', { reason: String(error) });
      catchUpIn(listener, READ_AGAIN_MS);
      return;
    }
    if (!send(listener, frames, upTo)) return;
    if (upTo < head) {
      catchUpIn(listener, 0);
    } else {
      setLive(listener);
      sendAt(listener);
    }
  }

  /** Moves a cursor past what this listener may not see. */
  function sendAt(listener: Listener): void {
    const { seq } = listener.at;
    control(listener.socket, 'at', { seq, cursor: cursorOf(listener) });
    listener.quiet = false;
  }

  /** What came after this is older than sockets look back: the device had better load everything anew. */
  function isTooOld({ seq, facts }: Position): boolean {
    const missed = recordedAtOf(core.connection(), facts === null ? seq + 1 : seq);
    return missed !== undefined && missed < clock.now() - limits.replayMs;
  }

  function resync(listener: Listener, reason: string): void {
    listener.at = { seq: core.head().seq, facts: null };
    setLive(listener);
    const data = { reason, snapshot: '/api/v1/orders?status=open', epoch: epoch(), head: listener.at.seq };
    control(listener.socket, 'resync', { ...data, cursor: cursorOf(listener) });
  }

  function resume(listener: Listener, cursor: string): void {
    const reading = cursors.read(cursor, listener.scope.name, core.head().seq);
    if (!reading.ok) {
      resync(listener, reading.reason);
    } else if (isTooOld(reading.at)) {
      resync(listener, 'too_old');
    } else {
      listener.at = reading.at;
      catchUpIn(listener, 0);
    }
  }

  /** Brings a commit's facts to everybody who is live. */
  function bring(entries: readonly CommittedEntry[], head: number): void {
    const facts = freshFacts(entries);
    // Made once for everybody who may hear the same.
    const ready = new Map<string, ReadyFrame[]>();
    for (const listener of listeners) {
      if (listener.state !== 'live') continue;
      let frames = ready.get(listener.scope.name);
      if (frames === undefined) {
        frames = framesFor(listener.scope, facts, cursors, restaurantId());
        ready.set(listener.scope.name, frames);
      }
      send(listener, frames, head);
    }
  }

  core.onCommit(({ entries, head }) => {
    if (entries.length === 0) return;
    try {
      bring(entries, head.seq);
    } catch (error) {
      // Nobody may miss it for that: whoever was live gets it from the journal.
      log('error', 'a commit could not be brought to the sockets', { reason: String(error) });
      for (const listener of listeners) if (listener.state === 'live') catchUpIn(listener, READ_AGAIN_MS);
    }
  });

  return {
    listeners: listeners as ReadonlySet<Listener>,
    /** Tells a new listener where the journal stands and gives it a moment to say from where it wants to go on. */
    greet(listener: Listener): void {
      listeners.add(listener);
      listener.at = { seq: core.head().seq, facts: null };
      control(listener.socket, 'hello', { epoch: epoch(), head: listener.at.seq });
      catchUpIn(listener, limits.askMs);
    },
    leave(listener: Listener): void {
      setLive(listener);
      listeners.delete(listener);
    },
    resume,
    resync,
    /** A heartbeat's `at`, for whoever has not heard anything since the last one. */
    remind(listener: Listener): void {
      if (listener.state === 'live' && listener.quiet) sendAt(listener);
      listener.quiet = true;
    },
    /** Catches up those who have read what waited for them, and drops those who do not read at all. */
    drain(): void {
      for (const listener of listeners) {
        if (listener.state !== 'behind') continue;
        if (listener.socket.bufferedAmount > 0) {
          if (clock.monotonic() - listener.behindSince > limits.drainMs) listener.socket.terminate();
          continue;
        }
        control(listener.socket, 'behind', { head: core.head().seq, cursor: cursorOf(listener) });
        catchUpIn(listener, limits.askMs);
      }
    },
  };
}

import type { CommittedEntry } from '../commands/core.ts';
import type { Connection } from '../db/connection.ts';
import { factsBetween } from '../journal/tail.ts';
import type { Cursors, Position } from './cursor.ts';
import { type EventName, eventNameOf } from './events.ts';
import { eventFrame, type SocketFact, textFrame } from './frames.ts';

/** What may be heard, which is all that decides what is sent: the same scope gets the very same bytes. */
export interface Scope {
  /** What a cursor is bound to. */
  readonly name: string;
  readonly audiences: ReadonlySet<string>;
}

/** One visible event, ready to send. */
export interface ReadyFrame {
  /** The whole WebSocket frame, made once for a hundred sockets. */
  readonly bytes: Buffer;
  readonly name: EventName;
  /** Where somebody stands who has heard it. */
  readonly after: Position;
  /** Whose sign-in or sign-out it is: people are not told about themselves. */
  readonly notFor: string | null;
}

/** The facts of committed entries in the form that frames are made from. */
export const freshFacts = (entries: readonly CommittedEntry[]): SocketFact[] =>
  entries.flatMap(({ seq, recordedAt, actorId, facts }) =>
    facts.map(({ fact, entityId, body }, n) => ({
      seq,
      n,
      kind: fact.kind,
      entity: fact.entity,
      entityId,
      audience: fact.audience,
      body: JSON.stringify(body),
      actorId,
      recordedAt,
    })),
  );

/** The same read again from the journal, for a device that was away: everything after `after` up to entry `upTo`. */
export function storedFacts(connection: Connection, after: Position, upTo: number): SocketFact[] {
  const seen = after.facts;
  let seq = -1;
  let n = 0;
  const facts = factsBetween(connection, seen === null ? after.seq : after.seq - 1, upTo).map((stored) => {
    n = stored.seq === seq ? n + 1 : 0;
    seq = stored.seq;
    // An erased body was about a person who asked to be forgotten; that something happened is still told.
    return { ...stored, n, body: stored.body ?? '{}' };
  });
  return seen === null ? facts : facts.filter((fact) => fact.seq > after.seq || fact.n >= seen);
}

const aboutSignIn: ReadonlySet<EventName> = new Set(['user_login', 'user_logout']);

/** The frames that one scope may see, in order, each with the cursor to go on from after it. */
export function framesFor(
  scope: Scope,
  facts: readonly SocketFact[],
  cursors: Cursors,
  restaurantId: string,
): ReadyFrame[] {
  return facts
    .filter((fact) => fact.audience.some((audience) => scope.audiences.has(audience)))
    .map((fact) => {
      const name = eventNameOf(fact.kind);
      const after: Position = { seq: fact.seq, facts: fact.n + 1 };
      return {
        bytes: textFrame(eventFrame(fact, cursors.make(scope.name, after), restaurantId)),
        name,
        after,
        notFor: aboutSignIn.has(name) ? fact.entityId : null,
      };
    });
}

import type { CommittedEntry } from '../commands/core.ts';
import type { Connection } from '../db/connection.ts';
import { factsBetween } from '../journal/tail.ts';
import type { Cursors } from './cursor.ts';
import { eventNameOf } from './events.ts';
import { eventFrame, type SocketFact } from './frames.ts';

/** Who listens, as far as it decides what is sent: the same scope gets the very same bytes. */
export interface Scope {
  /** Room, role and preset: what a cursor is bound to. */
  readonly name: string;
  readonly audiences: ReadonlySet<string>;
}

/** One visible event, ready to send, with whose own sign-in it is (they are not told about themselves). */
export interface ReadyFrame {
  readonly text: string;
  readonly name: string;
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

/** The same read again from the journal, for a device that was away. Facts are numbered within their entry alike. */
export function storedFacts(connection: Connection, after: number, upTo: number): SocketFact[] {
  let seq = -1;
  let n = 0;
  return factsBetween(connection, after, upTo).map((stored) => {
    n = stored.seq === seq ? n + 1 : 0;
    seq = stored.seq;
    return { ...stored, n, body: stored.body ?? '{}' };
  });
}

const aboutSignIn = new Set(['user_login', 'user_logout']);

/**
 * The frames that one scope may see, in order. An entry's last visible frame carries the cursor after the entry, the
 * ones before it the cursor before: who is cut off in the middle of an entry gets it again rather than half of it.
 */
export function framesFor(
  scope: Scope,
  facts: readonly SocketFact[],
  cursors: Cursors,
  restaurantId: string,
): ReadyFrame[] {
  const visible = facts.filter((fact) => fact.audience.some((audience) => scope.audiences.has(audience)));
  return visible.map((fact, at) => {
    const last = visible[at + 1]?.seq !== fact.seq;
    const name = eventNameOf(fact.kind);
    return {
      text: eventFrame(fact, cursors.make(scope.name, last ? fact.seq : fact.seq - 1), restaurantId),
      name,
      notFor: aboutSignIn.has(name) ? fact.actorId : null,
    };
  });
}

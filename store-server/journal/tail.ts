import type { Connection } from '../db/connection.ts';
import { partColumns, type StoredPart, toPart } from './rows.ts';

/** A fact with when and by whom it was recorded: what sockets, alerts and a resuming device read. */
export interface JournalFact extends StoredPart {
  readonly command: string;
  readonly actorId: string | null;
  readonly deviceId: string | null;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

type RawFact = Omit<JournalFact, 'audience'> & { audience: string };

const statements = new WeakMap<Connection, ReturnType<typeof prepareTail>>();

const prepareTail = ({ sqlite }: Connection) => ({
  after: sqlite.prepare<[number, number], RawFact>(
    `SELECT ${partColumns
      .split(',')
      .map((column) => `p.${column.trim()}`)
      .join()}, j.command, j.actor_id AS actorId, j.device_id AS deviceId,
       j.occurred_at AS occurredAt, j.recorded_at AS recordedAt
     FROM journal_part p JOIN journal j ON j.seq = p.seq
     WHERE p.seq > ? AND p.seq <= ? AND p.role = 'fact' ORDER BY p.seq, p.n`,
  ),
  epoch: sqlite.prepare<[], { id: string }>('SELECT id FROM epoch ORDER BY rowid DESC LIMIT 1'),
});

const of = (connection: Connection) => {
  let made = statements.get(connection);
  if (made === undefined) {
    made = prepareTail(connection);
    statements.set(connection, made);
  }
  return made;
};

/** The facts with `after < seq <= upTo`, in order. An entry is never cut in two. */
export const factsBetween = (connection: Connection, after: number, upTo: number): JournalFact[] =>
  of(connection)
    .after.all(after, upTo)
    .map((raw) => ({ ...raw, ...toPart(raw) }));

/** The epoch that this database is in; it changes at every restore, so that old cursors are recognised. */
export function currentEpoch(connection: Connection): string {
  const row = of(connection).epoch.get();
  if (row === undefined) throw new Error('The database has no epoch');
  return row.id;
}

import type { Connection } from '../db/connection.ts';
import { chainStart, type Head } from '../kernel/journal-entry.ts';
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

const selectFacts = `SELECT ${partColumns
  .split(',')
  .map((column) => `p.${column.trim()}`)
  .join()}, j.command, j.actor_id AS actorId, j.device_id AS deviceId,
    j.occurred_at AS occurredAt, j.recorded_at AS recordedAt
  FROM journal_part p JOIN journal j ON j.seq = p.seq`;

const prepareTail = ({ sqlite }: Connection) => ({
  after: sqlite.prepare<[number, number], RawFact>(
    `${selectFacts} WHERE p.seq > ? AND p.seq <= ? AND p.role = 'fact' ORDER BY p.seq, p.n`,
  ),
  ofAll: sqlite.prepare<[string], RawFact>(
    `${selectFacts} WHERE p.entity_id IN (SELECT value FROM json_each(?)) AND p.role = 'fact' ORDER BY p.seq, p.n`,
  ),
  head: sqlite.prepare<[], Head>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1'),
  told: sqlite.prepare<[string, string], { n: number }>(
    "SELECT count(*) AS n FROM journal_part WHERE entity_id = ? AND role = 'fact' AND kind = ?",
  ),
  recordedAt: sqlite.prepare<[number], { at: number }>('SELECT recorded_at AS at FROM journal WHERE seq = ?'),
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

/** Every fact about any of these things, in the order in which they were recorded. */
export const factsOfAll = (connection: Connection, entityIds: readonly string[]): JournalFact[] =>
  of(connection)
    .ofAll.all(JSON.stringify(entityIds))
    .map((raw) => ({ ...raw, ...toPart(raw) }));

/** Epoch ms at which an entry was recorded; undefined when there is none of that number. */
export const recordedAtOf = (connection: Connection, seq: number): number | undefined =>
  of(connection).recordedAt.get(seq)?.at;

/** The epoch that this database is in; it changes at every restore, so that old cursors are recognised. */
export function currentEpoch(connection: Connection): string {
  const row = of(connection).epoch.get();
  if (row === undefined) throw new Error('The database has no epoch');
  return row.id;
}

/** The last fact of one kind about one thing, with its body and when it was recorded (epoch ms). */
export const latestFact = (
  { sqlite }: Connection,
  entityId: string,
  kind: string,
): { readonly body: string | null; readonly recordedAt: number } | undefined =>
  sqlite
    .prepare<[string, string], { body: string | null; recordedAt: number }>(
      `SELECT p.body, j.recorded_at AS recordedAt FROM journal_part p JOIN journal j ON j.seq = p.seq
       WHERE p.entity_id = ? AND p.role = 'fact' AND p.kind = ? ORDER BY p.seq DESC LIMIT 1`,
    )
    .get(entityId, kind);

/** The last facts of one kind about one thing, the latest first, with who caused them and when (epoch ms). */
export const factsAbout = (
  { sqlite }: Connection,
  entityId: string,
  kind: string,
  most: number,
): { readonly body: string | null; readonly recordedAt: number; readonly actorId: string | null }[] =>
  sqlite
    .prepare<[string, string, number], { body: string | null; recordedAt: number; actorId: string | null }>(
      `SELECT p.body, j.recorded_at AS recordedAt, j.actor_id AS actorId
       FROM journal_part p JOIN journal j ON j.seq = p.seq
       WHERE p.entity_id = ? AND p.role = 'fact' AND p.kind = ? ORDER BY p.seq DESC LIMIT ?`,
    )
    .all(entityId, kind, most);

/** How many facts of each kind were told after an entry, and what they came to where they speak of an amount. */
export const factsSince = (
  { sqlite }: Connection,
  after: number,
): Map<string, { count: number; amountMinor: number }> =>
  new Map(
    sqlite
      .prepare<[number], { kind: string; count: number; amountMinor: number }>(
        `SELECT kind, count(*) AS count, coalesce(sum(json_extract(body, '$.amount_minor')), 0) AS amountMinor
         FROM journal_part WHERE seq > ? AND role = 'fact' GROUP BY kind`,
      )
      .all(after)
      .map(({ kind, ...told }) => [kind, told]),
  );

/** Whether a database is in this epoch or has come out of it. */
export const knowsEpoch = ({ sqlite }: Connection, epoch: string): boolean =>
  sqlite.prepare('SELECT 1 FROM epoch WHERE id = ?').get(epoch) !== undefined;

/** The hash of one entry; undefined when there is none of that number. */
export const hashOf = ({ sqlite }: Connection, seq: number): Buffer | undefined =>
  sqlite.prepare<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE seq = ?').get(seq)?.hash;

/** The last entry's number and hash as the database has them now, inside an open transaction too. */
export const journalHead = (connection: Connection): Head => of(connection).head.get() ?? chainStart;

/** How often a fact of one kind was told about one thing. */
export const factsTold = (connection: Connection, entityId: string, kind: string): number =>
  of(connection).told.get(entityId, kind)?.n ?? 0;

/** The business day of the last entry, YYYY-MM-DD; null in an empty journal. */
export function lastBusinessDay({ sqlite }: Connection): string | null {
  const row = sqlite
    .prepare<[], { day: string }>('SELECT business_day AS day FROM journal ORDER BY seq DESC LIMIT 1')
    .get();
  return row?.day ?? null;
}

/** Of these things, those about which a fact of this kind was told in a later entry than the last fact of `point`. */
export const toldAfter = (
  { sqlite }: Connection,
  point: { readonly about: string; readonly kind: string },
  entityIds: readonly string[],
  kind: string,
): Set<string> =>
  new Set(
    sqlite
      .prepare<[string, string, string, string], string>(
        `SELECT DISTINCT p.entity_id FROM journal_part p WHERE p.entity_id IN (SELECT value FROM json_each(?))
         AND p.role = 'fact' AND p.kind = ?
         AND p.seq > (SELECT max(seq) FROM journal_part WHERE entity_id = ? AND role = 'fact' AND kind = ?)`,
      )
      .pluck()
      .all(JSON.stringify(entityIds), kind, point.about, point.kind),
  );

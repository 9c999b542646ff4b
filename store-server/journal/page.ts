import type { Connection } from '../db/connection.ts';
import { type EntryWithParts, entryColumns, partColumns, type StoredEntry, type StoredPart, toPart } from './rows.ts';

/** A stretch of history that no restore interrupts. */
export interface Epoch {
  readonly id: string;
  readonly startedAt: number;
  readonly parentEpoch: string | null;
  /** The last entry of the parent that this epoch goes on from. */
  readonly parentSeq: number | null;
  readonly parentHash: Buffer | null;
  readonly reason: string;
}

type RawPart = Omit<StoredPart, 'audience'> & { audience: string };

const statements = new WeakMap<Connection, ReturnType<typeof prepare>>();
const prepare = ({ sqlite }: Connection) => ({
  entries: sqlite.prepare<[number, number], StoredEntry>(
    `SELECT ${entryColumns} FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq`,
  ),
  parts: sqlite.prepare<[number, number], RawPart>(
    `SELECT ${partColumns} FROM journal_part WHERE seq > ? AND seq <= ? ORDER BY seq, n`,
  ),
  hash: sqlite.prepare<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE seq = ?'),
  entryOf: sqlite.prepare<[string], { seq: number }>('SELECT seq FROM journal WHERE command_id = ?'),
  version: sqlite.prepare<[string], { seq: number | null }>(
    "SELECT max(seq) AS seq FROM journal_part WHERE entity_id = ? AND role = 'change'",
  ),
  epochs: sqlite.prepare<[], Epoch>(
    `SELECT id, started_at AS startedAt, parent_epoch AS parentEpoch, parent_seq AS parentSeq,
       parent_hash AS parentHash, reason FROM epoch ORDER BY rowid`,
  ),
});
const of = (connection: Connection) => {
  let made = statements.get(connection);
  if (made === undefined) {
    made = prepare(connection);
    statements.set(connection, made);
  }
  return made;
};

/** The entries with `after < seq <= upTo`, whole and in order. */
export function entriesBetween(connection: Connection, after: number, upTo: number): EntryWithParts[] {
  const { entries, parts } = of(connection);
  const found = entries.all(after, upTo).map((entry): EntryWithParts => ({ ...entry, parts: [] }));
  const first = found[0]?.seq ?? 0;
  for (const raw of parts.all(after, upTo)) found[raw.seq - first]?.parts.push(toPart(raw));
  return found;
}

/** The hash of one entry; undefined where there is none of that number. */
export const hashOf = (connection: Connection, seq: number): Buffer | undefined => of(connection).hash.get(seq)?.hash;

/** Whether a command of this id has been recorded. */
export const isRecorded = (connection: Connection, commandId: string): boolean =>
  of(connection).entryOf.get(commandId) !== undefined;

/** The version of an aggregate: the number of the entry that changed it last, 0 before the first. */
export const versionOf = (connection: Connection, entityId: string): number =>
  of(connection).version.get(entityId)?.seq ?? 0;

/** The epoch that an entry belongs to, and the last number that belongs to it (null while it is the newest). */
export function epochOf(connection: Connection, seq: number): { epoch: Epoch; last: number | null } {
  const epochs = of(connection).epochs.all();
  const at = epochs.findLastIndex(({ parentSeq }) => parentSeq === null || parentSeq < seq);
  const epoch = epochs[at];
  if (epoch === undefined) throw new Error('The database has no epoch');
  const borders = epochs.slice(at + 1).flatMap(({ parentSeq }) => parentSeq ?? []);
  return { epoch, last: borders.length === 0 ? null : Math.min(...borders) };
}

import type { Audience } from '#contract/facts.ts';
import type { Connection } from '../db/connection.ts';
import type { EntryHeader } from '../kernel/journal-entry.ts';

/** A journal entry as stored; `hash` covers it and everything before it. */
export interface StoredEntry extends EntryHeader {
  readonly hash: Buffer;
}

/** A part as stored; an erased part has neither body nor salt. */
export interface StoredPart {
  readonly seq: number;
  readonly n: number;
  readonly role: 'fact' | 'change';
  readonly kind: string;
  readonly version: number;
  readonly audience: readonly Audience[];
  readonly entity: string;
  readonly entityId: string;
  readonly body: string | null;
  readonly salt: Buffer | null;
  readonly digest: Buffer;
}

type RawPart = Omit<StoredPart, 'audience'> & { audience: string };

export const entryColumns = `seq, command_id AS commandId, command, group_id AS groupId, scope, key, actor_id AS actorId,
  approved_by AS approvedBy, device_id AS deviceId, origin, business_day AS businessDay, occurred_at AS occurredAt,
  recorded_at AS recordedAt, hash`;
export const partColumns = `seq, n, role, kind, kind_version AS version, audience, entity_type AS entity,
  entity_id AS entityId, body, salt, digest`;

export const toPart = (raw: RawPart): StoredPart => ({
  ...raw,
  audience: raw.audience === '' ? [] : (raw.audience.split(',') as Audience[]),
});

const entryStatement = ({ sqlite }: Connection) =>
  sqlite.prepare<[number], StoredEntry>(`SELECT ${entryColumns} FROM journal WHERE seq = ?`);
const partsStatement = ({ sqlite }: Connection) =>
  sqlite.prepare<[number], RawPart>(`SELECT ${partColumns} FROM journal_part WHERE seq = ? ORDER BY n`);

export type EntryWithParts = StoredEntry & { parts: StoredPart[] };

/** The entries of these numbers, in the order given; numbers that are not there are left out. */
export function entriesWithParts(connection: Connection, seqs: readonly number[]): EntryWithParts[] {
  const find = entryStatement(connection);
  const parts = partsStatement(connection);
  return seqs.flatMap((seq) => {
    const entry = find.get(seq);
    return entry === undefined ? [] : [{ ...entry, parts: parts.all(seq).map(toPart) }];
  });
}

/** Entries after `seq` in order, one at a time, each with its parts. Always by number, never by time. */
export function* entriesAfter(connection: Connection, seq: number): Generator<EntryWithParts> {
  const entries = connection.sqlite.prepare<[number], StoredEntry>(
    `SELECT ${entryColumns} FROM journal WHERE seq > ? ORDER BY seq`,
  );
  const parts = partsStatement(connection);
  for (const entry of entries.iterate(seq)) yield { ...entry, parts: parts.all(entry.seq).map(toPart) };
}

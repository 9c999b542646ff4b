import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type { BatchEntry, BatchEpoch } from '#contract/relay.ts';
import type { Connection } from '../db/connection.ts';
import { type Epoch, entriesBetween, epochOf } from '../journal/page.ts';
import type { EntryWithParts } from '../journal/rows.ts';
import { type Head, JOURNAL_FORMAT } from '../kernel/journal-entry.ts';

const compress = promisify(zstdCompress);

/** Entries read in one turn of the event loop: a few ms at most, so that an order never waits for the relay. */
const PAGE = 25;
/** Bytes left for what stands around the entries. */
const FRAME = 2_000;
/** Unpacked size at which a batch is full: far below the limit, because joining the texts is done in one turn. */
const FULL_BYTES = 1024 * 1024;

/** A batch ready to be sent. */
export interface PackedBatch {
  readonly body: Buffer;
  readonly fromSeq: number;
  readonly last: Head;
  readonly entries: number;
}

const hex = (bytes: Buffer): string => bytes.toString('hex');

/** An entry as it travels. */
export const batchEntry = (entry: EntryWithParts): BatchEntry => ({
  seq: entry.seq,
  format: JOURNAL_FORMAT,
  command_id: entry.commandId,
  command: entry.command,
  group_id: entry.groupId,
  scope: entry.scope,
  key: entry.key,
  actor_id: entry.actorId,
  approved_by: entry.approvedBy,
  device_id: entry.deviceId,
  origin: entry.origin,
  business_day: entry.businessDay,
  occurred_at: entry.occurredAt,
  recorded_at: entry.recordedAt,
  hash: hex(entry.hash),
  parts: entry.parts.map((part) => ({
    n: part.n,
    role: part.role,
    kind: part.kind,
    version: part.version,
    audience: [...part.audience],
    entity_type: part.entity,
    entity_id: part.entityId,
    body: part.body,
    salt: part.salt === null ? null : hex(part.salt),
    digest: hex(part.digest),
  })),
});

const epochHead = (epoch: Epoch): BatchEpoch => ({
  id: epoch.id,
  parent_epoch: epoch.parentEpoch,
  parent_seq: epoch.parentSeq,
  parent_hash: epoch.parentHash === null ? null : hex(epoch.parentHash),
  reason: epoch.reason,
  started_at: epoch.startedAt,
});

interface Wanted {
  readonly storeId: string;
  /** What the relay has: the batch begins after it. */
  readonly after: Head;
  /** Most entries. */
  readonly most: number;
  /** Ends the event loop's turn. */
  readonly turn: () => Promise<void>;
}

/**
 * The next entries, packed; null when there is nothing after `after`. Read a few at a time, with the loop free in
 * between, and compressed by a thread of its own. A batch never crosses from one epoch into the next.
 */
export async function packBatch(connection: () => Connection, wanted: Wanted): Promise<PackedBatch | null> {
  const { storeId, after, turn } = wanted;
  const fromSeq = after.seq + 1;
  const { epoch, last: end } = epochOf(connection(), fromSeq);
  const upTo = Math.min(after.seq + wanted.most, end ?? Number.MAX_SAFE_INTEGER);
  const texts: string[] = [];
  let bytes = FRAME;
  let last = after;
  for (let full = false; !full && last.seq < upTo; ) {
    const page = entriesBetween(connection(), last.seq, Math.min(last.seq + PAGE, upTo));
    if (page.length === 0) break;
    for (const entry of page) {
      const text = JSON.stringify(batchEntry(entry));
      bytes += Buffer.byteLength(text) + 1;
      full = texts.length > 0 && bytes > FULL_BYTES;
      if (full) break;
      texts.push(text);
      last = { seq: entry.seq, hash: entry.hash };
    }
    await turn();
  }
  if (texts.length === 0) return null;
  const head = {
    format: 1,
    store_id: storeId,
    epoch: epochHead(epoch),
    from_seq: fromSeq,
    from_hash: hex(after.hash),
  };
  const body = await compress(`${JSON.stringify(head).slice(0, -1)},"entries":[${texts.join()}]}`);
  return { body, fromSeq, last, entries: texts.length };
}

import { sha256 } from './hashing.ts';

/**
 * What a journal entry is and how it is chained. Pure, so that whoever holds a copy of the journal, such as the cloud
 * relay, checks it with the same code that wrote it.
 */

/** The version of the header's form below; a change of form gets a new number and keeps this one verifiable. */
export const JOURNAL_FORMAT = 1;

/** Where a command came from: this store's own clients, the relay's inbox, or the server itself. */
export type Origin = 'store' | 'relay' | 'system';

/** Everything about an entry but its parts and its hash. Times are epoch ms; `businessDay` is YYYY-MM-DD. */
export interface EntryHeader {
  readonly seq: number;
  readonly commandId: string;
  readonly command: string;
  readonly groupId: string | null;
  readonly scope: string | null;
  readonly key: string | null;
  readonly actorId: string | null;
  readonly approvedBy: string | null;
  readonly deviceId: string | null;
  readonly origin: Origin;
  readonly businessDay: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** The last entry's number and hash; the chain starts from 0 and 32 zero bytes. */
export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

/** How far two journals of one store are the same. */
export interface CommonHead {
  readonly head: Head;
  /** Whether the other one holds something else after it, and not merely nothing yet. */
  readonly parted: boolean;
}

export const chainStart: Head = { seq: 0, hash: Buffer.alloc(32) };

/** What the chain knows of a part beside its digest. */
export interface PartHeader {
  readonly role: string;
  readonly kind: string;
  readonly version: number;
  readonly audience: readonly string[];
  readonly entity: string;
  readonly entityId: string;
}

/** How a part's audience is stored: names joined by a comma, empty for changes. */
export const audienceText = (audience: readonly string[]): string => audience.join(',');

/** Digest of one part. It stays when the body and salt are erased, so the chain holds. */
export const partDigest = (salt: Uint8Array, body: string): Buffer => sha256(salt, body);

/** The canonical header: one JSON array with every member in this fixed order. */
function headerText(
  entry: Omit<EntryHeader, 'origin'> & { readonly origin: string },
  parts: readonly PartHeader[],
): string {
  return JSON.stringify([
    JOURNAL_FORMAT,
    entry.seq,
    entry.commandId,
    entry.command,
    entry.groupId,
    entry.scope,
    entry.key,
    entry.actorId,
    entry.approvedBy,
    entry.deviceId,
    entry.origin,
    entry.businessDay,
    entry.occurredAt,
    entry.recordedAt,
    parts.map((part) => [part.role, part.kind, part.version, audienceText(part.audience), part.entity, part.entityId]),
  ]);
}

/** hash = SHA-256(previous hash, canonical header, part digests in order). */
export function entryHash(
  previous: Uint8Array,
  entry: Omit<EntryHeader, 'origin'> & { readonly origin: string },
  parts: readonly PartHeader[],
  digests: readonly Uint8Array[],
): Buffer {
  return sha256(previous, headerText(entry, parts), ...digests);
}

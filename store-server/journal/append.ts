import type { Connection } from '../db/connection.ts';
import type { BeforeWrite } from '../db/row-writer.ts';
import type { Part } from '../db/tx.ts';
import {
  audienceText,
  chainStart,
  type EntryHeader,
  entryHash,
  type Head,
  JOURNAL_FORMAT,
  partDigest,
} from '../kernel/journal-entry.ts';

const SALT_BYTES = 16;

/** Adds entries to the chain inside an open transaction. The caller moves the head only after the commit. */
export interface JournalWriter {
  /** The head as the database has it now. */
  readHead(): Head;
  append(previous: Head, header: Omit<EntryHeader, 'seq'>, parts: readonly Part[]): Head;
}

/** @param salts makes the random salts of a new entry's parts, 16 bytes each */
export function createJournalWriter(
  { sqlite }: Connection,
  salts: (bytes: number) => Buffer,
  beforeWrite?: BeforeWrite,
): JournalWriter {
  const addEntry = sqlite.prepare(
    `INSERT INTO journal (seq, format, command_id, command, group_id, scope, key, actor_id, approved_by, device_id,
       origin, business_day, occurred_at, recorded_at, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const addPart = sqlite.prepare(
    `INSERT INTO journal_part (seq, n, role, kind, kind_version, audience, entity_type, entity_id, body, salt, digest)
     VALUES (?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const last = sqlite.prepare<[], Head>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');

  return {
    readHead: () => last.get() ?? chainStart,
    append(previous, header, parts) {
      const entry: EntryHeader = { ...header, seq: previous.seq + 1 };
      const salt = salts(SALT_BYTES * parts.length);
      const digests = parts.map((part, n) => {
        const own = salt.subarray(SALT_BYTES * n, SALT_BYTES * (n + 1));
        const digest = partDigest(own, part.body);
        beforeWrite?.(addPart.source);
        addPart.run(
          entry.seq,
          n,
          part.role,
          part.kind,
          part.version,
          audienceText(part.audience),
          part.entity,
          part.entityId,
          part.body,
          own,
          digest,
        );
        return digest;
      });
      const hash = entryHash(previous.hash, entry, parts, digests);
      beforeWrite?.(addEntry.source);
      addEntry.run(
        entry.seq,
        JOURNAL_FORMAT,
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
        hash,
      );
      return { seq: entry.seq, hash };
    },
  };
}

import { type Batch, type BatchEntry, relayLimits } from '#contract/relay.ts';
import { entryHash, JOURNAL_FORMAT, partDigest } from '../../store-server/kernel/journal-entry.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';

/**
 * Whether the entries follow one another and fit their hashes, with the code that the store writes them with. Entries of
 * a newer form are believed: the store's signature vouches for them, and a store never waits for a relay.
 * @throws Problem BATCH_BROKEN, BATCH_FROM_FUTURE
 */
export function insistWhole(batch: Batch, now: number): void {
  let previous: Buffer = Buffer.from(batch.from_hash, 'hex');
  for (const [index, entry] of batch.entries.entries()) {
    const { seq } = entry;
    if (seq !== batch.from_seq + index) throw new Problem('BATCH_BROKEN', { seq, reason: 'order' });
    if (entry.recorded_at > now + relayLimits.futureMs) throw new Problem('BATCH_FROM_FUTURE', { seq });
    const hash = Buffer.from(entry.hash, 'hex');
    if (entry.format === JOURNAL_FORMAT && !hashOf(previous, entry).equals(hash))
      throw new Problem('BATCH_BROKEN', { seq, reason: 'hash' });
    previous = hash;
  }
}

function hashOf(previous: Buffer, entry: BatchEntry): Buffer {
  const { seq } = entry;
  const digests = entry.parts.map((part, index) => {
    const digest = Buffer.from(part.digest, 'hex');
    const erased = part.body === null && part.salt === null;
    const whole =
      part.n === index &&
      (erased ||
        (part.body !== null &&
          part.salt !== null &&
          partDigest(Buffer.from(part.salt, 'hex'), part.body).equals(digest)));
    if (!whole) throw new Problem('BATCH_BROKEN', { seq, part: part.n, reason: 'digest' });
    return digest;
  });
  return entryHash(
    previous,
    {
      seq,
      commandId: entry.command_id,
      command: entry.command,
      groupId: entry.group_id,
      scope: entry.scope,
      key: entry.key,
      actorId: entry.actor_id,
      approvedBy: entry.approved_by,
      deviceId: entry.device_id,
      origin: entry.origin,
      businessDay: entry.business_day,
      occurredAt: entry.occurred_at,
      recordedAt: entry.recorded_at,
    },
    entry.parts.map((part) => ({ ...part, entity: part.entity_type, entityId: part.entity_id })),
    digests,
  );
}

import type { Batch, BatchEntry, BatchTaken } from '#contract/relay.ts';
import { chainStart } from '../../store-server/kernel/journal-entry.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database, Sql } from '../db/database.ts';
import { enterEpoch } from './epochs.ts';
import { foldFacts } from './fold.ts';
import { forked, lockHead, type StoreHead } from './head.ts';
import { writeProjection } from './projection.ts';
import type { ProvenStore } from './stores.ts';
import { addToTenantDays, mendTenantDays } from './tenant-days.ts';

export interface Taken extends BatchTaken {
  /** How many of its entries were new. */
  readonly fresh: number;
}

/**
 * Takes a batch that `insistWhole` has passed, all of it or nothing: entries, the bytes as they came, read models and
 * head in one transaction. What is held already is compared and left; a repeat changes nothing.
 * @param packed the bytes as sent
 * @throws Problem BATCH_GAP, CHAIN_FORKED, TENANT_MISMATCH
 */
export function takeBatch(
  database: Database,
  { tenantId, storeId }: ProvenStore,
  batch: Batch,
  packed: Buffer,
  now: number,
): Promise<Taken> {
  if (batch.store_id !== storeId) throw new Problem('TENANT_MISMATCH');
  return database.inTenant(
    tenantId,
    async (sql) => {
      const held = await lockHead(sql, tenantId, storeId);
      const { head, anew } = await enterEpoch(sql, { tenantId, storeId }, held, batch, now);
      if (batch.from_seq > head.seq + 1) throw new Problem('BATCH_GAP', { expected_seq: head.seq + 1 });
      await insistSameHistory(sql, tenantId, storeId, head, batch);

      const fresh = batch.entries.filter(({ seq }) => seq > head.seq);
      const last = fresh.at(-1);
      if (last === undefined) {
        if (anew) await mendTenantDays(sql, tenantId, storeId);
        return { acked_seq: head.seq, acked_hash: head.hash.toString('hex'), fresh: 0 };
      }
      // An epoch that the store has left behind takes nothing new.
      if (head.epochId !== batch.epoch.id) throw forked(head.seq, head.hash);
      await keep(sql, tenantId, storeId, batch.epoch.id, fresh, packed, now);
      const moves = await writeProjection(sql, tenantId, storeId, foldFacts(fresh));
      await sql.run(
        `UPDATE store_head SET epoch_id = $3, seq = $4, hash = $5, recorded_at = $6, taken_at = $7
         WHERE tenant_id = $1 AND store_id = $2`,
        [tenantId, storeId, batch.epoch.id, last.seq, Buffer.from(last.hash, 'hex'), last.recorded_at, now],
      );
      if (anew) await mendTenantDays(sql, tenantId, storeId);
      else await addToTenantDays(sql, tenantId, storeId, moves);
      return { acked_seq: last.seq, acked_hash: last.hash, fresh: fresh.length };
    },
    { prepared: true },
  );
}

/** Compares what the batch says of entries that are held, and of the one before its first. */
async function insistSameHistory(sql: Sql, tenantId: string, storeId: string, head: StoreHead, batch: Batch) {
  const before = batch.from_seq - 1;
  const said = new Map([[before, batch.from_hash], ...batch.entries.map(({ seq, hash }) => [seq, hash] as const)]);
  if (before === head.seq) {
    if (said.get(before) !== head.hash.toString('hex')) throw forked(before, head.hash);
    return;
  }
  if (before === 0 && batch.from_hash !== chainStart.hash.toString('hex')) throw forked(0, chainStart.hash);
  const held = await sql.rows<{ seq: number; hash: Buffer }>(
    `SELECT seq, hash FROM entry
     WHERE tenant_id = $1 AND store_id = $2 AND seq BETWEEN $3 AND $4 AND NOT orphaned ORDER BY seq`,
    [tenantId, storeId, before, before + batch.entries.length],
  );
  const other = held.find(({ seq, hash }) => said.get(seq) !== hash.toString('hex'));
  if (other !== undefined) throw forked(other.seq, other.hash);
}

async function keep(
  sql: Sql,
  tenantId: string,
  storeId: string,
  epochId: string,
  fresh: readonly BatchEntry[],
  packed: Buffer,
  now: number,
): Promise<void> {
  const seqs = fresh.map(({ seq }) => seq);
  await sql.run(
    `INSERT INTO batch (tenant_id, store_id, epoch_id, first_seq, last_seq, taken_at, packed)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tenantId, storeId, epochId, seqs[0], seqs.at(-1), now, packed],
  );
  await sql.run(
    `INSERT INTO entry (tenant_id, store_id, epoch_id, seq, hash)
     SELECT $1, $2, $3, seq, hash FROM unnest($4::bigint[], $5::bytea[]) AS new (seq, hash)`,
    [tenantId, storeId, epochId, seqs, fresh.map(({ hash }) => Buffer.from(hash, 'hex'))],
  );
}

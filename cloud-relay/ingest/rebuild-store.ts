import type { BatchEntry } from '#contract/relay.ts';
import type { Sql } from '../db/database.ts';
import { foldFacts } from './fold.ts';
import { writeProjection } from './projection.ts';
import { unpack } from './unpack.ts';

/** A batch that is kept, and which of its entries are meant. */
export interface Kept {
  readonly epochId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/**
 * Makes one store's read models anew from the batches that are kept, in the caller's transaction, which holds the
 * store's head. Entries of a history that the store has left behind count for nothing.
 * The sums over all restaurants are the caller's: `mendTenantDays`, at the end of the transaction.
 * @returns how many entries were read
 */
export async function rebuildStore(sql: Sql, tenantId: string, storeId: string): Promise<number> {
  await forget(sql, tenantId, storeId);
  const batches = await sql.rows<Kept>(
    `SELECT b.epoch_id AS "epochId", b.first_seq AS "firstSeq", least(b.last_seq, standing.last) AS "lastSeq"
     FROM batch b JOIN (
       SELECT tenant_id, store_id, epoch_id, max(seq) AS last FROM entry
       WHERE tenant_id = $1 AND store_id = $2 AND NOT orphaned GROUP BY tenant_id, store_id, epoch_id
     ) standing ON standing.tenant_id = b.tenant_id AND standing.store_id = b.store_id AND standing.epoch_id = b.epoch_id
     WHERE b.tenant_id = $1 AND b.store_id = $2 AND b.first_seq <= standing.last
     ORDER BY b.first_seq`,
    [tenantId, storeId],
  );
  let read = 0;
  for (const batch of batches) {
    const entries = await entriesOf(sql, tenantId, storeId, batch);
    await writeProjection(sql, tenantId, storeId, foldFacts(entries));
    read += entries.length;
  }
  return read;
}

/** One batch at a time, so that years of them fit the memory. */
export async function entriesOf(sql: Sql, tenantId: string, storeId: string, batch: Kept): Promise<BatchEntry[]> {
  const row = await sql.one<{ packed: Buffer }>(
    'SELECT packed FROM batch WHERE tenant_id = $1 AND store_id = $2 AND epoch_id = $3 AND first_seq = $4',
    [tenantId, storeId, batch.epochId, batch.firstSeq],
  );
  if (row === undefined) throw new Error('a batch is gone');
  const { entries } = await unpack(row.packed);
  return entries.filter(({ seq }) => seq >= batch.firstSeq && seq <= batch.lastSeq);
}

async function forget(sql: Sql, tenantId: string, storeId: string): Promise<void> {
  const whose = [tenantId, storeId];
  await sql.run('DELETE FROM order_seen WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM payment_seen WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM refund_seen WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM day_total WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM total_upto WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM day_tender WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM product_seen WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM command_done WHERE tenant_id = $1 AND store_id = $2', whose);
  await sql.run('DELETE FROM unread_fact WHERE tenant_id = $1 AND store_id = $2', whose);
}

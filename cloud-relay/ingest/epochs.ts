import type { Batch } from '#contract/relay.ts';
import type { Sql } from '../db/database.ts';
import { forked, type StoreHead } from './head.ts';
import { rebuildStore } from './rebuild-store.ts';
import type { ProvenStore } from './stores.ts';

interface Entered {
  readonly head: StoreHead;
  /** Whether the store's read models were made anew, so that the sums over all restaurants are to be mended. */
  readonly anew: boolean;
}

/**
 * The head that a batch has to go on from. A store that was restored goes on from an entry of its former history, which
 * has to be one that is held here: what followed it is kept, marked as left behind and shown, and no figure counts it.
 * @throws Problem CHAIN_FORKED when the new epoch grows out of an entry that is not held
 */
export async function enterEpoch(
  sql: Sql,
  { tenantId, storeId }: ProvenStore,
  head: StoreHead,
  { epoch }: Batch,
  now: number,
): Promise<Entered> {
  if (epoch.id === head.epochId) return { head, anew: false };
  const known = await sql.one('SELECT epoch_id FROM epoch WHERE tenant_id = $1 AND store_id = $2 AND epoch_id = $3', [
    tenantId,
    storeId,
    epoch.id,
  ]);
  if (known !== undefined) return { head, anew: false };

  const start = head.epochId === null ? head : await forkPoint(sql, tenantId, storeId, head, epoch);
  const orphans = await leaveBehind(sql, tenantId, storeId, start.seq);
  await sql.run(
    `INSERT INTO epoch (tenant_id, store_id, epoch_id, parent_epoch, parent_seq, parent_hash, reason, started_at, heard_at, orphans)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tenantId,
      storeId,
      epoch.id,
      epoch.parent_epoch,
      epoch.parent_seq,
      epoch.parent_hash === null ? null : Buffer.from(epoch.parent_hash, 'hex'),
      epoch.reason.replaceAll('\u0000', ''),
      epoch.started_at,
      now,
      orphans,
    ],
  );
  await sql.run('UPDATE store_head SET epoch_id = $3, seq = $4, hash = $5 WHERE tenant_id = $1 AND store_id = $2', [
    tenantId,
    storeId,
    epoch.id,
    start.seq,
    start.hash,
  ]);
  if (orphans > 0) await rebuildStore(sql, tenantId, storeId);
  return { head: { ...start, epochId: epoch.id }, anew: orphans > 0 };
}

/** The last entry that both histories share, as far as it is held here. */
async function forkPoint(
  sql: Sql,
  tenantId: string,
  storeId: string,
  head: StoreHead,
  epoch: Batch['epoch'],
): Promise<StoreHead> {
  const { parent_seq: seq, parent_hash: hash } = epoch;
  if (seq === null || hash === null) throw forked(head.seq, head.hash);
  // Not that far yet: the chain itself proves that what comes goes on from our head.
  if (seq >= head.seq && (seq > head.seq || hash === head.hash.toString('hex'))) return head;
  const held = await sql.one<{ hash: Buffer }>(
    'SELECT hash FROM entry WHERE tenant_id = $1 AND store_id = $2 AND seq = $3 AND NOT orphaned',
    [tenantId, storeId, seq],
  );
  if (held?.hash.toString('hex') !== hash) throw forked(seq, held?.hash ?? head.hash);
  return { epochId: head.epochId, seq, hash: held.hash };
}

const leaveBehind = (sql: Sql, tenantId: string, storeId: string, after: number): Promise<number> =>
  sql.run('UPDATE entry SET orphaned = true WHERE tenant_id = $1 AND store_id = $2 AND seq > $3 AND NOT orphaned', [
    tenantId,
    storeId,
    after,
  ]);

import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Sql } from '../db/database.ts';

/** Where a store's history stands here; `epochId` is null before the first batch. */
export interface StoreHead {
  readonly epochId: string | null;
  readonly seq: number;
  readonly hash: Buffer;
}

/** The head, locked until the transaction ends, so that the batches of one store take turns. */
export async function lockHead(sql: Sql, tenantId: string, storeId: string): Promise<StoreHead> {
  const head = await sql.one<StoreHead>(
    'SELECT epoch_id AS "epochId", seq, hash FROM store_head WHERE tenant_id = $1 AND store_id = $2 FOR UPDATE',
    [tenantId, storeId],
  );
  if (head === undefined) throw new Error('a store without a head');
  return head;
}

/** The refusal for histories that part at an entry; `hash` is the one held here. */
export const forked = (seq: number, hash: Buffer): Problem =>
  new Problem('CHAIN_FORKED', { seq, hash: hash.toString('hex') });

import { asOwner } from '../../cloud-relay/db/cluster.fixture.ts';

const tables = [
  'order_seen',
  'payment_seen',
  'refund_seen',
  'day_total',
  'total_upto',
  'tenant_day',
  'day_tender',
  'product_seen',
  'unread_fact',
] as const;

/** All that the relay has made of a store's history, without the names of tenant and store, in a fixed order. */
export async function readModels(databaseUrl: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await asOwner<{ row: string }>(
      databaseUrl,
      `SELECT (to_jsonb(t) - 'tenant_id' - 'store_id')::text AS row FROM ${table} t ORDER BY 1`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

export interface RelayDay {
  readonly day: string;
  readonly orders: number;
  readonly sales: number;
  readonly refunds: number;
  readonly vat: number;
  readonly tips: number;
  readonly agrees: boolean | null;
}

/** The days as the relay adds them up. */
export const relayDays = (databaseUrl: string): Promise<RelayDay[]> =>
  asOwner<RelayDay>(
    databaseUrl,
    `SELECT business_day::text AS day, orders::int, sales_minor::int AS sales, refunds_minor::int AS refunds,
       vat_minor::int AS vat, tips_minor::int AS tips, agrees FROM day_total ORDER BY 1`,
  );

/** The numbers of the entries it holds, in order, and the last one's hash. */
export async function heldEntries(databaseUrl: string): Promise<{ seqs: number[]; hash: string | null }> {
  const rows = await asOwner<{ seq: number; hash: string }>(
    databaseUrl,
    `SELECT seq::int, encode(hash, 'hex') AS hash FROM entry WHERE NOT orphaned ORDER BY seq`,
  );
  return { seqs: rows.map(({ seq }) => seq), hash: rows.at(-1)?.hash ?? null };
}

import type { Sql } from '../db/database.ts';

/** What a store says of itself; null where it says nothing. */
export interface SaidOfItself {
  readonly name: string | null;
  readonly version: string | null;
}

/**
 * Notes what a restaurant calls itself and which version it runs. Where its owner has another one of that name it is called
 * "The Anchor (2)": money is never settled by a name that two have. Who goes on calling itself the same keeps what it is
 * called here. Most beats change nothing, and then nothing is written.
 */
export const noteStore = (
  sql: Sql,
  tenantId: string,
  storeId: string,
  { name, version }: SaidOfItself,
): Promise<number> =>
  sql.run(
    `UPDATE store SET version = coalesce($4, version), says = coalesce($3, says), name = CASE
       WHEN says = coalesce($3, says) THEN name
       WHEN EXISTS (SELECT 1 FROM store o WHERE o.tenant_id = $1 AND o.store_id <> $2 AND o.name = $3)
       THEN $3 || ' (' || (
         SELECT min(n) FROM generate_series(2, 10000) AS n WHERE NOT EXISTS (
           SELECT 1 FROM store o WHERE o.tenant_id = $1 AND o.store_id <> $2 AND o.name = $3 || ' (' || n || ')')
       ) || ')' ELSE $3 END
     WHERE tenant_id = $1 AND store_id = $2 AND (says <> coalesce($3, says) OR version <> coalesce($4, version))`,
    [tenantId, storeId, name, version],
  );

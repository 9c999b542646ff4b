import type { Sql } from '../db/database.ts';

/**
 * Notes what a restaurant calls itself. Where its owner has another one of that name it is called "The Anchor (2)": money is
 * never settled by a name that two have. A restaurant that goes on calling itself the same keeps what it is called here.
 */
export const noteName = (sql: Sql, tenantId: string, storeId: string, says: string): Promise<number> =>
  sql.run(
    `UPDATE store SET says = $3, name = CASE
       WHEN EXISTS (SELECT 1 FROM store o WHERE o.tenant_id = $1 AND o.store_id <> $2 AND o.name = $3)
       THEN $3 || ' (' || (
         SELECT min(n) FROM generate_series(2, 10000) AS n WHERE NOT EXISTS (
           SELECT 1 FROM store o WHERE o.tenant_id = $1 AND o.store_id <> $2 AND o.name = $3 || ' (' || n || ')')
       ) || ')' ELSE $3 END
     WHERE tenant_id = $1 AND store_id = $2 AND says <> $3`,
    [tenantId, storeId, says],
  );

import type { Sql } from './database.ts';

/** The tenant that a digest leads to; undefined for one that nobody has. */
export async function tenantOf(
  sql: Sql,
  kind: 'email' | 'claim' | 'store',
  digest: Buffer,
): Promise<string | undefined> {
  const found = await sql.one<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM directory WHERE kind = $1 AND digest = $2',
    [kind, digest],
  );
  return found?.tenantId;
}

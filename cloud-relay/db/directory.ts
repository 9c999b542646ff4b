import type { Sql } from './database.ts';

type Kind = 'email' | 'claim' | 'store';

/** Whether anything of a kind is known. */
export const hasAny = async (sql: Sql, kind: Kind): Promise<boolean> =>
  (await sql.one('SELECT 1 FROM directory WHERE kind = $1 LIMIT 1', [kind])) !== undefined;

/** The tenant that a digest leads to; undefined for one that nobody has. */
export async function tenantOf(sql: Sql, kind: Kind, digest: Buffer): Promise<string | undefined> {
  const found = await sql.one<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM directory WHERE kind = $1 AND digest = $2',
    [kind, digest],
  );
  return found?.tenantId;
}

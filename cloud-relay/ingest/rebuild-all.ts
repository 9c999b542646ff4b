import type { Database } from '../db/database.ts';
import { lockHead } from './head.ts';
import { rebuildStore } from './rebuild-store.ts';
import { mendTenantDays } from './tenant-days.ts';

/** Every store of every tenant, one transaction each; batches of a store wait while it is its turn. */
export async function rebuildAll(database: Database): Promise<{ stores: number; entries: number }> {
  const tenants = await database.outside((sql) =>
    sql.rows<{ id: string }>("SELECT DISTINCT tenant_id AS id FROM directory WHERE kind = 'store' ORDER BY tenant_id"),
  );
  let stores = 0;
  let entries = 0;
  for (const { id: tenantId } of tenants) {
    const own = await database.inTenant(tenantId, (sql) =>
      sql.rows<{ id: string }>('SELECT store_id AS id FROM store WHERE tenant_id = $1 ORDER BY store_id', [tenantId]),
    );
    for (const { id: storeId } of own) {
      entries += await database.inTenant(tenantId, async (sql) => {
        await lockHead(sql, tenantId, storeId);
        const read = await rebuildStore(sql, tenantId, storeId);
        await mendTenantDays(sql, tenantId, storeId);
        return read;
      });
      stores += 1;
    }
  }
  return { stores, entries };
}

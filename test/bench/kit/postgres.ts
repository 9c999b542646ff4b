import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../cloud-relay/db/database.ts';
import { startEmbedded } from '../../../cloud-relay/db/embedded.ts';
import { PID_FILE } from '../../../cloud-relay/db/end-with-us.ts';
import { migrate } from '../../../cloud-relay/db/migrate.ts';
import { chainStart } from '../../../store-server/kernel/journal-entry.ts';
import { ids, ownFolder } from './store.ts';

/** A relay's PostgreSQL with its usual settings, every commit on the disk; and one tenant in it. */
export interface RelayDatabase {
  /** As its owner. */
  readonly url: string;
  readonly database: Database;
  readonly tenantId: string;
  /** A folder that the database's own user can read. */
  readonly folder: string;
  /** Lets stores of these ids belong to the tenant. */
  addStores(storeIds: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startRelayDatabase(): Promise<RelayDatabase> {
  const folder = ownFolder();
  // The database does not run as root, so its own user has to get here.
  chmodSync(folder, 0o711);
  const embedded = await startEmbedded({ folder: join(folder, 'pg'), password: 'bench' });
  writeFileSync(join(folder, PID_FILE), String(embedded.pid));
  const role = await migrate(embedded.url, 'bench');
  const database = openDatabase(embedded.url, role, (error) => console.error(error.message));
  const tenantId = ids.next();
  await database.inTenant(tenantId, (sql) =>
    sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, 0)', [tenantId, 'Bench']),
  );
  return {
    url: embedded.url,
    database,
    tenantId,
    folder,
    addStores: (storeIds) =>
      database.inTenant(tenantId, async (sql) => {
        await sql.run(
          `INSERT INTO store (tenant_id, store_id, restaurant_id, name, public_key, version, joined_at)
           SELECT $1, id, id, 'Restaurant ' || id, '', 'bench', 0 FROM unnest($2::uuid[]) AS new (id)`,
          [tenantId, storeIds],
        );
        await sql.run(
          `INSERT INTO store_head (tenant_id, store_id, hash) SELECT $1, id, $3 FROM unnest($2::uuid[]) AS new (id)`,
          [tenantId, storeIds, chainStart.hash],
        );
      }),
    async stop() {
      await database.close();
      await embedded.stop();
    },
  };
}

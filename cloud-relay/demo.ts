import type { Ids } from '../store-server/kernel/ids.ts';
import type { Passwords } from './auth/passwords.ts';
import { addPerson, tenantOfEmail } from './auth/people.ts';
import type { Database } from './db/database.ts';
import { type ClaimCodes, takeBackOwn } from './ingest/claim-codes.ts';

const EMAIL = 'owner@platform.test';
const PASSWORD = 'demo-platform-1';

interface DemoDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly claimCodes: ClaimCodes;
  readonly ids: Ids;
}

/** Makes the demo's owner at the first start, and at each a claim code in place of the one before. @returns lines for the console */
export async function openDemo(deps: DemoDeps, now: number): Promise<string[]> {
  const { database, claimCodes } = deps;
  const tenantId = (await tenantOfEmail(database, EMAIL)) ?? (await makeOwner(deps, now));
  const { code } = await database.inTenant(tenantId, async (sql) => {
    await takeBackOwn(sql, tenantId);
    return claimCodes.make(sql, { tenantId, personId: null }, now);
  });
  return [`sign in: ${EMAIL} / ${PASSWORD}`, `claim code: ${code}`];
}

async function makeOwner({ database, passwords, ids }: DemoDeps, now: number): Promise<string> {
  const tenantId = ids.next();
  const passwordHash = await passwords.hash(PASSWORD);
  const made = await database.inTenant(tenantId, async (sql) => {
    await sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, $3)', [tenantId, 'Demo', now]);
    const owner = { tenantId, personId: ids.next(), email: EMAIL, name: 'Demo Owner', role: 'owner', now } as const;
    const added = await addPerson(sql, { ...owner, passwordHash });
    if (!added) await sql.run('DELETE FROM tenant WHERE tenant_id = $1', [tenantId]);
    return added;
  });
  if (made) return tenantId;
  // Another relay on the same database was a moment faster.
  const other = await tenantOfEmail(database, EMAIL);
  if (other === undefined) throw new Error('the demo has no owner');
  return other;
}

import type { Ids } from '../store-server/kernel/ids.ts';
import { makeOwner } from './auth/owners.ts';
import type { Passwords } from './auth/passwords.ts';
import { tenantOfEmail } from './auth/people.ts';
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
  const tenantId = (await tenantOfEmail(database, EMAIL)) ?? (await makeDemoOwner(deps, now));
  const { code } = await database.inTenant(tenantId, async (sql) => {
    await takeBackOwn(sql, tenantId);
    return claimCodes.make(sql, { tenantId, personId: null }, now);
  });
  return [`sign in: ${EMAIL} / ${PASSWORD}`, `claim code: ${code}`];
}

async function makeDemoOwner(deps: DemoDeps, now: number): Promise<string> {
  const owner = { platform: 'Demo', name: 'Demo Owner', email: EMAIL, password: PASSWORD };
  // Another relay on the same database may have been a moment faster.
  const tenantId = (await makeOwner(deps, owner, now)) ?? (await tenantOfEmail(deps.database, EMAIL));
  if (tenantId === undefined) throw new Error('the demo has no owner');
  return tenantId;
}

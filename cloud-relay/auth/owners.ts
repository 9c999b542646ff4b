import type { Ids } from '../../store-server/kernel/ids.ts';
import type { Database } from '../db/database.ts';
import { hasAny } from '../db/directory.ts';
import type { Passwords } from './passwords.ts';
import { addPerson, changePerson, personByEmail, tenantOfEmail } from './people.ts';

interface OwnersDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly ids: Ids;
}

export interface NewOwner {
  /** What the restaurants are together, such as a company's name. */
  readonly platform: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes a platform with its first owner. @returns its tenant; null where the address belongs to somebody already */
export async function makeOwner(
  { database, passwords, ids }: OwnersDeps,
  { platform, password, ...who }: NewOwner,
  now: number,
): Promise<string | null> {
  const tenantId = ids.next();
  const passwordHash = await passwords.hash(password);
  const made = await database.inTenant(tenantId, async (sql) => {
    await sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, $3)', [tenantId, platform, now]);
    const added = await addPerson(sql, { ...who, tenantId, personId: ids.next(), role: 'owner', passwordHash, now });
    if (!added) await sql.run('DELETE FROM tenant WHERE tenant_id = $1', [tenantId]);
    return added;
  });
  return made ? tenantId : null;
}

/** Gives somebody another password, which ends their sign-ins. @returns false where nobody has this address */
export async function replacePassword(
  { database, passwords }: OwnersDeps,
  { email, password }: Pick<NewOwner, 'email' | 'password'>,
  now: number,
): Promise<boolean> {
  const tenantId = await tenantOfEmail(database, email);
  if (tenantId === undefined) return false;
  const passwordHash = await passwords.hash(password);
  return database.inTenant(tenantId, async (sql) => {
    const person = await personByEmail(sql, tenantId, email);
    if (person === undefined) return false;
    await changePerson(sql, tenantId, person.personId, { passwordHash }, now);
    return true;
  });
}

/** Whether there is anybody who may sign in. */
export const hasPeople = (database: Database): Promise<boolean> => database.outside((sql) => hasAny(sql, 'email'));

import { sha256 } from '../../store-server/kernel/hashing.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database, Sql } from '../db/database.ts';
import { tenantOf } from '../db/directory.ts';
import type { Person } from '../http/route.ts';

export interface PersonRow {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Person['role'];
  readonly passwordHash: string;
  readonly active: boolean;
}

const plainEmail = (email: string): string => email.trim().toLowerCase();

/** How the directory knows an e-mail address. */
export const emailDigest = (email: string): Buffer => sha256(`email ${plainEmail(email)}`);

/** The tenant that somebody of this address belongs to. An address belongs to one tenant only. */
export const tenantOfEmail = (database: Database, email: string): Promise<string | undefined> =>
  database.outside((sql) => tenantOf(sql, 'email', emailDigest(email)));

export const personByEmail = (sql: Sql, tenantId: string, email: string): Promise<PersonRow | undefined> =>
  sql.one<PersonRow>(
    `SELECT person_id AS "personId", email, name, role, password_hash AS "passwordHash", active
     FROM person WHERE tenant_id = $1 AND email = $2`,
    [tenantId, plainEmail(email)],
  );

export const personById = (sql: Sql, tenantId: string, personId: string): Promise<PersonRow | undefined> =>
  sql.one<PersonRow>(
    `SELECT person_id AS "personId", email, name, role, password_hash AS "passwordHash", active
     FROM person WHERE tenant_id = $1 AND person_id = $2`,
    [tenantId, personId],
  );

export interface NewPerson {
  readonly tenantId: string;
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Person['role'];
  readonly passwordHash: string;
  readonly now: number;
}

/** Adds somebody; false where the address is taken already, by this tenant or another. */
export async function addPerson(sql: Sql, person: NewPerson): Promise<boolean> {
  const { tenantId, personId, email, name, role, passwordHash, now } = person;
  const free = await sql.run(
    "INSERT INTO directory (kind, digest, tenant_id) VALUES ('email', $1, $2) ON CONFLICT DO NOTHING",
    [emailDigest(email), tenantId],
  );
  if (free === 0) return false;
  await sql.run(
    'INSERT INTO person (tenant_id, person_id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [tenantId, personId, plainEmail(email), name, role, passwordHash, now],
  );
  return true;
}

export const peopleOf = (sql: Sql, tenantId: string): Promise<PersonRow[]> =>
  sql.rows<PersonRow>(
    `SELECT person_id AS "personId", email, name, role, password_hash AS "passwordHash", active
     FROM person WHERE tenant_id = $1 ORDER BY name, email`,
    [tenantId],
  );

export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Person['role'] | undefined;
  readonly is_active?: boolean | undefined;
  readonly passwordHash: string | null;
}

/**
 * Changes what is given of a person. A new password, or no longer being active, ends their sign-ins.
 * @throws Problem NOT_FOUND, ILLEGAL_TRANSITION where nobody would be left who may add people
 */
export async function changePerson(
  sql: Sql,
  tenantId: string,
  personId: string,
  change: PersonChange,
  now: number,
): Promise<void> {
  // One change of people at a time, so that two owners cannot take each other's last key away.
  await sql.run('SELECT tenant_id FROM tenant WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
  const touched = await sql.run(
    `UPDATE person SET name = coalesce($3, name), role = coalesce($4, role), active = coalesce($5, active),
       password_hash = coalesce($6, password_hash)
     WHERE tenant_id = $1 AND person_id = $2`,
    [tenantId, personId, change.name ?? null, change.role ?? null, change.is_active ?? null, change.passwordHash],
  );
  if (touched === 0) throw new Problem('NOT_FOUND', { field: 'id' });
  const owners = await sql.rows("SELECT person_id FROM person WHERE tenant_id = $1 AND role = 'owner' AND active", [
    tenantId,
  ]);
  if (owners.length === 0) throw new Problem('ILLEGAL_TRANSITION', { reason: 'Somebody has to stay the owner.' });
  if (change.passwordHash === null && change.is_active !== false) return;
  await sql.run('UPDATE login_session SET ended_at = $3 WHERE tenant_id = $1 AND person_id = $2 AND ended_at IS NULL', [
    tenantId,
    personId,
    now,
  ]);
}

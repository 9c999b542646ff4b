import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { sha256 } from '../../store-server/kernel/hashing.ts';
import { StartRefused } from '../refused.ts';

/** Held while the schema changes, so that relays that start together take turns. Any number that nobody else uses. */
const LOCK = 4_706_829;

const folder = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly n: number;
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

/** The application's role: it can neither pass row-level security by nor change the schema. */
export interface AppRole {
  readonly name: string;
  readonly password: string;
}

export const readMigrations = (): Migration[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, folder), 'utf8');
      return { n: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, digest: sha256(sql).toString('hex') };
    });

/**
 * Brings the schema up to date as the database's owner and makes the application's role.
 * @param url of the owner
 * @returns the application's role, named after the database since roles belong to the whole server
 * @throws StartRefused for a database that cannot be reached, or was changed by a newer relay
 */
export async function migrate(url: string, password: string, migrations = readMigrations()): Promise<AppRole> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartRefused(`The database cannot be reached: ${(error as Error).message || 'no answer'}.`);
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (n int PRIMARY KEY, name text NOT NULL, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    await applyAll(client, migrations);
    return await ensureRole(client, password);
  } finally {
    await client.end();
  }
}

async function applyAll(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await client.query<{ n: number; digest: string }>('SELECT n, digest FROM migration ORDER BY n');
  const known = new Map(migrations.map(({ n, digest }) => [n, digest]));
  for (const { n, digest } of rows) {
    if (known.get(n) === undefined)
      throw new StartRefused('The database was changed by a newer relay. Start that one, or update this one.');
    if (known.get(n) !== digest)
      throw new StartRefused(
        `Step ${n} of the database's schema is not the one this relay knows. Use the relay it was made with.`,
      );
  }
  const applied = new Set(rows.map(({ n }) => n));
  for (const { n, name, sql, digest } of migrations) {
    if (applied.has(n)) continue;
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO migration (n, name, digest) VALUES ($1, $2, $3)', [n, name, digest]);
    await client.query('COMMIT');
  }
}

async function ensureRole(client: pg.Client, password: string): Promise<AppRole> {
  const { rows } = await client.query<{ database: string; known: boolean; strong: boolean }>(
    `SELECT current_database() AS database, r.rolname IS NOT NULL AS known,
       r.rolsuper OR r.rolcreatedb OR r.rolcreaterole OR r.rolbypassrls AS strong
     FROM (VALUES (1)) AS one LEFT JOIN pg_roles r ON r.rolname = 'fynlo_' || current_database()`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the database does not know its name');
  const name = `fynlo_${row.database}`;
  const role = client.escapeIdentifier(name);
  // Only a superuser may as much as name these for a role that exists, and no owner of a rented database is one.
  const weak = row.known && !row.strong ? '' : 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS';
  await client.query(
    `${row.known ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN ${weak} PASSWORD ${client.escapeLiteral(password)}`,
  );
  await client.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
  await client.query(`REVOKE ALL ON migration FROM ${role}`);
  return { name, password };
}

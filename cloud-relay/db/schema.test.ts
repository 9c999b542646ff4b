import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { filesBelow } from '../../build/check/source.ts';
import { asOwner, freshDatabase } from './cluster.fixture.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { sqlTextsIn, unscopedTables } from './tenant-scope.fixture.ts';

/** Tables that belong to no tenant, and why they may. */
const global = new Map([
  ['migration', 'the steps of the schema'],
  ['relay', 'who this relay is'],
  ['directory', 'digests that lead to a tenant before one is known'],
  ['attempt', 'wrong guesses, by digest'],
]);

let url: string;
let tenantTables: string[];
beforeAll(async () => {
  url = await freshDatabase();
  const rows = await asOwner<{ name: string }>(
    url,
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1",
  );
  tenantTables = rows.map(({ name }) => name).filter((name) => !global.has(name));
});

test('every table but a few named ones belongs to tenants', () => {
  expect(tenantTables).toContain('order_seen');
  expect(tenantTables.length).toBeGreaterThan(15);
});

test('tenant_id leads every key of every table, so that a distributed PostgreSQL can spread them', async () => {
  const keys = await asOwner<{ table: string; key: string; first: string; kind: string; other: string | null }>(
    url,
    `SELECT c.conrelid::regclass::text AS table, c.conname AS key, c.contype AS kind,
       (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1]) AS first,
       (SELECT attname FROM pg_attribute WHERE attrelid = c.confrelid AND attnum = c.confkey[1]) AS other
     FROM pg_constraint c WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace
     UNION ALL
     SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'i',
       (SELECT attname FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0]), NULL
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace`,
  );
  const own = keys.filter(({ table }) => tenantTables.includes(table));
  expect(own.filter(({ first }) => first !== 'tenant_id')).toEqual([]);
  expect(own.filter(({ kind, other }) => kind === 'f' && other !== 'tenant_id')).toEqual([]);
  const withKey = new Set(own.filter(({ kind }) => kind === 'p').map(({ table }) => table));
  expect(tenantTables.filter((table) => !withKey.has(table))).toEqual([]);
});

test('row-level security is on and forced for every tenant table', async () => {
  const rows = await asOwner<{ name: string; policies: string[] }>(
    url,
    `SELECT c.relname AS name, array_agg(p.polname::text || ' ' || pg_get_expr(p.polqual, p.polrelid)) AS policies
     FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
     WHERE c.relrowsecurity AND c.relforcerowsecurity GROUP BY c.relname ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual(tenantTables);
  for (const { policies } of rows)
    expect(policies).toEqual([
      "own_tenant (tenant_id = (NULLIF(current_setting('fynlo.tenant'::text, true), ''::text))::uuid)",
    ]);
});

test('every statement names the tenant of every table it touches', () => {
  const root = new URL('../../', import.meta.url).pathname;
  const files = filesBelow(root, 'cloud-relay').filter(
    (file) => /\.ts$/.test(file) && !/\.(test|fixture)\.ts$/.test(file),
  );
  const texts = files.flatMap((file) =>
    sqlTextsIn(file, readFileSync(`${root}${file}`, 'utf8')).map((sql) => ({ file, sql })),
  );
  expect(texts.length).toBeGreaterThan(50);
  // Only whose transaction it is is put into a text, escaped by the driver: one round trip less for each request.
  const built = texts.filter(({ file, sql }) => sql === null && file !== 'cloud-relay/db/database.ts');
  expect(built).toEqual([]);
  const loose = texts.flatMap(({ file, sql }) =>
    unscopedTables(sql ?? '', tenantTables).map((table) => `${file}: ${table} without its tenant in: ${sql}`),
  );
  expect(loose).toEqual([]);
});

test('the check on statements finds what is missing', () => {
  const loose = (sql: string) => unscopedTables(sql, tenantTables);
  expect(loose('SELECT 1 FROM store WHERE store_id = $1')).toEqual(['store']);
  expect(loose('SELECT 1 FROM store WHERE tenant_id = $1')).toEqual([]);
  expect(loose('SELECT 1 FROM store s JOIN epoch e ON e.store_id = s.store_id WHERE s.tenant_id = $1')).toEqual([
    'epoch',
  ]);
  expect(loose('DELETE FROM person WHERE tenant_id = tenant_id')).toEqual(['person']);
  expect(loose('UPDATE person SET tenant_id = $1')).toEqual(['person']);
  expect(loose('INSERT INTO person (email) VALUES ($1)')).toEqual(['person']);
  expect(loose("SELECT 1 FROM directory WHERE kind = 'email'")).toEqual([]);
  const built = ['sql.rows(`SELECT 1 FROM store WHERE tenant_id = $', '{id}`)'].join('');
  expect(sqlTextsIn('a.ts', built)).toEqual([null]);
});

test('the application’s role sees one tenant’s rows, none without one, and cannot step out of it', async () => {
  const role = await migrate(url, 'app');
  const [rights] = await asOwner<object>(
    url,
    'SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = $1',
    [role.name],
  );
  expect(rights).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  const database = openDatabase(url, role, () => undefined);
  const [one, two] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
  try {
    for (const id of [one, two])
      await database.inTenant(id, (sql) =>
        sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, 0)', [id, id]),
      );
    const all = 'SELECT name FROM tenant';
    expect(await database.inTenant(one, (sql) => sql.rows(all))).toEqual([{ name: one }]);
    expect(await database.outside((sql) => sql.rows(all))).toEqual([]);
    await expect(
      database.inTenant(one, (sql) =>
        sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, 0)', [
          '00000000-0000-7000-8000-000000000003',
          'x',
        ]),
      ),
    ).rejects.toThrow(/row-level security/);
    expect(
      await database.inTenant(one, (sql) => sql.run("UPDATE tenant SET name = 'mine' WHERE tenant_id = $1", [two])),
    ).toBe(0);
    await expect(database.outside((sql) => sql.run('ALTER TABLE tenant DISABLE ROW LEVEL SECURITY'))).rejects.toThrow(
      /owner/,
    );
    await expect(database.outside((sql) => sql.rows('SELECT * FROM migration'))).rejects.toThrow(/permission denied/);
    // The tenant of one transaction does not stay for the next on the same connection.
    expect(await database.outside((sql) => sql.rows(all))).toEqual([]);
  } finally {
    await database.close();
  }
});

import pg from 'pg';
import { asOwner } from '../../cloud-relay/db/cluster.fixture.ts';
import type { TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { createTestStore, type TestStore } from '../../cloud-relay/store.fixture.ts';

/** Two owners of restaurants on one relay, with the same kinds of everything. */

export interface Platform {
  readonly token: string;
  readonly store: TestStore;
  readonly product: string;
  readonly user: string;
}

const span = { month: '2025-06', day: '2025-06-18' };

/** Fills one platform with a restaurant, people, rules, commands; every text and amount in it can be told from others'. */
export async function fill(at: TestRelay, token: string, word: string, amount: number): Promise<Platform> {
  const post = async (path: string, body: unknown) => {
    const { status, data } = await at.call(`POST /api/v1/platform/${path}`, { body, token });
    if (status !== 201) throw new Error(`${path}: ${status}`);
    return data;
  };
  const store = createTestStore(at, at.ids.next(), `${word} restaurant`);
  await store.join((await post('claim-codes', {})).code);
  const product = at.ids.next();
  const dish = { product_id: product, name: `${word} soup`, category_id: product, price_minor: amount };
  store.tell([
    {
      kind: 'menu.product_changed',
      entity: 'product',
      entityId: product,
      body: { ...dish, vat_bps: 0, active: true },
    },
  ]);
  store.sell(amount, { day: span.day });
  await store.send(store.batch(1));
  await store.exchange({ sales_minor: amount, orders_settled: 1, name: `${word} restaurant` });
  await post('commission-rules', { restaurants: [store.id], from_day: '2025-06-01', bps: 250 });
  const input = { product_id: product, price_minor: amount };
  await post(`restaurants/${store.id}/commands`, { command: 'menu.change_product', input });
  const user = {
    email: `${word}-viewer@platform.test`,
    name: `${word} viewer`,
    role: 'viewer',
    password: `${word}-pass-1`,
  };
  return { token, store, product, user: (await post('users', user)).id };
}

/** One id of each kind that a tenant has anywhere: `store.store_id`, `command.command_id` and so on. */
export async function idsOf(databaseUrl: string, tenantId: string): Promise<Map<string, string>> {
  const columns = await asOwner<{ table: string; column: string }>(
    databaseUrl,
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.data_type = 'uuid' AND EXISTS (
       SELECT 1 FROM information_schema.columns t WHERE t.table_name = c.table_name AND t.column_name = 'tenant_id')`,
  );
  const found = new Map<string, string>();
  for (const { table, column } of columns) {
    const [row] = await asOwner<{ id: string }>(
      databaseUrl,
      `SELECT "${column}"::text AS id FROM "${table}" WHERE tenant_id = $1 AND "${column}" IS NOT NULL LIMIT 1`,
      [tenantId],
    );
    if (row !== undefined && ![...found.values()].includes(row.id)) found.set(`${table}.${column}`, row.id);
  }
  return found;
}

/** Every row that a tenant has, in a fixed order. */
export async function rowsOf(databaseUrl: string, tenantId: string): Promise<Record<string, string[]>> {
  const tables = await asOwner<{ name: string }>(
    databaseUrl,
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name <> 'directory' ORDER BY 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const text = `SELECT to_jsonb(t)::text AS row FROM "${name}" t WHERE tenant_id = $1 ORDER BY 1`;
    rows[name] = (await asOwner<{ row: string }>(databaseUrl, text, [tenantId])).map(({ row }) => row);
  }
  return rows;
}

/**
 * From now on no statement of this process asks for its tenant, as if somebody had forgotten it everywhere; what is left
 * is what the database itself insists on. @returns what puts it right, and how many statements were changed so far
 */
export function forgetTenantFilters(): { putRight(): void; changed(): number } {
  const query = pg.Client.prototype.query;
  let changed = 0;
  const filter = /\b(?:[a-z]\w*\.)?tenant_id = \$1/g;
  pg.Client.prototype.query = function forgetful(this: pg.Client, asked: unknown, ...rest: unknown[]) {
    const { text = '', values } = asked as Partial<pg.QueryConfig>;
    const without = text.replace(filter, '$1::uuid IS NOT NULL');
    if (without !== text) changed += 1;
    // Without its name, under which the database may know the statement as it should be.
    const forgotten = without === text ? asked : { text: without, values };
    return (query as (...all: unknown[]) => unknown).call(this, forgotten, ...rest);
  } as typeof query;
  return {
    putRight() {
      pg.Client.prototype.query = query;
    },
    changed: () => changed,
  };
}

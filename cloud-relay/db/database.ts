import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { AppRole } from './migrate.ts';

/** Statements inside one transaction. Every text is written out; values are parameters. */
export interface Sql {
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The only row, or undefined. */
  one<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /** How many rows it touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
}

export interface How {
  /** False where losing the last moments in a power cut does no harm: the commit then waits for no disk. */
  readonly durable?: boolean;
  /**
   * True for what comes many times a second: each connection then plans its statements once. Through a pooler that has to
   * be one that knows prepared statements.
   */
  readonly prepared?: boolean;
}

/** The relay's database as its application role. */
export interface Database {
  /**
   * One transaction on behalf of one tenant. Row-level security shows it that tenant's rows and no others, whatever the
   * statements say.
   */
  inTenant<Result>(tenantId: string, work: (sql: Sql) => Promise<Result>, how?: How): Promise<Result>;
  /**
   * One transaction for several steps: whatever `work` does for this tenant through `inTenant` becomes part of it, so
   * that all of it happens or nothing.
   */
  together<Result>(tenantId: string, work: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** One transaction without a tenant: only the few tables that belong to none have rows. */
  outside<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Counts and money are whole numbers far below 2^53; a business day is a text, not an instant. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = { 20: Number, 1082: String };
const MOST_CONNECTIONS = 10;
/** Ms: longer than any statement of ours takes, shorter than a store waits. */
const LONGEST_STATEMENT = 20_000;

/** @param url of the owner, whose place the role takes */
export function openDatabase(url: string, role: AppRole, onTrouble: (error: Error) => void): Database {
  const address = new URL(url);
  address.username = encodeURIComponent(role.name);
  address.password = encodeURIComponent(role.password);
  const pool = new pg.Pool({
    connectionString: address.href,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    statement_timeout: LONGEST_STATEMENT,
    idle_in_transaction_session_timeout: LONGEST_STATEMENT,
    types: { getTypeParser: ((oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid)) as never },
  });
  let closing = false;
  const opened = new AsyncLocalStorage<{ readonly tenantId: string; readonly sql: Sql }>();
  pool.on('error', (error) => {
    if (!closing) onTrouble(error);
  });

  async function transaction<Result>(
    tenantId: string | null,
    work: (sql: Sql) => Promise<Result>,
    { durable = true, prepared = false }: How = {},
  ): Promise<Result> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(opening(client, tenantId, durable));
      const result = await work(sqlOf(client, prepared));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    inTenant(tenantId, work, how) {
      const open = opened.getStore();
      return open?.tenantId === tenantId ? work(open.sql) : transaction(tenantId, work, how);
    },
    together: (tenantId, work) => transaction(tenantId, (sql) => opened.run({ tenantId, sql }, () => work(sql))),
    outside: (work) => transaction(null, work),
    close() {
      closing = true;
      return pool.end();
    },
  };
}

/** One round trip to the database, whatever the transaction begins with. */
const opening = (client: pg.PoolClient, tenantId: string | null, durable: boolean): string =>
  [
    'BEGIN',
    ...(tenantId === null ? [] : [`SELECT set_config('fynlo.tenant', ${client.escapeLiteral(tenantId)}, true)`]),
    ...(durable ? [] : ['SET LOCAL synchronous_commit = off']),
  ].join(';');

const names = new Map<string, string>();
/** The same for each text; there are as many as are written in the source. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `fynlo_${names.size}`;
  names.set(text, name);
  return name;
}

function sqlOf(client: pg.PoolClient, prepared: boolean): Sql {
  const ask = (text: string, values: readonly unknown[]) =>
    client.query({ text, values: [...values], ...(prepared ? { name: nameOf(text) } : {}) });
  return {
    rows: async (text, values = []) => (await ask(text, values)).rows,
    one: async (text, values = []) => (await ask(text, values)).rows[0],
    run: async (text, values = []) => (await ask(text, values)).rowCount ?? 0,
  };
}

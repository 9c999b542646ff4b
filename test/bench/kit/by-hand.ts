import { createHash, randomBytes } from 'node:crypto';
import type { Core } from '../../../store-server/commands/core.ts';
import type { Connection } from '../../../store-server/db/connection.ts';
import { openConnection } from '../../../store-server/db/connection.ts';
import { ids } from './store.ts';

type Row = Record<string, string | number | null | Buffer>;

/** Every row that one order left behind, read back from the store that took it. */
interface Sample {
  readonly table: Row;
  readonly rows: readonly (readonly [table: string, row: Row])[];
}

/** The rows of the last order of a store, in the order in which the command writes them. */
export function sampleOf(core: Core): Sample {
  const { sqlite } = core.connection();
  const all = (statement: string, ...values: unknown[]): Row[] => sqlite.prepare<unknown[], Row>(statement).all(values);
  const [order] = all('SELECT * FROM orders ORDER BY alias DESC LIMIT 1');
  if (order === undefined) throw new Error('there is no order to take as a sample');
  const [entry] = all(
    `SELECT * FROM journal WHERE seq = (SELECT seq FROM journal_part WHERE entity_id = ? LIMIT 1)`,
    order['id'],
  );
  const seq = entry?.['seq'];
  const named = (table: string, rows: Row[]) => rows.map((row) => [table, row] as const);
  return {
    table: all('SELECT * FROM dining_table WHERE id = ?', order['table_id'])[0] as Row,
    rows: [
      ...named('orders', [order]),
      ...named('order_line', all('SELECT * FROM order_line WHERE order_id = ? ORDER BY n', order['id'])),
      ...named(
        'order_line_modifier',
        all(
          'SELECT * FROM order_line_modifier WHERE line_id IN (SELECT id FROM order_line WHERE order_id = ?)',
          order['id'],
        ),
      ),
      ...named('job', all('SELECT * FROM job WHERE subject_id = ? ORDER BY n', order['id'])),
      ...named('journal_part', all('SELECT * FROM journal_part WHERE seq = ? ORDER BY n', seq)),
      ...named('journal', [entry as Row]),
      ...named('receipt', all('SELECT * FROM receipt WHERE seq = ?', seq)),
    ],
  };
}

const sha256 = (...pieces: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
};

/**
 * The same rows written by hand: bare statements, prepared once, one transaction for each order, and nothing asked of
 * the menu, the floor or the person. `making` also makes what only exists in the rows: it writes the JSON texts of the
 * journal, the receipt and the kitchen tickets out of plain objects and computes the digests and the chain; without it
 * these lie there ready, and what is left is SQLite alone.
 */
export function createByHand(file: string, { table, rows }: Sample, making: boolean) {
  const connection: Connection = openConnection(file);
  const { sqlite } = connection;
  const begin = sqlite.prepare('BEGIN IMMEDIATE');
  const commit = sqlite.prepare('COMMIT');
  const seat = sqlite.prepare(
    'UPDATE dining_table SET status=?, server_id=?, occupied_since=?, open_checks=? WHERE id=?',
  );
  const statements = rows.map(([name, row]) => {
    const names = Object.keys(row);
    // biome-ignore format: one statement a row, as the command has it
    const statement = sqlite.prepare(`INSERT INTO ${name} (${names.join()}) VALUES (${names.map(() => '?').join()})`); // fixed names, read from the schema
    return { name, names, statement, texts: names.map((column) => parsed(row[column])) };
  });
  const next = (tableName: string, column: string): number =>
    Number(sqlite.prepare(`SELECT max(${column}) AS n FROM ${tableName}`).pluck().get() ?? 0) + 1;
  let alias = next('orders', 'alias') + 1_000_000;
  let seq = next('journal', 'seq');
  let head: Buffer = Buffer.alloc(32);

  function one(): void {
    const orderId = ids.next();
    const commandId = ids.next();
    const salts = making ? randomBytes(16 * 8) : null;
    const digests: Buffer[] = [];
    alias += 1;
    begin.run();
    for (const [at, { name, names, statement, texts }] of statements.entries()) {
      const row = rows[at]?.[1] as Row;
      const own = ids.next();
      let digest: Buffer | null = null;
      const cells = names.map((column, n) => {
        if (column === 'id') return name === 'orders' ? orderId : own;
        if (column === 'order_id' || column === 'subject_id') return orderId;
        if (column === 'entity_id') return row['entity_type'] === 'order' ? orderId : (row['entity_id'] ?? null);
        if (column === 'alias') return alias;
        if (column === 'order_number') return alias;
        if (column === 'seq') return seq;
        if (column === 'n' && name === 'job') return null;
        if (column === 'command_id') return commandId;
        if (column === 'key') return commandId;
        if (!making) return row[column] ?? null;
        const object = texts[n];
        if (column === 'body') {
          const body = JSON.stringify(object);
          digest = sha256((salts as Buffer).subarray(0, 16), body);
          digests.push(digest);
          return body;
        }
        if (column === 'digest') return digest;
        if (column === 'hash') {
          head = sha256(head, JSON.stringify(row), ...digests);
          return head;
        }
        if (column === 'request_digest') return sha256(JSON.stringify(rows[0]));
        return object === undefined ? (row[column] ?? null) : JSON.stringify(object);
      });
      statement.run(cells);
      if (name === 'orders') {
        seat.run(table['status'], table['server_id'], table['occupied_since'], table['open_checks'], table['id']);
      }
    }
    seq += 1;
    commit.run();
  }
  return { one, close: () => void sqlite.close() };
}

/** The object in a text that holds one, so that it can be written out anew; undefined for everything else. */
function parsed(cell: Row[string] | undefined): unknown {
  if (typeof cell !== 'string' || !/^[[{]/.test(cell) || cell.length < 20) return undefined;
  return JSON.parse(cell);
}

import { createHash, randomBytes } from 'node:crypto';
import type { Core } from '../../../store-server/commands/core.ts';
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

type Value = Row[string];
interface Making {
  readonly orderId: string;
  /** The command's id; the receipt's key as well. */
  readonly commandId: string;
  readonly number: number;
  readonly seq: number;
  readonly digests: Buffer[];
}
type Cell = (making: Making) => Value;

/** What each new order has of its own in a column; undefined where every order has the same. */
function ownCell(table: string, column: string, row: Row): Cell | undefined {
  if (column === 'id') return table === 'orders' ? ({ orderId }) => orderId : () => ids.next();
  if (column === 'order_id' || column === 'subject_id') return ({ orderId }) => orderId;
  if (column === 'entity_id' && row['entity_type'] === 'order') return ({ orderId }) => orderId;
  if (column === 'alias' || column === 'order_number') return ({ number }) => number;
  if (column === 'seq') return ({ seq }) => seq;
  if (column === 'command_id' || column === 'key') return ({ commandId }) => commandId;
  if (column === 'n' && table === 'job') return () => null;
  return undefined;
}

/** What only exists in the rows and has to be made for each: JSON texts out of plain objects, digests, the chain. */
function madeCell(column: string, row: Row, sample: Sample): Cell | undefined {
  const cell = row[column];
  const object = typeof cell === 'string' && /^[[{]/.test(cell) && cell.length > 20 ? JSON.parse(cell) : undefined;
  if (column === 'body') {
    return ({ digests }) => {
      const body = JSON.stringify(object);
      digests.push(sha256(randomBytes(16), body));
      return body;
    };
  }
  if (object !== undefined) return () => JSON.stringify(object);
  if (column === 'digest') return ({ digests }) => digests.at(-1) as Buffer;
  if (column === 'request_digest') return () => sha256(JSON.stringify(sample.rows[0]));
  if (column === 'hash') return ({ digests }) => sha256(row['hash'] as Buffer, JSON.stringify(row), ...digests);
  return undefined;
}

/**
 * The same rows written by hand: bare statements, prepared once, a transaction for each order, and nothing asked of the
 * menu, the floor or the person. `making` also makes what only exists in the rows (JSON texts, digests, the chain);
 * without it these lie there ready, and what is left is SQLite alone.
 */
export function createByHand(file: string, sample: Sample, making: boolean) {
  const { sqlite } = openConnection(file);
  const begin = sqlite.prepare('BEGIN IMMEDIATE');
  const commit = sqlite.prepare('COMMIT');
  const { id, status, server_id, occupied_since, open_checks } = sample.table as Record<string, Value>;
  const seat = sqlite.prepare(
    'UPDATE dining_table SET status=?, server_id=?, occupied_since=?, open_checks=? WHERE id=?',
  );
  const inserts = sample.rows.map(([table, row]) => {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join();
    const made = names.flatMap((column, at): { at: number; cell: Cell }[] => {
      const cell = ownCell(table, column, row) ?? (making ? madeCell(column, row, sample) : undefined);
      return cell === undefined ? [] : [{ at, cell }];
    });
    const statement = sqlite.prepare(`INSERT INTO "${table}" (${names.join()}) VALUES (${marks})`);
    return { statement, values: names.map((column) => row[column] ?? null), made };
  });
  let number = 1_000_000;
  let seq = sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM journal').get()?.seq ?? 0;

  function one(): void {
    number += 1;
    seq += 1;
    const own: Making = { orderId: ids.next(), commandId: ids.next(), number, seq, digests: [] };
    begin.run();
    for (const { statement, values, made } of inserts) {
      for (const { at, cell } of made) values[at] = cell(own);
      statement.run(values);
    }
    seat.run(status, server_id, occupied_since, open_checks, id);
    commit.run();
  }
  return { one, close: () => void sqlite.close() };
}

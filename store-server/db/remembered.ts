import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Connection } from './connection.ts';

/** How often each table was written to through a connection, and how often writes were taken back. */
interface Writes {
  readonly of: Map<SQLiteTable, number>;
  undone: number;
}

const watched = new WeakMap<Connection, Writes>();

/** From here on every write to this connection is told by `wrote` and every rollback by `undid`, so it may remember. */
export function watchWrites(connection: Connection): void {
  if (!watched.has(connection)) watched.set(connection, { of: new Map(), undone: 0 });
}

/** A table was written to. */
export function wrote(connection: Connection, table: SQLiteTable): void {
  const writes = watched.get(connection);
  writes?.of.set(table, (writes.of.get(table) ?? 0) + 1);
}

/** Writes were rolled back: whatever was read since may not be so. */
export function undid(connection: Connection): void {
  const writes = watched.get(connection);
  if (writes !== undefined) writes.undone += 1;
}

interface Kept<Value> {
  readonly value: Value;
  readonly counts: readonly number[];
  readonly undone: number;
}

/**
 * A read of small tables that change seldom and are asked for several times in every command (settings, printers,
 * stations): done once, and again after one of the tables was written to. There is one writer, so counting its writes
 * is enough, inside its transactions too. A connection that nobody watches, such as a read-only one, remembers nothing.
 * The value is shared: whoever gets it leaves it as it is.
 */
export function remembered<Value>(
  tables: readonly SQLiteTable[],
  read: (connection: Connection) => Value,
): (connection: Connection) => Value {
  const known = new WeakMap<Connection, Kept<Value>>();
  return (connection) => {
    const writes = watched.get(connection);
    if (writes === undefined) return read(connection);
    const kept = known.get(connection);
    if (kept !== undefined && holds(kept, tables, writes)) return kept.value;
    const counts = tables.map((table) => writes.of.get(table) ?? 0);
    const value = read(connection);
    known.set(connection, { value, counts, undone: writes.undone });
    return value;
  };
}

function holds({ counts, undone }: Kept<unknown>, tables: readonly SQLiteTable[], writes: Writes): boolean {
  if (undone !== writes.undone) return false;
  for (let n = 0; n < tables.length; n += 1) {
    if (counts[n] !== (writes.of.get(tables[n] as SQLiteTable) ?? 0)) return false;
  }
  return true;
}

import type Database from 'better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Cell, type Column, shapeOf, type TableShape } from './columns.ts';
import type { Connection } from './connection.ts';
import { watchWrites, wrote } from './remembered.ts';

export type NewRow<Table extends SQLiteTable> = Table['$inferInsert'];
export type RowFields<Table extends SQLiteTable> = Partial<Table['$inferInsert']>;
export type WrittenRow = Readonly<Record<string, Cell>>;

/** Called before each statement; a test makes it throw to see that a half-done command leaves nothing. */
export type BeforeWrite = (sql: string) => void;

/**
 * The three statements everything is written with, prepared once per table (an update once per set of columns).
 * Every table keyed by one text column `id`. Returns the cells as they were stored, for the journal.
 */
export interface RowWriter {
  insert<Table extends SQLiteTable>(table: Table, row: NewRow<Table>): WrittenRow;
  /** @throws Error if there is no such row: a command that changes nothing is a bug. */
  update<Table extends SQLiteTable>(table: Table, id: string, fields: RowFields<Table>): WrittenRow;
  remove<Table extends SQLiteTable>(table: Table, id: string): void;
}

export function createRowWriter(connection: Connection, beforeWrite?: BeforeWrite): RowWriter {
  const { sqlite } = connection;
  watchWrites(connection);
  const writings = new Map<SQLiteTable, Writing>();

  function writingOf(table: SQLiteTable): Writing {
    let writing = writings.get(table);
    if (writing === undefined) {
      const { name, columns } = shapeOf(table);
      const names = [...columns.values()].map((column) => `"${column.name}"`);
      // Every column, each time: what a row leaves out is NULL, since no column has a default.
      const insert = `INSERT INTO "${name}" (${names.join()}) VALUES (${names.map(() => '?').join()})`;
      const remove = `DELETE FROM "${name}" WHERE "id"=?`;
      writing = { insert: sqlite.prepare(insert), updates: new Map(), remove: sqlite.prepare(remove) };
      writings.set(table, writing);
    }
    return writing;
  }

  function updateOf(table: SQLiteTable, names: readonly string[]): Database.Statement {
    const { updates } = writingOf(table);
    const signature = names.join();
    let statement = updates.get(signature);
    if (statement === undefined) {
      const sets = names.map((name) => `"${name}"=?`).join();
      statement = sqlite.prepare(`UPDATE "${shapeOf(table).name}" SET ${sets} WHERE "id"=?`);
      updates.set(signature, statement);
    }
    return statement;
  }

  const run = (statement: Database.Statement, table: SQLiteTable, values: Cell | readonly Cell[]): number => {
    beforeWrite?.(statement.source);
    wrote(connection, table);
    return statement.run(values).changes;
  };

  return {
    insert(table, row) {
      const { name, columns } = shapeOf(table);
      const cells: Record<string, Cell> = {};
      const values = new Array<Cell>(columns.size).fill(null);
      for (const property of Object.keys(row)) {
        const value = (row as Record<string, unknown>)[property];
        if (value === undefined) continue;
        const column = columnOf(columns, property, name);
        const cell = column.encode(value);
        cells[column.name] = cell;
        values[column.at] = cell;
      }
      run(writingOf(table).insert, table, values);
      return cells;
    },
    update(table, id, fields) {
      const { name, columns } = shapeOf(table);
      const cells: Record<string, Cell> = { id };
      const names: string[] = [];
      const values: Cell[] = [];
      for (const [property, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        const column = columnOf(columns, property, name);
        const cell = column.encode(value);
        cells[column.name] = cell;
        names.push(column.name);
        values.push(cell);
      }
      if (names.length === 0) throw new Error(`An update of ${name} has to change something`);
      values.push(id);
      if (run(updateOf(table, names), table, values) !== 1) throw new Error(`${name} ${id} is not there`);
      return cells;
    },
    remove(table, id) {
      if (run(writingOf(table).remove, table, id) !== 1) throw new Error(`${shapeOf(table).name} ${id} is not there`);
    },
  };
}

interface Writing {
  readonly insert: Database.Statement;
  /** By the columns they set. */
  readonly updates: Map<string, Database.Statement>;
  readonly remove: Database.Statement;
}

function columnOf(columns: TableShape['columns'], property: string, table: string): Column {
  const column = columns.get(property);
  if (column === undefined) throw new Error(`${table} has no column for ${property}`);
  return column;
}

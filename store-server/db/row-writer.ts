import type Database from 'better-sqlite3';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Cell, shapeOf } from './columns.ts';
import type { Connection } from './connection.ts';

export type NewRow<Table extends SQLiteTable> = Table['$inferInsert'];
export type RowFields<Table extends SQLiteTable> = Partial<Table['$inferInsert']>;
export type WrittenRow = Readonly<Record<string, Cell>>;

/** Called before each statement; a test makes it throw to see that a half-done command leaves nothing. */
export type BeforeWrite = (sql: string) => void;

/**
 * The three statements everything is written with, prepared once per table and set of columns.
 * Every table keyed by one text column `id`. Returns the cells as they were stored, for the journal.
 */
export interface RowWriter {
  insert<Table extends SQLiteTable>(table: Table, row: NewRow<Table>): WrittenRow;
  /** @throws Error if there is no such row: a command that changes nothing is a bug. */
  update<Table extends SQLiteTable>(table: Table, id: string, fields: RowFields<Table>): WrittenRow;
  remove<Table extends SQLiteTable>(table: Table, id: string): void;
}

export function createRowWriter({ sqlite }: Connection, beforeWrite?: BeforeWrite): RowWriter {
  const statements = new WeakMap<SQLiteTable, Map<string, Database.Statement>>();

  const statementFor = (table: SQLiteTable, signature: string, sql: () => string): Database.Statement => {
    let ofTable = statements.get(table);
    if (ofTable === undefined) {
      ofTable = new Map();
      statements.set(table, ofTable);
    }
    let statement = ofTable.get(signature);
    if (statement === undefined) {
      statement = sqlite.prepare(sql());
      ofTable.set(signature, statement);
    }
    return statement;
  };

  const cellsOf = (table: SQLiteTable, row: object): Record<string, Cell> => {
    const { name: tableName, columns } = shapeOf(table);
    const cells: Record<string, Cell> = {};
    for (const [property, value] of Object.entries(row)) {
      if (value === undefined) continue;
      const column = columns.get(property);
      if (column === undefined) throw new Error(`${tableName} has no column for ${property}`);
      cells[column.name] = column.encode(value);
    }
    return cells;
  };

  return {
    insert(table, row) {
      const cells = cellsOf(table, row);
      const names = Object.keys(cells);
      const statement = statementFor(table, `+${names.join()}`, () => {
        const marks = names.map((name) => `@${name}`).join();
        return `INSERT INTO "${shapeOf(table).name}" (${names.map((name) => `"${name}"`).join()}) VALUES (${marks})`;
      });
      beforeWrite?.(statement.source);
      statement.run(cells);
      return cells;
    },
    update(table, id, fields) {
      const cells = cellsOf(table, fields);
      const names = Object.keys(cells);
      if (names.length === 0) throw new Error(`An update of ${shapeOf(table).name} has to change something`);
      const statement = statementFor(table, `=${names.join()}`, () => {
        const sets = names.map((name) => `"${name}"=@${name}`).join();
        return `UPDATE "${shapeOf(table).name}" SET ${sets} WHERE "id"=@where_id`;
      });
      beforeWrite?.(statement.source);
      const { changes } = statement.run({ ...cells, where_id: id });
      if (changes !== 1) throw new Error(`${shapeOf(table).name} ${id} is not there`);
      return { id, ...cells };
    },
    remove(table, id) {
      const statement = statementFor(table, '-', () => `DELETE FROM "${shapeOf(table).name}" WHERE "id"=?`);
      beforeWrite?.(statement.source);
      const { changes } = statement.run(id);
      if (changes !== 1) throw new Error(`${shapeOf(table).name} ${id} is not there`);
    },
  };
}

import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** What SQLite stores. Booleans are 0 and 1 and objects are JSON text by the time they are here. */
export type Cell = string | number | null | Uint8Array;

export interface Column {
  readonly name: string;
  /** Its place among the table's columns. */
  readonly at: number;
  readonly encode: (value: unknown) => Cell;
}

export interface TableShape {
  readonly name: string;
  /** By the property that TypeScript code uses. */
  readonly columns: ReadonlyMap<string, Column>;
}

const shapes = new WeakMap<SQLiteTable, TableShape>();

/** The table's name and columns, read once from its drizzle schema. */
export function shapeOf(table: SQLiteTable): TableShape {
  let shape = shapes.get(table);
  if (shape === undefined) {
    const columns = Object.entries(getTableColumns(table)).map(([property, column], at) => {
      const plain = column.dataType === 'string' || column.dataType === 'number' || column.dataType === 'buffer';
      const encode = (value: unknown): Cell => {
        if (value === null || plain) return value as Cell;
        return column.mapToDriverValue(value) as Cell;
      };
      return [property, { name: column.name, at, encode }] as const;
    });
    shape = { name: getTableName(table), columns: new Map(columns) };
    shapes.set(table, shape);
  }
  return shape;
}

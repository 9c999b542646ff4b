import type { Connection } from './connection.ts';

export type Row = Readonly<Record<string, string | number | Buffer | null>>;

/**
 * Brings over one table's rows that fit, one by one: who points to somebody that is not there any more stays behind, and
 * where the table cannot be read, what is there already stands.
 * @param key the columns that tell one row from another
 * @param skip a column that is numbered anew
 */
export function bringRows(
  into: Connection,
  from: Connection,
  { table, key = 'id', skip = '' }: { table: string; key?: string; skip?: string },
  fits: (row: Row) => boolean = () => true,
): void {
  try {
    for (const row of from.sqlite.prepare<[], Row>(`SELECT * FROM "${table}"`).iterate()) {
      if (!fits(row)) continue;
      const names = Object.keys(row).filter((name) => name !== skip);
      const columns = names.map((name) => `"${name}"`).join();
      const places = names.map(() => '?').join();
      const sets = names.map((name) => `"${name}" = excluded."${name}"`).join();
      try {
        into.sqlite
          .prepare(`INSERT INTO "${table}" (${columns}) VALUES (${places}) ON CONFLICT (${key}) DO UPDATE SET ${sets}`)
          .run(names.map((name) => row[name]));
      } catch {
        // It belongs to a person or a device that this database does not know.
      }
    }
  } catch {
    // Here is the damage.
  }
}

/**
 * Brings over marks that were only ever set and never taken back, such as when a sign-in was ended. Nothing else of those
 * rows is believed.
 */
export function bringMarks(into: Connection, from: Connection, table: string, column: string): void {
  const set = into.sqlite.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE "id" = ? AND "${column}" IS NULL`);
  try {
    const marked = from.sqlite.prepare<[], { id: string; mark: number }>(
      `SELECT "id", "${column}" AS mark FROM "${table}" WHERE "${column}" IS NOT NULL`,
    );
    for (const { id, mark } of marked.iterate()) set.run(mark, id);
  } catch {
    // Here is the damage.
  }
}

/** Which of these tables do not have the same rows in another file. */
export function differingTables({ sqlite }: Connection, file: string, tables: Iterable<string>): string[] {
  sqlite.prepare('ATTACH ? AS found').run(file);
  const isAny = (sql: string) => sqlite.prepare(`${sql} LIMIT 1`).get() !== undefined;
  try {
    return [...tables].filter(
      (table) =>
        isAny(`SELECT * FROM main."${table}" EXCEPT SELECT * FROM found."${table}"`) ||
        isAny(`SELECT * FROM found."${table}" EXCEPT SELECT * FROM main."${table}"`),
    );
  } finally {
    sqlite.exec('DETACH found');
  }
}

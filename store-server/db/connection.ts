import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';

/** "Fynl": tells our files from anybody else's (SQLite's application_id). */
export const APPLICATION_ID = 0x46796e6c;

/**
 * Every setting a connection is opened with, and what it must read back as.
 * The order matters: `synchronous` follows the WAL pragma, because the driver builds WAL to default to NORMAL,
 * which loses acknowledged commits in a power cut. The two fullfsync settings matter on macOS (F_FULLFSYNC).
 * `recursive_triggers` keeps INSERT OR REPLACE from walking past a delete trigger; `temp_store` keeps each
 * savepoint's undo pages out of a temporary file.
 */
export const pragmas = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['fullfsync', 1, 1],
  ['checkpoint_fullfsync', 1, 1],
  ['foreign_keys', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['busy_timeout', 5000, 5000],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', 0, 0],
  ['journal_size_limit', 67_108_864, 67_108_864],
  ['wal_autocheckpoint', 1000, 1000],
] as const satisfies readonly (readonly [string, string | number, string | number])[];

export type Orm = BetterSQLite3Database<Record<string, never>>;

/** One open connection: the driver for the write verbs and raw reports, drizzle for reads. */
export interface Connection {
  readonly sqlite: Database.Database;
  readonly orm: Orm;
}

/** The settings that do not read back as they must, as "name is x, must be y". Empty when all is well. */
export function wrongPragmas(sqlite: Database.Database): string[] {
  return pragmas.flatMap(([name, , expected]) => {
    const found = sqlite.pragma(name, { simple: true });
    return found === expected ? [] : [`${name} is ${String(found)}, must be ${expected}`];
  });
}

/**
 * Opens a database file with every setting of `pragmas`, and refuses to hand it out if one did not take.
 * A read-only connection is for workers and tools; it shares the settings but may not write.
 */
export function openConnection(file: string, { readonly = false }: { readonly?: boolean } = {}): Connection {
  const sqlite = new Database(file, { readonly, fileMustExist: readonly });
  try {
    for (const [name, value] of pragmas) sqlite.pragma(`${name} = ${value}`);
    const wrong = wrongPragmas(sqlite);
    if (wrong.length > 0) throw new Error(`The database could not be set up safely: ${wrong.join('; ')}`);
    return { sqlite, orm: drizzle(sqlite) };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

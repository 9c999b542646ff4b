import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { APPLICATION_ID, type Connection } from './connection.ts';

/** The SQL files lie beside this file, or beside the bundle. */
const migrationsFolder = join(import.meta.dirname, 'migrations');

/** Why a file cannot be opened by this program, in a sentence for the person at the console. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly why: 'other_program' | 'newer' | 'no_snapshot';
  constructor(why: DatabaseRefused['why'], sentence: string) {
    super(sentence);
    this.why = why;
  }
}

/** How many migrations this program knows: the schema version it writes as SQLite's user_version. */
export function knownSchemaVersion(): number {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as {
    entries: unknown[];
  };
  return journal.entries.length;
}

/**
 * Looks at a database file without changing it.
 * @throws DatabaseRefused if it is not ours, or was written by a newer version of the program
 */
export function insistOpenable(file: string): void {
  if (!existsSync(file)) return;
  const sqlite = new Database(file, { readonly: true });
  try {
    const version = sqlite.pragma('user_version', { simple: true }) as number;
    const application = sqlite.pragma('application_id', { simple: true }) as number;
    const tables = sqlite.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
    if (tables > 0 && application !== 0 && application !== APPLICATION_ID) {
      throw new DatabaseRefused('other_program', `${file} is not a Fynlo database; it was left untouched.`);
    }
    if (version > knownSchemaVersion()) {
      throw new DatabaseRefused(
        'newer',
        `${file} was written by a newer version of Fynlo (schema ${version}, this program knows ` +
          `${knownSchemaVersion()}). It was left untouched; start the newer version.`,
      );
    }
  } finally {
    sqlite.close();
  }
}

/** Brings the schema up to what this program knows; each migration whole or not at all. */
export function migrateSchema({ sqlite, orm }: Connection): void {
  migrate(orm, { migrationsFolder });
  sqlite.pragma(`application_id = ${APPLICATION_ID}`);
  sqlite.pragma(`user_version = ${knownSchemaVersion()}`);
}

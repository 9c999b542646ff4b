import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Connection } from './connection.ts';
import { flush, removeDatabase } from './files.ts';

/** All pages that are left, in one step: the thread that copies has nothing else to do. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies a database that others are writing to, as it is at one moment, into one plain file that is on the disk when this
 * resolves. Page by page, so that the copy has the original's damage too and is found by whoever examines it.
 * @param to has to be free
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  removeDatabase(to);
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    source.pragma('busy_timeout = 5000');
    // Inside one reading transaction there is nothing to start anew for.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  // The copy would go on keeping a log beside itself; a file that travels has to be one file.
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  flush(to);
}

/** Opens a plain file to look at, such as a snapshot; nothing is written beside it. */
export function openToLook(file: string): Connection {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('cell_size_check = ON');
  return { sqlite, orm: drizzle(sqlite) };
}

/**
 * What SQLite's own check says: null when all is well. `quick` leaves out whether the indexes fit their tables. A damaged
 * file may make the check itself fail, which is an answer too.
 */
export function integrityTrouble({ sqlite }: Connection, kind: 'quick' | 'whole'): string | null {
  try {
    const said = sqlite.pragma(kind === 'quick' ? 'quick_check(1)' : 'integrity_check(1)', { simple: true });
    return said === 'ok' ? null : String(said);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

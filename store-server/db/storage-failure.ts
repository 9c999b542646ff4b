import Database from 'better-sqlite3';

const signs = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_READONLY',
  'SQLITE_NOMEM',
  'SQLITE_CANTOPEN',
  'SQLITE_BUSY',
  'SQLITE_PROTOCOL',
];

/** Whether an error means that the disk (or memory) failed rather than that the command was wrong. */
export const isStorageFailure = (error: unknown): boolean =>
  error instanceof Database.SqliteError && signs.some((sign) => error.code.startsWith(sign));

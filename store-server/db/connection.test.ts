import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnection, wrongPragmas } from './connection.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-connection-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What SQLite has to say for itself, written down here a second time so that nobody loosens it by a slip. */
const promised = {
  journal_mode: 'wal',
  synchronous: 2,
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  foreign_keys: 1,
  recursive_triggers: 1,
  temp_store: 2,
  busy_timeout: 5_000,
  trusted_schema: 0,
  cell_size_check: 1,
  mmap_size: 0,
  journal_size_limit: 64 * 1024 * 1024,
  wal_autocheckpoint: 1_000,
};

test('every connection waits for the disk and keeps every other promise, before and after its first write', () => {
  const file = join(folder, 'store.db');
  const { sqlite } = openConnection(file);
  const found = (connection: typeof sqlite) =>
    Object.fromEntries(Object.keys(promised).map((name) => [name, connection.pragma(name, { simple: true })]));
  expect(found(sqlite)).toEqual(promised);
  // Left alone, a new file says FULL and turns to NORMAL at the first write.
  sqlite.exec('CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT; INSERT INTO note VALUES (1)');
  expect(found(sqlite)).toEqual(promised);
  const reader = openConnection(file, { readonly: true }).sqlite;
  expect(found(reader)).toEqual(promised);
  expect(() => reader.exec('INSERT INTO note VALUES (2)')).toThrow('readonly');
  reader.close();
  sqlite.close();
});

test('a setting that did not take is named', () => {
  const { sqlite } = openConnection(join(folder, 'store.db'));
  sqlite.pragma('synchronous = NORMAL');
  expect(wrongPragmas(sqlite)).toEqual(['synchronous is 1, must be 2']);
  sqlite.close();
});

test('nobody opens a database past the settings', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name),
  );
  const openers = files.filter((name) => readFileSync(join(root, name), 'utf8').includes('new Database('));
  // The lock holds no data, the look at a foreign file only reads, and a snapshot travels as one file: without a log.
  expect(openers.sort()).toEqual(['db/backup.ts', 'db/connection.ts', 'db/folder-lock.ts', 'db/migrate.ts']);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, openConnection } from './connection.ts';
import { remembered, undid, watchWrites } from './remembered.ts';
import { createRowWriter, type RowWriter } from './row-writer.ts';

const dish = sqliteTable('dish', { id: text('id').primaryKey(), price: integer('price') });
const table = sqliteTable('seat', { id: text('id').primaryKey() });

let folder: string;
let connection: Connection;
let rows: RowWriter;
let reads: number;
const pricesOf = remembered([dish], ({ sqlite }) => {
  reads += 1;
  return sqlite.prepare('SELECT price FROM dish ORDER BY id').pluck().all();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-remembered-'));
  connection = openConnection(join(folder, 'store.db'));
  connection.sqlite.exec(
    'CREATE TABLE dish (id TEXT PRIMARY KEY, price INTEGER); CREATE TABLE seat (id TEXT PRIMARY KEY)',
  );
  rows = createRowWriter(connection);
  rows.insert(dish, { id: 'soup', price: 650 });
  reads = 0;
});

afterEach(() => {
  connection.sqlite.close();
  rmSync(folder, { recursive: true });
});

test('what nobody wrote to is read once, however often it is asked for', () => {
  expect(pricesOf(connection)).toEqual([650]);
  rows.insert(table, { id: '7' });
  expect(pricesOf(connection)).toEqual([650]);
  expect(reads).toBe(1);
});

test('a change, an addition and a removal each show at once, inside the transaction that makes them', () => {
  connection.sqlite.exec('BEGIN');
  expect(pricesOf(connection)).toEqual([650]);
  rows.update(dish, 'soup', { price: 700 });
  expect(pricesOf(connection)).toEqual([700]);
  rows.insert(dish, { id: 'steak', price: null });
  expect(pricesOf(connection)).toEqual([700, null]);
  rows.remove(dish, 'soup');
  expect(pricesOf(connection)).toEqual([null]);
  connection.sqlite.exec('COMMIT');
  expect(pricesOf(connection)).toEqual([null]);
});

test('a price that was read inside a transaction which was then undone is forgotten', () => {
  connection.sqlite.exec('BEGIN');
  rows.update(dish, 'soup', { price: 1 });
  expect(pricesOf(connection)).toEqual([1]);
  connection.sqlite.exec('ROLLBACK');
  undid(connection);
  expect(pricesOf(connection)).toEqual([650]);
});

test('a connection whose writes nobody watches remembers nothing, and watching twice forgets nothing', () => {
  const other = openConnection(join(folder, 'store.db'), { readonly: true });
  expect([pricesOf(other), pricesOf(other)]).toEqual([[650], [650]]);
  expect(reads).toBe(2);
  other.sqlite.close();
  pricesOf(connection);
  watchWrites(connection);
  pricesOf(connection);
  expect(reads).toBe(3);
});

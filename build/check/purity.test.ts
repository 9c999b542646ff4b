import { expect, test } from 'vitest';
import { builtSql, realityLeaks, waitingCommands } from './purity.ts';
import { parseSource } from './source.ts';

const orders = 'store-server/features/orders/orders.commands.ts';
const leaks = (code: string, file = orders) => realityLeaks(parseSource(file, code)).map(({ line }) => line);

test.each([
  'const at = Date.now();',
  'const at = new Date();',
  'const at = new Date;',
  'const at = Date();',
  'const at = performance.now();',
  'const at = process.hrtime.bigint();',
  'const clock = Date.now;',
  'const luck = Math.random();',
  "import { randomUUID } from 'node:crypto';",
  "import crypto from 'node:crypto';\ncrypto.randomBytes(8);",
  'globalThis.crypto.randomUUID();',
  'const make = { id: randomUUID };',
])('%s outside the kernel is found', (code) => expect(leaks(code).length).toBeGreaterThan(0));

test.each([
  'const at = clock.now();',
  'const at = new Date(clock.now());',
  'const day = Date.UTC(2025, 5, 18);',
  'const ids = { randomUUID: () => next() };',
  "const words = 'Date.now()';",
])('%s is fine', (code) => expect(leaks(code)).toEqual([]));

test('the kernel, the entry, tools and tests may', () => {
  for (const file of [
    'store-server/kernel/clock.ts',
    'store-server/entry.ts',
    'build/x.ts',
    'test/x.ts',
    `${orders.slice(0, -3)}.test.ts`,
  ]) {
    expect(leaks('Date.now();', file)).toEqual([]);
  }
});

test('a finding says where', () => {
  expect(realityLeaks(parseSource(orders, '\n\nconst at = Date.now();'))).toEqual([
    { file: orders, line: 3, message: 'Date.now here cannot be tested: take the clock as an argument.' },
  ]);
});

const waits = (code: string, file = orders) => waitingCommands(parseSource(file, code)).length;

test('a handler that waits is found, however it is written', () => {
  expect(waits('defineCommand({ async handle() {} })')).toBe(1);
  expect(waits('defineCommand({ handle: async () => {} })')).toBe(1);
  expect(waits('async function load() {}\ndefineCommand({ handle() { load(); } })')).toBe(1);
  expect(waits('const x = await load();', 'store-server/features/orders/orders.commands/void-line.ts')).toBe(1);
});

test('prepare may wait, and so may everything that is no command', () => {
  expect(waits('defineCommand({ async prepare(i) { await hash(i); }, handle() {} })')).toBe(0);
  expect(waits('export async function foundStore(core) { await core.execute(found); }')).toBe(0);
  expect(waits('async function preparePin() { await hash(); }')).toBe(0);
  expect(waits('async function send() { await wire(); }', 'store-server/hardware/printing/send.ts')).toBe(0);
});

const sql = (code: string, file = orders) => builtSql(parseSource(file, code)).length;

test('SQL that is put together from values is found', () => {
  expect(sql('db.prepare(`select * from t where id = ${id}`)')).toBe(1);
  expect(sql("db.exec('delete from ' + table)")).toBe(1);
  expect(sql('sql.raw(`${column}`)')).toBe(1);
});

test('SQL written out is fine, and db/ may build its statements from its own tables', () => {
  expect(sql("db.prepare('select * from t where id = ?')")).toBe(0);
  expect(sql('db.prepare(`select *\n from t`)')).toBe(0);
  expect(sql('db.prepare(`select * from ${table}`)', 'store-server/db/row-writer.ts')).toBe(0);
});

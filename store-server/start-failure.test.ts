import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openConnection } from './db/connection.ts';
import { knownSchemaVersion, migrateSchema } from './db/migrate.ts';
import { startFailure } from './start-failure.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = { dataDir: path.join(folder, 'store'), host: '0.0.0.0' };
const asked = async (code: string, more: object = {}) =>
  startFailure(Object.assign(new Error('it failed'), { code, ...more }), config, async () => null);

/** Starts the real server and reads what the person at the console reads, and what the desktop app is told. */
async function start(...args: string[]): Promise<{ code: number; said: string; told: unknown[] }> {
  const entry = path.join(import.meta.dirname, 'entry.ts');
  const child = spawn(process.execPath, [entry, '--host', '127.0.0.1', '--no-mdns', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  const told: unknown[] = [];
  child.on('message', (message) => told.push(message));
  child.stderr?.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, said: said.trim(), told };
}

test('a busy port: the program that holds it is named, with a way out', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  const { code, said, told } = await start(
    '--data-dir',
    path.join(folder, 'busy'),
    '--port',
    String(port),
    '--compat-port',
    '0',
  );
  squatter.close();
  const who = process.platform === 'linux' ? `the program "[^"]+" \\(process ${process.pid}\\)` : '.+';
  expect(code).toBe(1);
  expect(said).toMatch(
    new RegExp(`^Port ${port} is taken by ${who}\\. Stop it, or start Fynlo with another --port`, 'm'),
  );
  expect(told).toEqual([{ type: 'failed', sentence: expect.stringContaining(`Port ${port} is taken`) }]);
});

test('a database from a newer version is left untouched, and says so in one sentence', async () => {
  const dataDir = path.join(folder, 'newer');
  mkdirSync(dataDir);
  const connection = openConnection(path.join(dataDir, 'store.db'));
  migrateSchema(connection);
  connection.sqlite.pragma(`user_version = ${knownSchemaVersion() + 1}`);
  connection.sqlite.close();
  const { code, said, told } = await start('--data-dir', dataDir, '--port', '0', '--compat-port', '0');
  expect(code).toBe(1);
  expect(said.split('\n')).toHaveLength(1);
  expect(said).toMatch(/was written by a newer version of Fynlo .* start the newer version\.$/);
  expect(told).toEqual([{ type: 'failed', sentence: said }]);
});

test.each(['EEXIST', 'ENOTDIR'])('%s: a file where the data folder should be', async (code) => {
  expect((await asked(code)).sentence).toBe(`${config.dataDir} is not a folder. Give another --data-dir.`);
});

test.runIf(process.platform === 'linux')('a data folder that cannot be written', async () => {
  // No user may make folders in /sys, not even root.
  const { code, said } = await start('--data-dir', '/sys/fynlo', '--port', '0', '--compat-port', '0');
  expect(code).toBe(1);
  expect(said).toMatch(
    /^\/sys\/fynlo cannot be written \(E[A-Z]+\)\. Give this user the right to write there, or give/,
  );
});

test.each(['EACCES', 'EROFS', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_CANTOPEN'])('%s: not writable', async (code) => {
  expect(await asked(code)).toMatchObject({
    needsSomebody: true,
    sentence: expect.stringContaining('cannot be written'),
  });
});

test('a file system that holds no folders', async () => {
  expect((await asked('ENOENT', { syscall: 'mkdir' })).sentence).toContain('cannot be written (ENOENT)');
  expect((await asked('ENOENT')).needsSomebody).toBe(false);
});

test.each(['ENOSPC', 'SQLITE_FULL'])('%s: the disk is full', async (code) => {
  expect(await asked(code)).toEqual({
    needsSomebody: true,
    sentence: `The disk that holds ${config.dataDir} is full (${code}). Make room on it, then start again; nothing is lost.`,
  });
});

test('ports and addresses', async () => {
  expect((await asked('EADDRINUSE', { port: 8000 })).sentence).toContain('taken by another program.');
  expect((await asked('EACCES', { port: 80 })).sentence).toBe(
    'This user may not listen on port 80. Give another --port.',
  );
  expect((await asked('EADDRNOTAVAIL')).sentence).toBe('This computer has no address 0.0.0.0. Give another --host.');
});

test('anything else is a bug of ours, which another try may get over', async () => {
  expect(await startFailure('odd', config)).toEqual({
    needsSomebody: false,
    sentence: 'The store server could not start: odd',
  });
  expect((await startFailure(new Error('boom'), config)).sentence).toContain('boom');
});

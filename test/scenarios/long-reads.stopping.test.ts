import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { folderWithHistory } from '../bench/kit/bulk.ts';
import { ownFolder } from '../bench/kit/store.ts';
import { ApiClient } from '../harness/api-client.ts';

/** A server as a process of its own, told to stop while a manager waits for a day of 12,001 checks to be gone through. */

const root = join(import.meta.dirname, '../..');
let full: string;
let bundle: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  full = await folderWithHistory(12_000, { isOneDay: true });
  const out = ownFolder();
  // The bundle leaves native packages where they are.
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
  bundle = join(out, 'server');
  const { status } = spawnSync(process.execPath, [join(root, 'build/bundle.ts'), bundle]);
  expect(status).toBe(0);
});
afterEach(() => void child?.kill('SIGKILL'));

function started(entry: string, dataDir: string): Promise<number> {
  const free = ['--host', '127.0.0.1', '--port', '0', '--compat-port', '0', '--no-mdns'];
  const server = spawn(process.execPath, [entry, '--data-dir', dataDir, ...free], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = server;
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (bytes: Buffer) => {
      said += bytes;
      const port = /^fynlo ready .*:(\d+)\//m.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

test.each(['source', 'bundle'])('a server that is told to stop does not wait for a long report (%s)', async (form) => {
  const dataDir = ownFolder();
  cpSync(full, dataDir, { recursive: true });
  const entry = form === 'source' ? join(root, 'store-server/entry.ts') : join(bundle, 'entry.mjs');
  const manager = new ApiClient(await started(entry, dataDir));
  const login = { email: 'manager@demo.test', password: 'demo-manager-1' };
  manager.token = (await manager.must('POST', 'auth/login', login)).access_token;
  const { summary } = await manager.must('GET', 'reports/daily-sales');
  expect(summary.total_orders).toBe(12_001);

  const asking = manager.get('reports/ledger-check');
  await pause(200);
  const gone = new Promise((resolve) => child?.once('exit', (code, signal) => resolve(code ?? signal)));
  const from = performance.now();
  child?.kill('SIGTERM');
  const { status, body } = await asking;
  expect([status, body.error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(await gone).toBe(0);
  expect(performance.now() - from).toBeLessThan(5_000);
  // The last connection to go has put everything into the one file.
  expect(existsSync(join(dataDir, 'store.db-wal'))).toBe(false);
  manager.close();
});

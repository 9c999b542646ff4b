import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeInstallLock } from './install-lock.mjs';

const times = { beatMs: 20, staleMs: 200, waitMs: 2_000, pollMs: 10 };
let folder: string;
let dir: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fynlo-lock-'));
  dir = path.join(folder, 'install.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function abandon() {
  mkdirSync(dir);
  const longAgo = new Date('2020-01-01');
  utimesSync(dir, longAgo, longAgo);
}

test('the second launch waits until the first lets go, however long that takes', async () => {
  const first = await takeInstallLock(dir, times);
  const order: string[] = [];
  const second = takeInstallLock(dir, times, () => order.push('waits')).then((lock) => {
    order.push('has it');
    return lock;
  });
  await sleep(500); // Longer than a lock without a heartbeat would live.
  order.push('let go');
  first.release();
  (await second).release();
  expect(order).toEqual(['waits', 'let go', 'has it']);
  expect(existsSync(dir)).toBe(false);
});

test('a lock left behind by a killed launch is cleared, by one of many waiters', async () => {
  abandon();
  let holders = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const lock = await takeInstallLock(dir, times);
      most = Math.max(most, ++holders);
      await sleep(15);
      holders--;
      lock.release();
    }),
  );
  expect(most).toBe(1);
});

test('while the npm of a killed launch still writes, its lock stands', async () => {
  const installer = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 400)']);
  abandon();
  writeFileSync(path.join(dir, 'installer'), String(installer.pid));
  const longAgo = new Date('2020-01-01');
  utimesSync(dir, longAgo, longAgo);
  const ended = once(installer, 'exit').then(() => 'npm ended');
  const taken = takeInstallLock(dir, times).then((lock) => {
    lock.release();
    return 'taken';
  });
  expect(await Promise.race([ended, taken])).toBe('npm ended');
  expect(await taken).toBe('taken');
});

test('waiting for ever is not an answer', async () => {
  const held = await takeInstallLock(dir, times);
  await expect(takeInstallLock(dir, { ...times, waitMs: 60 })).rejects.toThrow(/remove that folder/);
  held.release();
});

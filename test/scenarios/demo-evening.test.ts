import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const play = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'evening/demo.ts'), ...args]);

test('somebody who watches the evening sees the paper and hears that everything agrees', async () => {
  const { stdout, stderr } = await play();
  expect(stdout).toContain('Sofia opens table 7 for four covers: order 1.');
  expect(stdout).toMatch(/┌─ Grill printer ─+┐\n +│ {2}ALLERGY/);
  expect(stdout).toMatch(/Sales +£110\.64 {3}check = Z = day/);
  expect(stdout).toContain('Good night. Everything agrees to the penny.');
  expect(stderr).toBe('');
}, 60_000);

test('an evening that cannot be played ends with a sentence and not with success', async () => {
  await expect(play('--url', 'http://127.0.0.1:9/')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ECONNREFUSED'),
  });
}, 30_000);

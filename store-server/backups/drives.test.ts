import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { foldersOf, foldersOnDrives } from './drives.ts';

const disk = mkdtempSync(join(tmpdir(), 'fynlo-drive-'));
afterEach(() => rmSync(disk, { recursive: true, force: true }));

test('a folder of backups is found three folders down; rubbish bins and whole trees are not read', () => {
  for (const path of ['Fynlo/till/backups', 'a/b/c/d', '.Trash/x', '$RECYCLE.BIN/y', 'node_modules/z']) {
    mkdirSync(join(disk, path), { recursive: true });
  }
  const found = foldersOf([disk, disk, join(disk, 'not-there')]).map((folder) => folder.slice(disk.length));
  expect(found.sort()).toEqual([
    '',
    '/Fynlo',
    '/Fynlo/till',
    '/Fynlo/till/backups',
    '/a',
    '/a/b',
    '/a/b/c',
    '/not-there',
  ]);
});

test('on this computer the search ends soon, whatever is plugged in', () => {
  const began = performance.now();
  expect(foldersOnDrives().length).toBeLessThanOrEqual(2_000);
  expect(performance.now() - began).toBeLessThan(5_000);
});

import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isOpenToOthers, reachableFolder, reachablePrograms } from './places.ts';

const folder = mkdtempSync(join(tmpdir(), 'fynlo-places-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an ordinary user’s database lies where it was asked for', () => {
  expect(reachableFolder(join(folder, 'postgres'), {})).toBe(join(folder, 'postgres'));
  expect(reachablePrograms(join(folder, 'native'), '1', {})).toBe(join(folder, 'native/bin'));
});

test('a folder below one that is closed is closed', () => {
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, 'closed/inner'), { recursive: true });
  chmodSync(join(folder, 'closed'), 0o700);
  expect(isOpenToOthers(folder)).toBe(true);
  expect(isOpenToOthers(join(folder, 'not there yet'))).toBe(true);
  expect(isOpenToOthers(join(folder, 'closed/inner'))).toBe(false);
  expect(isOpenToOthers(join(folder, 'closed/inner/not there yet'))).toBe(false);
});

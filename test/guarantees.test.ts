import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { mutants } from './mutants/list.ts';

const text = readFileSync(path.join(import.meta.dirname, 'GUARANTEES.md'), 'utf8');
const promised = [...text.matchAll(/^\| (G\d+) \|/gm)].map(([, number]) => number as string);

test('every promise has a mutant that its test has to notice, and every mutant a promise', () => {
  expect([...new Set(mutants.map(({ guarantee }) => guarantee))].sort()).toEqual([...promised].sort());
});

test('the tests and scripts that it names are there', () => {
  const files = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file as string);
  const scripts = [...text.matchAll(/`(?:npm run )?(proof:[a-z-]+)/g)].map(([, name]) => name as string);
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !existsSync(path.join(import.meta.dirname, file)))).toEqual([]);
  expect(scripts.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});

test('each mutant still finds its place, and its test', () => {
  const root = path.join(import.meta.dirname, '..');
  const lost = mutants.filter(({ file, find, caughtBy, named }) => {
    const places = readFileSync(path.join(root, file), 'utf8').split(find).length - 1;
    const test = readFileSync(path.join(root, caughtBy.split(' ')[0] ?? ''), 'utf8');
    return places !== 1 || (named !== undefined && !caughtBy.includes('faults') && !test.includes(named));
  });
  expect(lost.map(({ slip }) => slip)).toEqual([]);
});

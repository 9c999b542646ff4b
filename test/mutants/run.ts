import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copySources, putRight, slipIn } from './copy.ts';
import { mutants } from './list.ts';
import type { Mutant } from './mutant.ts';

/**
 * Makes each slip of the list in a copy of the sources and insists that its test notices.
 *
 *   node test/mutants/run.ts [quick | a word of the slips to try]
 *
 * `quick` is for CI: without the slips that only a proof can notice, and without trying the tests unharmed first, which
 * `npm test` has just done.
 */
const wanted = process.argv[2];
const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-mutants-'));
const temporary = path.join(folder, 'tmp');
mkdirSync(temporary);
const MOST_MS = 240_000;

const isProof = ({ caughtBy }: Mutant): boolean => caughtBy.startsWith('test/proof/');
const chosen = mutants.filter((mutant) => {
  if (wanted === 'quick') return !isProof(mutant);
  return wanted === undefined || `${mutant.guarantee} ${mutant.slip}`.includes(wanted);
});

function run(...words: string[]): { passed: boolean; said: string } {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, words, {
    cwd: folder,
    // What a failing proof keeps for looking at goes with the copy.
    env: { ...process.env, TMPDIR: temporary },
    encoding: 'utf8',
    timeout: MOST_MS,
    maxBuffer: 64 << 20,
  });
  return { passed: status === 0, said: `${stdout}${stderr}${error?.message ?? ''}` };
}

const tests = (...words: string[]): { passed: boolean; said: string } =>
  run('node_modules/vitest/vitest.mjs', 'run', '-c', 'build/vitest.config.ts', '--reporter=dot', ...words);

function attempt({ caughtBy, named }: Mutant): { passed: boolean; said: string } {
  const words = caughtBy.split(' ');
  if (words[0]?.startsWith('test/proof/')) return run(...words);
  return tests(...words, '--bail=1', ...(named === undefined ? [] : ['-t', named]));
}

/** A test that fails anyway notices nothing. */
function unharmed(): { passed: boolean; said: string }[] {
  const plain = chosen.filter((mutant) => !isProof(mutant));
  const files = [...new Set(plain.filter(({ named }) => named === undefined).map(({ caughtBy }) => caughtBy))];
  return [
    ...(files.length === 0 ? [] : [tests(...files)]),
    ...plain.filter(({ named }) => named !== undefined).map(attempt),
  ];
}

const from = performance.now();
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
let survived = 0;
let skipped = 0;
copySources(folder);

const ill = wanted === 'quick' ? undefined : unharmed().find(({ passed }) => !passed);
if (wanted !== 'quick')
  console.log(`the tests without any slip: ${ill === undefined ? 'pass' : 'FAIL'} (${seconds(from)})`);
if (ill !== undefined) {
  console.log(ill.said.slice(-4_000));
  survived += 1;
}

for (const mutant of ill === undefined ? chosen : []) {
  const since = performance.now();
  const about = `${mutant.guarantee.padEnd(3)} ${mutant.slip}`;
  const obstacle = slipIn(folder, mutant);
  if (obstacle !== null) {
    survived += 1;
    console.log(`GONE      ${about}: ${obstacle}`);
    continue;
  }
  const { passed, said } = attempt(mutant);
  putRight(folder, mutant);
  const skip = /^\s*SKIP\s+(.*)$/m.exec(said)?.[1];
  const ran = isProof(mutant) || /Tests .*failed/.test(said);
  if (skip !== undefined) {
    skipped += 1;
    console.log(`SKIP ${about}: ${skip}`);
  } else if (!passed && ran) {
    console.log(`noticed   ${about} (${mutant.caughtBy}, ${seconds(since)})`);
    const finding = /^FOUND .*/m.exec(said)?.[0];
    if (isProof(mutant)) console.log(`          ${(finding ?? said.slice(-300)).slice(0, 300)}`);
  } else {
    survived += 1;
    console.log(`SURVIVED  ${about} (${mutant.caughtBy}, ${seconds(since)})${passed ? '' : `\n${said.slice(-2_000)}`}`);
  }
}
console.log(
  `${chosen.length} slips: ${chosen.length - survived - skipped} noticed, ${survived} not, ${skipped} skipped, in ${seconds(from)}`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = survived === 0 ? 0 : 1;

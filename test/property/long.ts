import { spawn } from 'node:child_process';
import path from 'node:path';

/** `npm run proof:keys`, `proof:histories`, `proof:money`, `proof:relay`: a property at its long figures, or so many runs. */
const suites: Readonly<Record<string, readonly string[]>> = {
  keys: ['test/property/keys.test.ts'],
  histories: ['test/property/histories/'],
  money: ['test/property/money/'],
  // Its two parts, which `proof:ci` tries at a size of their own: on paper, and through the core.
  paper: ['test/property/money/pure.test.ts'],
  checks: ['test/property/money/executed.test.ts'],
  relay: ['test/relay/hostile.test.ts'],
  // Not more of what `npm test` does, but what takes it too long.
  screens: ['test/e2e/every-screen.walk.ts'],
};

const [name = '', ...rest] = process.argv.slice(2);
const runs = /^\d+$/.test(rest[0] ?? '') ? rest[0] : undefined;
const more = runs === undefined ? rest : rest.slice(1);
const files = suites[name];
if (files === undefined) {
  console.error(`Say which property: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
const root = path.join(import.meta.dirname, '../..');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', '-c', 'build/vitest.config.ts', ...files, ...more], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FYNLO_TIER: 'long', ...(runs === undefined ? {} : { FYNLO_RUNS: runs }) },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});

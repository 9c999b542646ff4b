import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Finding } from './source.ts';
import { type House, type Look, readHouse, type Step, steps } from './steps.ts';

/** `npm run check`: everything but the tests. Each step says what it found; the table at the end says it in one look. */
interface Outcome {
  step: Step;
  ok: boolean;
  seconds: number;
  note: string;
}

const root = path.join(import.meta.dirname, '../..');
const fix = process.argv.includes('--fix');

const inWords = ({ file, line, message }: Finding) => `  ${file}:${line}  ${message}`;

function runTool(step: Step & { tool: string[] }): Pick<Outcome, 'ok' | 'note'> {
  const [name = '', ...args] = step.tool;
  const command = name === 'biome' && fix ? [...args, '--write'] : args;
  const { status, stdout, stderr, error } = spawnSync(path.join(root, 'node_modules/.bin', name), command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status === 0) return { ok: true, note: '' };
  console.log(`\n${step.name}: ${name} ${command.join(' ')}\n${stdout}${stderr}${error?.message ?? ''}`);
  return { ok: false, note: `${name} ended with ${status ?? error?.message}` };
}

async function runLook(step: Step & { look(house: House): Look | Promise<Look> }, house: House) {
  let look: Look;
  try {
    look = await step.look(house);
  } catch (error) {
    console.log(`\n${step.name}: could not look\n${error instanceof Error ? error.stack : error}`);
    return { ok: false, note: 'could not look' };
  }
  const { errors, warnings = [] } = look;
  if (errors.length > 0) console.log(`\n${step.name}: ${step.why}\n${errors.map(inWords).join('\n')}`);
  if (warnings.length > 0) console.log(`\n${step.name}, to keep in mind:\n${warnings.map(inWords).join('\n')}`);
  const parts = [errors.length && `${errors.length} found`, warnings.length && `${warnings.length} to keep in mind`];
  return { ok: errors.length === 0, note: parts.filter(Boolean).join(', ') };
}

const house = readHouse(root);
const outcomes: Outcome[] = [];
for (const step of steps) {
  const from = performance.now();
  const result = 'tool' in step ? runTool(step) : await runLook(step, house);
  outcomes.push({ step, ...result, seconds: (performance.now() - from) / 1000 });
}

console.log('');
for (const { step, ok, seconds, note } of outcomes) {
  console.log(
    `${ok ? 'ok  ' : 'FAIL'} ${seconds.toFixed(1).padStart(5)} s  ${step.name.padEnd(20)} ${note || step.why}`,
  );
}
const failed = outcomes.filter(({ ok }) => !ok).length;
console.log(failed === 0 ? '\ncheck: all well' : `\ncheck: ${failed} of ${outcomes.length} steps failed`);
process.exitCode = failed === 0 ? 0 : 1;

import { spawn } from 'node:child_process';
import path from 'node:path';
import { type Judgement, judge, table } from './judge.ts';
import { type Proof, proofs } from './list.ts';

/** `npm run proof:ci`: runs the list in order, prints what each proof says as it says it, and a table at the end. */
const root = path.join(import.meta.dirname, '../..');
const asRoot = process.getuid?.() === 0;
let running: number | undefined;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    killGroup(running);
    process.exit(code);
  });
}

function run(proof: Proof): Promise<Judgement> {
  const [file, ...args] = proof.command;
  const from = performance.now();
  // A group of its own, so that nothing a stopped proof has started stays behind.
  const child = spawn(process.execPath, [path.join(root, file), ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes;
    process.stdout.write(bytes);
  });
  running = child.pid;
  let late = false;
  const alarm = setTimeout(() => {
    late = true;
    killGroup(child.pid);
  }, proof.budgetSeconds * 1000);
  return new Promise((resolve) => {
    const end = (code: number | string | null) => {
      clearTimeout(alarm);
      resolve(judge(proof, { code, late, said, seconds: (performance.now() - from) / 1000, asRoot }));
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code ?? signal));
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself between the alarm and here.
  }
}

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? proofs : proofs.filter(({ name }) => wanted.includes(name));
if (wanted.length > chosen.length) {
  console.log(
    `proof:ci knows ${proofs.map(({ name }) => name).join(', ') || 'no proofs'}; asked for ${wanted.join(', ')}`,
  );
  process.exit(2);
}
const judgements: Judgement[] = [];
for (const proof of chosen) {
  console.log(`\n== ${proof.name}`);
  judgements.push(await run(proof));
}
console.log(table(judgements));
process.exitCode = judgements.every(({ ok }) => ok) ? 0 : 1;

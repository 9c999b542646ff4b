import { fork } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Finding, type Options, table } from './kit/findings.ts';
import { benches } from './list.ts';

/**
 * `npm run bench` runs every benchmark, each in a process of its own, and ends with one table; `npm run bench:NAME` runs
 * one. Exits with 0 when every goal was met, 1 when one was missed, 2 when the machine was too restless to say.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const options: Options = {
  quick: values.quick,
  million: values.million,
  rounds: Math.max(1, Number(values.rounds ?? (values.quick ? 2 : 5)) || 5),
};
const [name] = positionals;

function verdict(findings: readonly Finding[]): number {
  if (findings.some((one) => one.verdict === 'MISSED')) return 1;
  return findings.some((one) => one.verdict === 'INCONCLUSIVE') ? 2 : 0;
}

async function runOne(asked: string): Promise<Finding[]> {
  const load = Object.hasOwn(benches, asked) ? benches[asked] : undefined;
  if (load === undefined) {
    console.error(`There is no benchmark ${asked}; there are ${Object.keys(benches).join(', ')}.`);
    process.exit(64);
  }
  const bench = await load();
  console.log(`\n== bench:${bench.name}  ${bench.title}`);
  const from = performance.now();
  const findings = await bench.run(options);
  console.log(table(findings));
  console.log(`   ${((performance.now() - from) / 1000).toFixed(0)} s`);
  return findings;
}

/** A benchmark that does not come to its end is a finding too. */
const broken = (what: string): Finding => ({
  goal: 0,
  what,
  bound: '',
  result: '-',
  range: '',
  verdict: 'MISSED',
  note: 'it did not come to its end',
});

function runApart(asked: string): Promise<Finding[]> {
  const child = fork(import.meta.filename, [asked, ...process.argv.slice(2)], { serialization: 'advanced' });
  return new Promise((resolve) => {
    let findings: Finding[] | undefined;
    child.on('message', (message) => {
      findings = message as Finding[];
    });
    child.once('exit', () => resolve(findings ?? [broken(asked)]));
  });
}

if (name !== undefined) {
  const findings = await runOne(name);
  if (process.send !== undefined) process.send(findings);
  process.exitCode = verdict(findings);
  process.disconnect?.();
} else {
  const all: Finding[] = [];
  for (const asked of Object.keys(benches)) all.push(...(await runApart(asked)));
  const goals = all.toSorted((a, b) => a.goal - b.goal);
  console.log(`\n== goal beside result (ratios of one run${options.quick ? ', a quick one' : ''})\n${table(goals)}`);
  process.exitCode = verdict(all);
}

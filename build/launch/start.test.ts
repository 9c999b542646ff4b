import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

// A repository of our own in a temporary folder: the real launcher, a server of a few lines, and an npm that we wrote.
const server = `
import { writeFileSync } from 'node:fs';
const note = (word) => writeFileSync(new URL('../said', import.meta.url), word);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => { note(signal); process.exit(7); });
process.on('disconnect', () => { note('gone'); process.exit(0); });
if (process.argv[2] === 'exit') process.exit(Number(process.argv[3]));
if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
console.log('fynlo ready ' + process.pid + ' ' + process.version.split('.')[0] + ' ' + process.argv.slice(2).join(' '));
setInterval(() => {}, 1000);
`;
const npm = (node: string) => `#!/bin/sh
echo "npm $*"
[ -e broken ] && exit 9
echo run >> installs
sleep 0.3
mkdir -p node_modules/node/bin && ln -sf ${node} node_modules/node/bin/node
`;

let root: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'fynlo-launch-'));
  cpSync(import.meta.dirname, path.join(root, 'build/launch'), { recursive: true });
  mkdirSync(path.join(root, 'store-server'));
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(path.join(root, 'package-lock.json'), '{"packages":{}}');
  writeFileSync(path.join(root, 'store-server/entry.ts'), server);
  mkdirSync(path.join(root, 'bin'));
  writeFileSync(path.join(root, 'bin/npm'), npm(process.execPath), { mode: 0o755 });
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(root, { recursive: true, force: true });
});

function launch(...args: string[]) {
  const child = spawn(process.execPath, [path.join(root, 'build/launch/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${path.join(root, 'bin')}:${process.env['PATH']}` },
  });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (said.out += bytes));
  child.stderr.on('data', (bytes) => (said.err += bytes));
  return {
    child,
    said,
    exit: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    async ready() {
      for (let tries = 0; tries < 200 && !said.out.includes('ready'); tries++) await sleep(25);
      expect(said.out, said.err).toContain('ready');
    },
  };
}

const installs = () => readFileSync(path.join(root, 'installs'), 'utf8').trim().split('\n').length;
const said = () => readFileSync(path.join(root, 'said'), 'utf8');

test('a fresh clone sets itself up, and only the ready line reaches stdout', async () => {
  const { child, ready, said, exit } = launch('--demo', '--port', '0');
  await ready();
  expect(said.out).toMatch(/^fynlo ready \d+ v24 --demo --port 0\n$/);
  expect(said.err).toContain('npm ci --include=dev');
  child.kill('SIGTERM');
  await exit;
});

test('an installed clone starts without asking npm again, and a new lock file asks once more', async () => {
  await launch('exit', '0').exit;
  await launch('exit', '0').exit;
  expect(installs()).toBe(1);
  writeFileSync(path.join(root, 'package-lock.json'), '{"packages":{"node_modules/new":{"version":"1.0.0"}}}');
  await launch('exit', '0').exit;
  expect(installs()).toBe(2);
});

test('packages that somebody installed by hand from the same lock file are left alone', async () => {
  const lock =
    '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"},"node_modules/mac":{"version":"2.0.0","optional":true}}}';
  writeFileSync(path.join(root, 'package-lock.json'), lock);
  mkdirSync(path.join(root, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, path.join(root, 'node_modules/node/bin/node'));
  writeFileSync(
    path.join(root, 'node_modules/.package-lock.json'),
    '{"packages":{"node_modules/a":{"version":"1.0.0"}}}',
  );
  expect((await launch('exit', '0').exit)[0]).toBe(0);
  expect(existsSync(path.join(root, 'installs'))).toBe(false);
});

test('two launches at once install once and both run', async () => {
  const [one, two] = [launch('exit', '3'), launch('exit', '4')];
  expect([(await one.exit)[0], (await two.exit)[0]]).toEqual([3, 4]);
  expect(installs()).toBe(1);
});

test('an installation that fails says so in one sentence and starts nothing', async () => {
  writeFileSync(path.join(root, 'broken'), '');
  const { exit, said } = launch();
  expect((await exit)[0]).toBe(1);
  expect(said.err).toContain('fynlo: Set-up failed: `npm ci` ended with 9.');
  expect(said.err, 'no stack trace').not.toContain('    at ');
  expect(said.out).toBe('');
  expect(existsSync(path.join(root, '.fynlo/install.lock'))).toBe(false);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches the server, and its exit code comes back',
  async (signal) => {
    const { child, ready, exit } = launch();
    await ready();
    child.kill(signal);
    expect(await exit).toEqual([7, null]);
    expect(said()).toBe(signal);
  },
);

test('a server that dies of a signal looks from outside as if the launcher had', async () => {
  expect(await launch('die').exit).toEqual([null, 'SIGKILL']);
});

test('when the launcher is killed outright, the server notices within two seconds', async () => {
  const { child, ready } = launch();
  await ready();
  child.kill('SIGKILL');
  for (let tries = 0; tries < 80 && !existsSync(path.join(root, 'said')); tries++) await sleep(25);
  expect(said()).toBe('gone');
});

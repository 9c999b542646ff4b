import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { forkServer } from '../test/proof/package/boot.ts';
import { isHealthy } from './health-probe.ts';
import type { ForkedServer } from './shell.ts';
import { Supervisor } from './supervisor.ts';

/** The supervisor and the real store server, each as in the restaurant; only Electron's fork is Node's. */

const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-real-'));
let supervisor: Supervisor;
afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

function watch(entry: string, ...args: string[]) {
  const servers: ForkedServer[] = [];
  supervisor = new Supervisor({
    fork: () => {
      const server = forkServer(process.execPath, entry, args);
      servers.push(server);
      return server;
    },
    probe: isHealthy,
    chance: () => 0.5,
    log: () => undefined,
    limits: { beatMs: 500, mostMissed: 20, mostFailures: 2 },
  });
  supervisor.start();
  return servers;
}
const becomes = (phase: string): Promise<void> =>
  vi.waitFor(() => expect(supervisor.state().phase, supervisor.lines().join('\n')).toBe(phase), { timeout: 60_000 });

test('the real server starts, tells how things are, survives its own death, takes a snapshot and says goodbye', async () => {
  const entry = path.join(import.meta.dirname, '../store-server/entry.ts');
  const free = ['--port', '0', '--compat-port', '0', '--host', '127.0.0.1', '--no-mdns'];
  const servers = watch(entry, '--data-dir', path.join(folder, 'store'), ...free);
  await becomes('ready');
  const wayIn = supervisor.wayIn();
  expect(wayIn).toMatchObject({ setup_code: expect.stringMatching(/^(\w{4}-){2}\w{4}$/), demo_people: [] });
  expect(supervisor.lines().join('\n')).toContain(wayIn?.setup_code);
  await vi.waitFor(() => expect(supervisor.state().service).toMatchObject({ open_shifts: 0, read_only: false }), {
    timeout: 10_000,
  });

  // Practice data and back: another store, the same process at the same place, and nothing fell.
  const url = supervisor.state().url ?? '';
  const post = async (where: string, body: object, token?: string) => {
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const headers = { 'Content-Type': 'application/json', ...authorization };
    const answer = await fetch(`${url}api/v1/${where}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as { access_token: string };
  };
  await post('setup/practice', { code: wayIn?.setup_code });
  const people = () => supervisor.wayIn()?.demo_people ?? [];
  await vi.waitFor(() => expect(people()).toHaveLength(3), { timeout: 30_000 });
  await becomes('ready');
  const { email, password } = people()[0] ?? {};
  const { access_token } = await post('auth/login', { email, password });
  await post('setup/practice/end', {}, access_token);
  await vi.waitFor(() => expect(supervisor.wayIn()?.setup_code).toMatch(/^(\w{4}-){2}\w{4}$/), { timeout: 30_000 });
  await becomes('ready');
  expect([servers.length, supervisor.state().url]).toEqual([1, url]);

  servers[0]?.kill();
  await vi.waitFor(() => expect(servers).toHaveLength(2), { timeout: 10_000 });
  await becomes('ready');
  expect(await supervisor.snapshot()).toMatch(/\S/);
  supervisor.suspend();
  supervisor.resume();
  const told: unknown[] = [];
  servers[1]?.onMessage((message) => told.push(message));
  await supervisor.stop();
  expect(told).toContainEqual({ type: 'bye' });
  expect(supervisor.state().phase).toBe('stopped');

  // Where it would not keep running, the same program says what there is to go back to, goes back, and ends.
  const errand = async (...what: string[]): Promise<unknown> => {
    const child = forkServer(process.execPath, entry, ['--data-dir', path.join(folder, 'store'), ...what]);
    const said: unknown[] = [];
    child.onMessage((message) => said.push(message));
    await new Promise<void>((resolve) => child.onExit(() => resolve()));
    return said.at(-1);
  };
  const found = (await errand('--last-backup')) as { backup: { name: string } };
  expect(found).toMatchObject({ type: 'last_backup', backup: { used_until: null } });
  expect(await errand('--go-back-to', found.backup.name)).toMatchObject({ type: 'went_back' });
  expect(await errand('--go-back-to', '20250101T000000Z-1')).toMatchObject({ type: 'failed' });
});

test('a server that falls while it loads leaves its last words', async () => {
  const entry = path.join(folder, 'broken.mjs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(entry, "import './a-file-that-the-update-forgot.mjs';\n");
  watch(entry);
  await becomes('attention');
  expect(supervisor.state().reason).toMatch(/stopped 2 times in a row/);
  expect(supervisor.lines().join('\n')).toContain('a-file-that-the-update-forgot.mjs');
});

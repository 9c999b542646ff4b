import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atRest, FakeServer, FakeShell, FakeUpdates } from './fake-shell.fixture.ts';
import { Memory } from './memory.ts';
import { Supervisor } from './supervisor.ts';
import { isQuietTime } from './update-rules.ts';
import { UpdateSteward } from './update-steward.ts';

const evening = new Date(2025, 5, 18, 19, 30);
const night = new Date(2025, 5, 19, 4, 30);
let folder: string;
beforeEach(() => {
  vi.useFakeTimers({ now: evening });
  folder = mkdtempSync(path.join(tmpdir(), 'fynlo-update-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});
const minutes = (n: number): Promise<unknown> => vi.advanceTimersByTimeAsync(n * 60_000);

/** A desk at which version 1.2.3 runs, or the one given. */
async function desk(version = '1.2.3', { running = true } = {}) {
  const shell = new FakeShell();
  shell.tidy();
  const updates = new FakeUpdates();
  const memory = new Memory(path.join(folder, 'desktop.json'));
  const servers: FakeServer[] = [];
  const logged: string[] = [];
  const failed: string[] = [];
  const supervisor = new Supervisor({
    fork: () => {
      const server = new FakeServer();
      servers.push(server);
      return server;
    },
    probe: async () => true,
    chance: () => 0.5,
    log: (message) => logged.push(message),
  });
  const steward = new UpdateSteward({
    source: updates,
    supervisor,
    memory,
    shell,
    version,
    now: Date.now,
    log: (message) => logged.push(message),
    onChange: () => undefined,
    onFailed: (sentence) => failed.push(sentence),
  });
  steward.start();
  supervisor.start();
  const server = (): FakeServer => servers.at(-1) as FakeServer;
  if (running) server().ready();
  await vi.advanceTimersByTimeAsync(6_000);
  /** The old server leaves when it is asked to. */
  const letGo = async (): Promise<void> => {
    await vi.waitFor(() => expect(server().sent.at(-1)?.type).toBe('shutdown'));
    server().exits(0);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { shell, updates, memory, servers, server, logged, failed, supervisor, steward, letGo };
}

test('the quiet time is between half past four and half past six by this computer’s clock', () => {
  const at = (hours: number, mins: number): boolean => isQuietTime(new Date(2025, 0, 7, hours, mins).getTime());
  expect([at(4, 29), at(4, 30), at(6, 29), at(6, 30), at(12, 0), at(20, 0)]).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('fetched in the evening, put in at night: snapshot first, then the server stops, then the installer', async () => {
  const { updates, memory, server, letGo } = await desk();
  updates.arrives('1.3.0');
  await minutes(8 * 60);
  expect([updates.installs, server().sent.some(({ type }) => type === 'snapshot')]).toEqual([0, false]);
  vi.setSystemTime(night);
  await minutes(1);
  await letGo();
  expect(
    server()
      .sent.map(({ type }) => type)
      .filter((type) => type !== 'ping'),
  ).toEqual(['snapshot', 'shutdown']);
  expect(updates.installs).toBe(1);
  expect(memory.read().update).toMatchObject({ from: '1.2.3', to: '1.3.0', snapshot: 'snapshot-7' });
});

test.each([
  ['an open shift', { ...atRest, open_shifts: 1 }],
  ['an open check', { ...atRest, open_checks: 1 }],
  ['a slip that waits for paper', { ...atRest, waiting_slips: 1 }],
  ['a disk that takes no writes', { ...atRest, read_only: true }],
])('%s keeps the update out, all night', async (_what, service) => {
  const { updates, server } = await desk();
  server().service = service;
  await minutes(1);
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(100);
  expect(server().sent.some(({ type }) => type === 'snapshot' || type === 'shutdown')).toBe(false);
  server().service = atRest;
  await minutes(2);
  expect(server().sent.some(({ type }) => type === 'snapshot')).toBe(true);
});

test('without a verified snapshot nothing is put in; it is tried again an hour later', async () => {
  const { updates, server, memory, logged } = await desk();
  const first = server();
  first.snapshotProblem = 'the disk is full';
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(30);
  expect(first.sent.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
  expect(logged.join()).toContain('There is no snapshot: the disk is full.');
  expect([updates.installs, memory.read().update]).toEqual([0, undefined]);
  first.snapshotProblem = null;
  await minutes(40);
  expect(first.sent.filter(({ type }) => type === 'snapshot')).toHaveLength(2);
});

test('somebody who comes in while the snapshot is made is served', async () => {
  const { updates, supervisor, server } = await desk();
  let done = (_name: string): void => undefined;
  vi.spyOn(supervisor, 'snapshot').mockReturnValue(new Promise((resolve) => (done = resolve)));
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(1);
  server().service = { ...atRest, open_checks: 1 };
  await minutes(1);
  done('snapshot-7');
  await minutes(1);
  expect(server().sent.some(({ type }) => type === 'shutdown')).toBe(false);
});

test('an installer that cannot be started leaves the restaurant with the version it has', async () => {
  const { updates, servers, memory, letGo, supervisor } = await desk();
  updates.failing = 'the file is gone';
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(1);
  await letGo();
  await minutes(1);
  expect(servers).toHaveLength(2);
  expect([supervisor.state().phase, memory.read().update]).toEqual(['starting', undefined]);
});

test('one that was begun and never came does the same', async () => {
  const { updates, servers, letGo } = await desk();
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(1);
  await letGo();
  expect([updates.installs, servers.length]).toEqual([1, 1]);
  await minutes(3);
  expect(servers).toHaveLength(2);
});

test('nothing is begun that could not be looked back at', async () => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'no folder');
  const { updates, server, logged } = await desk();
  updates.arrives('1.3.0');
  vi.setSystemTime(night);
  await minutes(2);
  expect(server().sent.some(({ type }) => type === 'shutdown')).toBe(false);
  expect(logged.join()).toContain('could not be written down');
});

test('now instead of tonight: asked, and only when nothing is open', async () => {
  const { updates, steward, shell, server, letGo } = await desk();
  await steward.installNow();
  expect(steward.menuLines()).toEqual([]);
  updates.arrives('1.3.0');
  expect(steward.menuLines()).toHaveLength(2);
  server().service = { ...atRest, open_shifts: 1 };
  await minutes(1);
  await steward.installNow();
  expect([shell.notified, shell.asked]).toEqual([['Not now'], []]);
  server().service = atRest;
  await minutes(1);
  await steward.installNow();
  expect([shell.asked.length, updates.installs]).toEqual([1, 0]);
  shell.answerTo = () => 1;
  const installing = steward.installNow();
  await letGo();
  await installing;
  expect(updates.installs).toBe(1);
});

const begun = (to: string): void =>
  writeFileSync(
    path.join(folder, 'desktop.json'),
    JSON.stringify({ update: { from: '1.2.3', to, at: 1, snapshot: 'snapshot-7' } }),
  );

test('the new version counts as arrived after a minute of health', async () => {
  begun('1.3.0');
  const { memory, shell, failed } = await desk('1.3.0');
  expect(memory.read().update?.to).toBe('1.3.0');
  await minutes(1);
  expect(memory.read().update).toBeUndefined();
  expect([shell.notified, failed]).toEqual([['Fynlo is up to date'], []]);
});

test('a new version whose server falls and falls is not installed again, and the way back is named', async () => {
  begun('1.3.0');
  const { memory, failed, server, updates, steward } = await desk('1.3.0', { running: false });
  for (let n = 0; n < 6; n += 1) {
    server().exits(1);
    await vi.advanceTimersByTimeAsync(9_000);
  }
  expect(failed).toEqual([
    'Version 1.3.0 did not start after the update. Install version 1.2.3 again; the snapshot snapshot-7 from just before holds everything.',
  ]);
  expect(memory.read()).toMatchObject({ refused: ['1.3.0'], update: undefined });
  updates.arrives('1.3.0');
  expect(steward.menuLines()).toEqual([]);
  updates.arrives('1.3.1');
  expect(steward.menuLines()).toHaveLength(2);
});

test('a new version that is well only now and then fails as well', async () => {
  begun('1.3.0');
  const { failed, server } = await desk('1.3.0');
  for (let n = 0; n < 12 && failed.length === 0; n += 1) {
    server().exits(1);
    await vi.advanceTimersByTimeAsync(700);
    server().ready();
    await vi.advanceTimersByTimeAsync(29_000);
  }
  expect(failed[0]).toMatch(/was not healthy in time|did not start/);
});

test('killed in mid-update, the old version goes on and looks again', async () => {
  begun('1.3.0');
  const { memory, logged, failed, updates } = await desk('1.2.3');
  expect([memory.read().update, failed]).toEqual([undefined, []]);
  expect(logged.join()).toContain('1.3.0 did not arrive');
  await minutes(1);
  expect(updates.checks).toBe(1);
  updates.fails('no network');
  expect(logged.join()).toContain('updates: no network');
});

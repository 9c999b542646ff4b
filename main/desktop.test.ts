import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { channels, type DesktopState } from './channels.ts';
import { type Desktop, openDesktop } from './desktop.ts';
import { atRest, type FakeServer, FakeShell, FakeUpdates, type FakeWindow } from './fake-shell.fixture.ts';

let shell: FakeShell;
let updates: FakeUpdates;
beforeEach(() => {
  vi.useFakeTimers();
  shell = new FakeShell();
  updates = new FakeUpdates();
});
afterEach(() => {
  vi.useRealTimers();
  shell.tidy();
});

const start = async (env: Record<string, string> = {}): Promise<Desktop> => {
  const desktop = await openDesktop({
    shell,
    env,
    now: () => 1_750_000_000_000,
    chance: () => 0.5,
    probe: async () => true,
    updates: () => updates,
  });
  if (desktop === null) throw new Error('it already runs');
  return desktop;
};
const server = (): FakeServer => shell.servers.at(-1) as FakeServer;
const manager = (): FakeWindow => shell.windows[0] as FakeWindow;
const soon = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const local = { url: 'app://fynlo/attention.html', isMainFrame: true };
const ask = (channel: string, payload?: unknown, from = local): unknown => shell.answers.get(channel)?.(from, payload);
const tooltip = (): string => shell.trays.at(-1)?.tooltip ?? '';

test('a second start brings the first one to the front and leaves', async () => {
  await start();
  const second = new FakeShell();
  second.first = false;
  const none = await openDesktop({
    shell: second,
    env: {},
    now: Date.now,
    chance: Math.random,
    probe: async () => true,
    updates: () => updates,
  });
  expect([none, second.exits, second.servers.length, second.windows.length]).toEqual([null, [0], 0, 0]);
  second.tidy();

  const shown = manager().shown;
  shell.secondStart();
  expect(manager().shown).toBe(shown + 1);
});

test('the window says that the server is starting, and becomes the manager’s window when it answers', async () => {
  await start();
  expect(manager().loaded).toEqual(['app://fynlo/starting.html']);
  expect(server().entry).toBe(path.join(shell.folder, 'resources/app.asar.unpacked/out/store-server/entry.mjs'));
  expect(server().args).toEqual(['--data-dir', path.join(shell.about.userData, 'store')]);
  server().ready();
  await soon();
  expect(manager().loaded.at(-1)).toBe('http://127.0.0.1:8000/manager');
  expect(tooltip()).toBe('Fynlo: The restaurant’s server is running.');
});

test('when the server falls the manager’s page stays, with whatever is unsaved in it', async () => {
  await start();
  server().ready();
  await soon();
  server().exits(1);
  await soon(300);
  server().ready();
  await soon();
  expect(shell.servers).toHaveLength(2);
  expect(manager().loaded).toHaveLength(2);
  expect((manager().told as DesktopState[]).map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(['starting', 'ready']),
  );

  // The same where it goes to another store: the page knows of it and loads itself anew.
  server().says({ type: 'changing' });
  await soon(60_000);
  server().ready();
  await soon();
  expect([shell.servers.length, manager().loaded.length]).toEqual([2, 2]);
});

test('a page that cannot be loaded is tried again', async () => {
  await start();
  server().ready();
  await soon();
  manager().happens('failed', 'http://127.0.0.1:8000/manager');
  expect(manager().loaded.at(-1)).toBe('app://fynlo/starting.html');
  await soon(2_100);
  expect(manager().loaded.at(-1)).toBe('http://127.0.0.1:8000/manager');
});

test('a page that keeps dying is not loaded for ever', async () => {
  await start();
  for (let n = 0; n < 10; n += 1) manager().happens('gone', 'crashed');
  expect(manager().reloads).toBe(3);
  await soon(61_000);
  manager().happens('gone', 'oom');
  expect(manager().reloads).toBe(4);
});

test('a server that cannot start gets a window of its own, with its sentence and its last words', async () => {
  await start();
  server().writes('{"level":50,"time":"2025-06-18T18:00:00.000Z","msg":"no room","port":8000}\n');
  server().says({ type: 'failed', sentence: 'Port 8000 is taken by "httpd" (process 4).' });
  server().exits(1);
  const attention = shell.windows[1] as FakeWindow;
  expect(attention.loaded).toEqual(['app://fynlo/attention.html']);
  expect(tooltip()).toBe('Fynlo: Port 8000 is taken by "httpd" (process 4).');
  expect(ask(channels.readState)).toEqual({
    phase: 'attention',
    sentence: 'Port 8000 is taken by "httpd" (process 4).',
    hint: expect.stringContaining('Put it right, then start again.'),
    lines: ['18:00:00 error: no room (port: 8000)'],
    version: '1.2.3',
    falls: false,
  });
  const crashes = path.join(shell.about.logs, 'crashes');
  expect(readFileSync(path.join(crashes, readdirSync(crashes)[0] ?? ''), 'utf8')).toContain('no room');

  ask(channels.act, 'start-server');
  expect(shell.servers).toHaveLength(2);
  server().ready();
  await soon();
  expect(attention.open, 'it closes by itself once all is well').toBe(false);
  expect(manager().loaded.at(-1)).toBe('http://127.0.0.1:8000/manager');
});

test('a server that falls again and again: somebody restores the last backup, and it starts on that', async () => {
  await start();
  for (let n = 0; n < 6; n += 1) {
    server().exits(1);
    await soon(40_000);
  }
  expect(ask(channels.readState)).toMatchObject({ phase: 'attention', falls: true });
  const backup = {
    name: '20250618T181500Z-1041',
    restaurant: 'The Anchor',
    made_at: 1,
    used_until: null,
    loss: 'None.',
  };

  // No server starts while the data are in other hands, and nobody asks twice.
  const running = shell.servers.length;
  const looking = ask(channels.readLastBackup);
  expect(server().args.slice(-1)).toEqual(['--last-backup']);
  ask(channels.act, 'start-server');
  expect(shell.servers).toHaveLength(running + 1);
  await expect(ask(channels.goBack, backup.name)).rejects.toThrow('being done already');
  server().says({ type: 'something else' });
  server().says({ type: 'last_backup', backup });
  server().exits(0);
  expect(await looking).toEqual(backup);

  // One that cannot be reached, one that says why it cannot, one that hangs: each told, and nothing is started.
  const failing = async (what: () => unknown): Promise<unknown> => {
    const trying = ask(channels.goBack, backup.name) as Promise<unknown>;
    const told = expect(trying).rejects.toThrow();
    const why = trying.catch((error: Error) => error.message);
    await what();
    await told;
    return why;
  };
  expect(await failing(() => server().exits(1))).toContain('could not be reached');
  const full = { type: 'failed', sentence: 'The disk is full.' };
  expect(await failing(() => [server().says(full), server().exits(1)])).toBe('The disk is full.');
  // It may have been ended after the database was exchanged.
  expect(await failing(() => soon(600_000))).toMatch(/took too long.*How far it came is not known/);
  expect(ask(channels.readState)).toMatchObject({ phase: 'attention' });

  const going = ask(channels.goBack, backup.name);
  expect(server().args.slice(-2)).toEqual(['--go-back-to', backup.name]);
  server().says({ type: 'went_back', sentence: 'It goes on from Wednesday.' });
  server().exits(0);
  await going;
  expect(shell.notified).toEqual(['Fynlo goes on from its last backup']);
  expect(server().args).not.toContain('--go-back-to');
  server().ready();
  await soon();
  expect(ask(channels.readState)).toMatchObject({ phase: 'ready', falls: false });
  await expect(ask(channels.readLastBackup)).rejects.toThrow('The server runs');
});

test('the manager’s window is told the set-up code of the server that runs now, and no page’s state has it', async () => {
  await start();
  const page = { url: 'http://127.0.0.1:8000/manager', isMainFrame: true };
  server().says({ type: 'way_in', setup_code: 'AAAA-BBBB-CCCC', demo_people: [] });
  server().ready();
  await soon();
  expect(ask(channels.readWayIn, undefined, page)).toEqual({ setup_code: 'AAAA-BBBB-CCCC', demo_people: [] });
  expect(JSON.stringify([ask(channels.readState), manager().told])).not.toContain('AAAA');
  server().exits(1);
  await soon(300);
  expect(ask(channels.readWayIn, undefined, page), 'each start makes a new one').toBeNull();
  server().says({ type: 'way_in', setup_code: 7 });
  expect(ask(channels.readWayIn, undefined, page)).toBeNull();
});

test('closing the window hides it, and says once that the server goes on', async () => {
  await start();
  manager().close();
  manager().close();
  expect([manager().open, manager().hidden]).toEqual([true, 2]);
  expect(shell.notified).toEqual(['Fynlo keeps running']);
  shell.activate();
  expect(manager().shown).toBe(2);
});

test('quitting asks, because iPads depend on it, and waits until the server has stopped', async () => {
  await start();
  server().ready();
  await soon();
  shell.click('Quit Fynlo…');
  shell.click('Quit Fynlo…');
  await soon();
  expect(shell.asked.map(({ message }) => message)).toEqual(['Quit Fynlo and stop the restaurant’s server?']);
  expect([shell.quits, server().sent.some(({ type }) => type === 'shutdown')]).toEqual([0, false]);

  shell.answerTo = () => 1;
  shell.click('Quit Fynlo…');
  await soon();
  expect(server().sent.at(-1)).toEqual({ type: 'shutdown' });
  expect(shell.quits).toBe(0);
  server().exits(0);
  await soon();
  expect(shell.quits).toBe(1);
});

test('a server that does not run is not asked about', async () => {
  await start();
  server().says({ type: 'failed', sentence: 'The disk is full.' });
  server().exits(1);
  ask(channels.act, 'quit');
  await soon();
  expect([shell.asked, shell.quits]).toEqual([[], 1]);
});

test('when the computer is switched off nobody is asked', async () => {
  await start();
  server().ready();
  await soon();
  let waits = false;
  shell.power.shutdown(() => {
    waits = true;
  });
  await soon();
  // The system waits for the program, which waits for its server.
  expect([waits, shell.asked, shell.quits, server().sent.at(-1)]).toEqual([true, [], 0, { type: 'shutdown' }]);
  server().exits(0);
  await soon();
  expect([shell.asked, shell.quits]).toEqual([[], 1]);
});

test('a system that is ending is not held back, which macOS would take for a no: not even by a server that still stops', async () => {
  await start();
  server().ready();
  await soon();
  shell.answerTo = () => 1;
  shell.click('Quit Fynlo…');
  await soon();
  shell.click('Quit Fynlo…');
  expect(shell.quits).toBe(0);
  shell.power.shutdown(() => undefined);
  shell.quit();
  expect(shell.quits).toBe(1);
});

test('the computer stays awake while somebody is being served, and the server hears that it slept', async () => {
  await start();
  server().ready();
  server().service = { ...atRest, open_shifts: 1 };
  await soon(5_100);
  expect(shell.awake).toEqual([true]);
  server().exits(1);
  await soon(300);
  expect(shell.awake, 'a restart in mid-service changes nothing').toEqual([true]);
  server().ready();
  await soon(5_100);
  expect(shell.awake).toEqual([true, false]);
  shell.power.suspend();
  shell.power.resume();
  expect(server().sent.some(({ type }) => type === 'resumed')).toBe(true);
});

test('where it stood it opens again', async () => {
  await start();
  manager().at = { x: 300, y: 200, width: 1100, height: 720, maximized: true };
  manager().happens('placed', undefined);
  await soon(600);
  shell.servers.length = 0;
  const again = new FakeShell();
  again.about = { ...again.about, userData: shell.about.userData };
  await openDesktop({
    shell: again,
    env: {},
    now: Date.now,
    chance: Math.random,
    probe: async () => true,
    updates: () => updates,
  });
  expect(again.windows[0]).toMatchObject({ look: { x: 300, y: 200, width: 1100, height: 720 }, maximized: true });
  again.tidy();
});

test('started with the computer, it shows no window', async () => {
  shell.about = { ...shell.about, args: ['--hidden', '--demo'] };
  await start();
  expect(shell.windows).toEqual([]);
  expect(server().args).toEqual(['--demo', '--data-dir', path.join(shell.about.userData, 'demo')]);
  shell.click('Open Fynlo');
  expect(manager().shown).toBe(1);
});

test('start with this computer is switched in the menu, and the menu shows it', async () => {
  await start();
  const line = () => shell.trays.at(-1)?.menu.find(({ label }) => label === 'Start with this computer');
  expect(line()?.checked).toBe(false);
  shell.click('Start with this computer');
  expect(line()?.checked).toBe(true);
  expect(existsSync(path.join(shell.about.home, '.config/autostart/fynlo.desktop'))).toBe(true);
  // The set-up asks the same.
  server().ready();
  await soon();
  ask(channels.setAutostart, false, { ...local, url: 'http://127.0.0.1:8000/manager' });
  expect(line()?.checked).toBe(false);
});

test('a slip of ours is written down, and the restaurant goes on', async () => {
  const desktop = await start();
  desktop.broke(new Error('a menu that is no menu'));
  desktop.broke('a string');
  shell.processGone('GPU: crashed');
  const log = readFileSync(path.join(shell.about.logs, 'desktop.log'), 'utf8');
  expect(log).toContain('a menu that is no menu');
  expect(log).toContain('GPU: crashed');
  expect(shell.dumps).toBe(path.join(shell.about.logs, 'crashes'));
  expect(shell.quits).toBe(0);
});

test('what the server writes is kept in files that can be shown', async () => {
  await start();
  server().writes('first words\n');
  ask(channels.act, 'show-logs');
  expect(readFileSync(path.join(shell.about.logs, 'server.log'), 'utf8')).toBe('first words\n');
  expect(shell.shownFolders).toEqual([shell.about.logs]);
});

test('a fetched update shows in the menu, and a checkout looks for none', async () => {
  await start();
  await soon(61_000);
  expect(updates.checks).toBe(1);
  updates.arrives('1.3.0');
  const labels = shell.trays.at(-1)?.menu.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['Version 1.3.0 comes in tonight, after the close']));
  shell.click('Install version 1.3.0 now…');
  expect(shell.notified).toEqual(['Not now']);

  const checkout = new FakeShell();
  checkout.about = { ...checkout.about, packaged: false };
  shell.tidy();
  shell = checkout;
  updates = new FakeUpdates();
  await start();
  await soon(61_000);
  expect(updates.checks).toBe(0);
});

test('a new version that does not start asks for help, and names the way back', async () => {
  mkdirSync(shell.about.userData, { recursive: true });
  const update = { from: '1.2.2', to: '1.2.3', at: 1, snapshot: 'snapshot-7' };
  writeFileSync(path.join(shell.about.userData, 'desktop.json'), JSON.stringify({ update }));
  await start();
  server().says({ type: 'failed', sentence: 'It does not fit.' });
  server().exits(1);
  const told = ask(channels.readState) as DesktopState;
  expect(told.hint).toContain('Install version 1.2.2 again; the snapshot snapshot-7');
  expect(shell.windows.at(-1)?.loaded).toEqual(['app://fynlo/attention.html']);
  ask(channels.act, 'start-server');
  server().ready();
  await soon();
  expect(shell.windows.at(-1)?.open, 'it is still to be read').toBe(true);
});

import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../store-server/config.ts';
import { createAutostart } from './autostart.ts';
import { CrashReports } from './crash-reports.ts';
import { FakeShell } from './fake-shell.fixture.ts';
import { isHealthy } from './health-probe.ts';
import { LogTail } from './log-tail.ts';
import { Memory } from './memory.ts';
import { menuBar } from './menu.ts';
import { RotatingFile } from './rotating-file.ts';
import { serverArguments, serverFlags } from './server-arguments.ts';
import { trayFace, trayShape } from './tray.ts';
import { trayPicture } from './tray-picture.ts';
import { placeFor } from './window-place.ts';
import { tooltip } from './words.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'fynlo-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const nothing = { openManager() {}, openAttention() {}, startServer() {}, showLogs() {}, quit() {} };

test('a window opens where it stood while that is on a screen, and in the middle otherwise', () => {
  const stood = { x: 2000, y: 100, width: 1200, height: 800, maximized: true };
  const right = { ...screen, x: 1920 };
  expect(placeFor(stood, [screen, right])).toBe(stood);
  expect(placeFor(stood, [screen]), 'that screen is gone').toEqual({
    x: 280,
    y: 90,
    width: 1360,
    height: 860,
    maximized: true,
  });
  expect(placeFor({ ...stood, x: 1800 }, [screen]), 'too little to grab').toMatchObject({ x: 280 });
  expect(placeFor({ ...stood, x: 100, y: -60 }, [screen]), 'its title bar is out of reach').toMatchObject({ x: 280 });
  expect(placeFor(undefined, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({
    x: 0,
    y: 0,
    width: 800,
    height: 600,
    maximized: false,
  });
  expect(placeFor(undefined, [])).toMatchObject({ width: 1360, height: 860 });
});

/** How much ink each row of a picture has, from 0 to 1. */
function ink(png: Uint8Array): number[] {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const width = 32 * 4 + 1;
  return Array.from({ length: 32 }, (_, y) => {
    let sum = 0;
    for (let x = 0; x < 32; x += 1) sum += (rows[y * width + 4 + x * 4] ?? 0) / 255;
    return sum / 32;
  });
}

test('the tray’s states are told apart by shape alone', () => {
  const sum = (rows: number[]): number => rows.reduce((total, row) => total + row, 0);
  const [solid, half, outline] = (['solid', 'half', 'outline'] as const).map((shape) =>
    ink(trayPicture(shape, [0, 0, 0])),
  );
  if (!solid || !half || !outline) throw new Error('three shapes');
  expect(Math.abs(sum(solid.slice(0, 16)) - sum(solid.slice(16)))).toBeLessThan(0.01);
  expect(sum(half.slice(0, 16)), 'empty above').toBeLessThan(sum(half.slice(16)) * 0.6);
  expect(sum(outline)).toBeLessThan(sum(solid) * 0.6);
  expect(outline[8], 'a stroke in the middle').toBeGreaterThan((half[8] ?? 0) + 0.05);
  expect(new Set((['ready', 'degraded', 'attention'] as const).map(trayShape)).size).toBe(3);
});

test('the tray says in one sentence how things are, short enough for Windows', () => {
  const state = {
    phase: 'ready',
    url: null,
    reason: null,
    service: { open_shifts: 1, open_checks: 1, waiting_slips: 0, read_only: false },
    falls: false,
  } as const;
  expect(tooltip(state)).toBe('Fynlo: running, 1 open check.');
  expect(tooltip({ ...state, service: { ...state.service, open_checks: 12 } })).toBe('Fynlo: running, 12 open checks.');
  expect(tooltip({ ...state, phase: 'attention', reason: 'x'.repeat(300) })).toHaveLength(127);
  const labels = (phase: 'ready' | 'stopped') =>
    trayFace({ ...state, phase }, nothing, []).menu.map(({ label }) => label);
  expect(labels('ready')).not.toContain('Start the server');
  expect(labels('stopped')).toContain('Start the server');
});

test('developer tools are for those who started from a checkout', () => {
  const roles = (packaged: boolean) => JSON.stringify(menuBar(nothing, [], packaged));
  expect(roles(true)).not.toContain('toggleDevTools');
  expect(roles(false)).toContain('toggleDevTools');
});

test('the last words of a server, as a person can read them', () => {
  const tail = new LogTail(3);
  tail.write('{"level":30,"time":"2025-06-18T18:00:00.000Z","msg":"open');
  tail.write('ed"}\n\n{"level":50,"msg":"failed","code":{"n":1}}\r\nError: boom\n{"not":"a log"}\nhalf');
  expect(tail.lines()).toEqual(['error: failed (code: {"n":1})', 'Error: boom', '{"not":"a log"}', 'half']);
  tail.write('{broken\n');
  expect(tail.lines()).toEqual(['Error: boom', '{"not":"a log"}', 'half{broken']);
  tail.write('x'.repeat(100_000));
  expect(tail.lines().at(-1)?.length).toBeLessThan(5_000);
});

test('a log never fills the disk', () => {
  const file = path.join(folder, 'logs/server.log');
  const log = new RotatingFile(file, { most: 100, keep: 2 });
  for (let n = 0; n < 100; n += 1) log.write(`${'line'.padEnd(19, String(n % 10))}\n`);
  expect(readdirSync(path.dirname(file)).sort()).toEqual(['server.log', 'server.log.1', 'server.log.2']);
  expect(statSync(`${file}.1`).size).toBe(100);
  new RotatingFile(file, { most: 100, keep: 2 }).write('after a restart\n');
  expect(readFileSync(file, 'utf8')).toMatch(/after a restart\n$/);
  rmSync(path.dirname(file), { recursive: true });
  writeFileSync(path.dirname(file), 'a file where the folder was');
  expect(() => log.write('lost')).not.toThrow();
});

test('what the app remembers survives, and a damaged file is no harm', () => {
  const file = path.join(folder, 'memory/desktop.json');
  const memory = new Memory(file);
  expect(memory.change({ toldThatItStays: true, refused: ['2.0.0'] })).toBe(true);
  expect(new Memory(file).read()).toMatchObject({ toldThatItStays: true, refused: ['2.0.0'] });
  writeFileSync(file, '{"toldThatItStays":true,"window":{"x":"left"},"refused":7}');
  expect(new Memory(file).read()).toEqual({ toldThatItStays: true, window: undefined, update: undefined, refused: [] });
  for (const broken of ['', '{', '[]', 'null', '7']) {
    writeFileSync(file, broken);
    expect(new Memory(file).read()).toMatchObject({ toldThatItStays: false, refused: [] });
  }
  expect(new Memory(path.join(file, 'below a file')).change({ toldThatItStays: true })).toBe(false);
});

test('crash reports are kept here, and not without end', () => {
  const crashes = path.join(folder, 'crashes');
  let now = Date.UTC(2025, 5, 18);
  const reports = new CrashReports(crashes, '1.2.3', () => (now += 1000));
  for (let n = 0; n < 25; n += 1) reports.write(`crash ${n}`, ['its last words']);
  const files = readdirSync(crashes).sort();
  expect(files).toHaveLength(20);
  expect(readFileSync(path.join(crashes, files.at(-1) ?? ''), 'utf8')).toMatch(
    /^Fynlo 1\.2\.3 on .*crash 24.*its last words/s,
  );
  expect(() => new CrashReports(path.join(crashes, files[0] ?? '', 'no'), '1', () => now).write('x', [])).not.toThrow();
});

test('on Linux it starts with the computer by a file, whatever its own name is', () => {
  const shell = new FakeShell();
  shell.about = { ...shell.about, executable: '/opt/Fynlo "$HOME" 100%/fynlo' };
  const autostart = createAutostart(shell, path.join(folder, 'xdg'));
  expect(autostart.isOn()).toBe(false);
  autostart.set(true);
  expect(autostart.isOn()).toBe(true);
  const entry = readFileSync(path.join(folder, 'xdg/autostart/fynlo.desktop'), 'utf8');
  expect(entry).toContain('Exec="/opt/Fynlo \\\\"\\\\$HOME\\\\" 100%%/fynlo" --hidden\n');
  autostart.set(false);
  autostart.set(false);
  expect(autostart.isOn()).toBe(false);
  createAutostart(shell, 'not/absolute').set(true);
  expect(existsSync(path.join(shell.about.home, '.config/autostart/fynlo.desktop'))).toBe(true);
  shell.tidy();
});

test.each(['win32', 'darwin'] as const)('on %s it is a login item', (platform) => {
  const shell = new FakeShell();
  shell.about = { ...shell.about, platform };
  const autostart = createAutostart(shell, undefined);
  autostart.set(true);
  expect(autostart.isOn()).toBe(true);
  autostart.set(!autostart.isOn());
  expect(autostart.isOn()).toBe(false);
  expect(existsSync(shell.about.home)).toBe(false);
  shell.tidy();
});

test('the server gets its own flags and no others', () => {
  const data = path.join('/data', 'store');
  expect(serverArguments(['--no-sandbox', '--hidden', 'file.txt', '--inspect=0'], '/data', {})).toEqual([
    '--data-dir',
    data,
  ]);
  expect(serverArguments(['--demo', '--port', '8001', '--relay=http://r'], '/data', {})).toEqual([
    '--demo',
    '--port',
    '8001',
    '--relay=http://r',
    '--data-dir',
    path.join('/data', 'demo'),
  ]);
  expect(serverArguments(['--data-dir', '/mine'], '/data', {})).toEqual(['--data-dir', '/mine']);
  expect(serverArguments([], '/data', { FYNLO_DATA_DIR: '/theirs' })).toEqual([]);
  expect(serverArguments([], '/data', { FYNLO_DEMO: '1' })).toEqual(['--data-dir', path.join('/data', 'demo')]);
});

test('every flag that the server knows can be given to the app', () => {
  const refused = readConfig(['--no-such-flag'], {}, folder);
  const usage = refused.ok ? '' : (refused.errors.at(-1) ?? '');
  const known = usage.match(/--[a-z-]+/g) ?? [];
  expect(known.length).toBeGreaterThan(5);
  // The app gives an errand itself; as one of its own flags it would be done at every start.
  const errands = ['--last-backup', '--go-back-to'];
  expect([...serverFlags, ...errands].sort()).toEqual([...new Set(known)].sort());
});

test('healthy is a server that says 200, and nothing else', async () => {
  const door = createServer((request, answer) => {
    answer.writeHead(request.url === '/well/health' ? 200 : 503);
    answer.end();
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const at = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`;
  expect(await isHealthy(`${at}well/`)).toBe(true);
  expect(await isHealthy(at)).toBe(false);
  door.close();
  await once(door, 'close');
  expect(await isHealthy(at)).toBe(false);
});

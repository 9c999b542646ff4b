import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type TestStore } from '../../test/harness/open-store.ts';
import { managerFolder, managerPages } from './pages.ts';

const script = `console.log(${JSON.stringify('x'.repeat(4_000))});\n`;
let folder: string;
let store: TestStore | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-window-'));
});
afterEach(async () => {
  await store?.close();
  store = null;
  rmSync(folder, { recursive: true, force: true });
});

async function served(): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> {
  const opened = await openStore({ pages: () => managerPages(folder) });
  store = opened;
  return (path, headers = {}) =>
    fetch(new URL(path, opened.server.url), {
      redirect: 'manual',
      headers: { 'Accept-Encoding': 'identity', ...headers },
    });
}

test('the front door leads to the window, whose one page stands at every address of its own', async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Fynlo</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), script);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, '.mark'), 'not for others');
  const get = await served();
  const door = await get('/');
  expect([door.status, door.headers.get('location')]).toEqual([302, '/manager']);
  for (const path of ['/manager', '/manager/', '/manager/orders', '/manager/reports/daily/2025-06-18']) {
    const page = await get(path);
    expect([path, page.status, await page.text()]).toEqual([path, 200, '<!doctype html><title>Fynlo</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  }
  const own = await get('/manager/assets/index-abc.js');
  expect([await own.text(), own.headers.get('content-type')]).toEqual([script, 'text/javascript; charset=utf-8']);
  expect(own.headers.get('cache-control')).toContain('immutable');
  const packed = await get('/manager/assets/index-abc.js', { 'Accept-Encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(await packed.text()).toBe(script);
  expect((await get('/manager/icon.svg')).headers.get('content-type')).toContain('image/svg+xml');
  expect((await get('/manager/assets/index-old.js')).status).toBe(404);
  expect(await (await get('/manager/.mark')).text()).not.toContain('not for others');
});

test('a window that is built anew beside a running server changes nothing for whoever opens the old one', async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), 'old');
  writeFileSync(join(folder, 'assets/index-old.js'), script);
  const get = await served();
  rmSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), 'new');
  expect(await (await get('/manager')).text()).toBe('old');
  expect(await (await get('/manager/assets/index-old.js')).text()).toBe(script);
});

test('where nobody has built the window, that is said, and the server serves all the rest', async () => {
  const get = await served();
  const page = await get('/manager');
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('not built here')]);
  expect((await get('/health')).status).toBe(200);
});

test('a bundled server looks beside itself, one from the sources where the launcher builds', () => {
  mkdirSync(join(folder, 'manager'));
  expect(managerFolder(folder)).toBe(join(folder, 'manager'));
  expect(managerFolder(join(folder, 'manager'))).toBe(join(folder, 'manager/../../out/renderer/manager'));
});

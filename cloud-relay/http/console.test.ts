import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { consolePages } from './console.ts';

let server: Server | null = null;
const folder = mkdtempSync(join(tmpdir(), 'fynlo-console-'));
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function served(): Promise<(path: string, encoding?: string) => Promise<Response>> {
  const show = consolePages(folder);
  const opened = createServer((request, response) => {
    if (!show(request, response, request.url ?? '/')) response.writeHead(404).end('not a page');
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const { port } = opened.address() as AddressInfo;
  return (path, encoding = 'identity') =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'Accept-Encoding': encoding } });
}

test('the console’s one page stands at all its addresses, its files where the build put them, and the rest is not its', async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  const script = `console.log(${JSON.stringify('x'.repeat(4_000))});\n`;
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Fynlo</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), script);
  writeFileSync(join(folder, '.mark'), 'not for others');
  const get = await served();
  for (const path of ['/', '/sales', '/restaurants/0197']) {
    const page = await get(path);
    expect([path, page.status, await page.text()]).toEqual([path, 200, '<!doctype html><title>Fynlo</title>']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('cache-control')).toBe('no-cache');
  }
  const packed = await get('/assets/index-abc.js', 'gzip');
  expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', script]);
  expect(packed.headers.get('cache-control')).toContain('immutable');
  for (const path of ['/.mark', '/assets/index-old.js', '/api/v1/nothing'])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});

test('where nobody has built the console, that is said', async () => {
  const get = await served();
  const page = await get('/');
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('not built here')]);
});

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestOptions, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as Runtime from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { updateSource } from './update-source.ts';

/** The real updater against a feed on this computer: what it fetches, and what it refuses. */

const beside = createRequire(createRequire(import.meta.url).resolve('electron-updater'));
const { HttpExecutor, configureRequestUrl } = beside('builder-util-runtime') as typeof Runtime;

/** Electron's own network does not exist here; Node's does the same work. */
class NodeHttp extends HttpExecutor<ReturnType<typeof request>> {
  createRequest(options: RequestOptions, callback: (response: never) => void) {
    return request(options, callback as never);
  }
  download(url: URL, destination: string, options: Runtime.DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const asked = { headers: options.headers ?? undefined } as never;
      configureRequestUrl(url, asked);
      const callback = (error: Error | null): void => (error ? reject(error) : resolve(destination));
      this.doDownload(asked, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

const program = Buffer.from('a new version of the program, whole and as it was made');
const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64');
let feed: Server;
let folder: string;
let files: Map<string, Buffer>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'fynlo-feed-'));
  vi.stubEnv('APPIMAGE', path.join(folder, 'Fynlo.AppImage'));
  writeFileSync(path.join(folder, 'Fynlo.AppImage'), 'the version that is running');
  files = new Map();
  feed = createServer((asked, answer) => {
    const file = files.get((asked.url ?? '').split('?')[0] ?? '');
    answer.writeHead(file === undefined ? 404 : 200, { 'Content-Length': file?.length ?? 0 });
    answer.end(file);
  }).listen(0, '127.0.0.1');
  await once(feed, 'listening');
});
afterEach(() => {
  vi.unstubAllEnvs();
  feed.close();
  feed.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a version into the feed. */
function publish(version: string, bytes = program, hash = sha512(bytes)): void {
  const name = `Fynlo-${version}.AppImage`;
  files.set(`/${name}`, bytes);
  const told = { version, files: [{ url: name, sha512: hash, size: bytes.length }], path: name, sha512: hash };
  files.set('/latest-linux.yml', Buffer.from(JSON.stringify({ ...told, releaseDate: '2025-06-18T04:00:00.000Z' })));
}

/** A desktop app of version 1.2.3 that looks for updates. */
async function look() {
  const updater = new AppImageUpdater(null, {
    version: '1.2.3',
    name: 'fynlo',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: path.join(folder, 'data'),
    baseCachePath: path.join(folder, 'cache'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  writeFileSync(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: fynlo-updater\n');
  // In this order: a feed that is named earlier keeps the executor of Electron.
  (updater as unknown as { httpExecutor: NodeHttp }).httpExecutor = new NodeHttp();
  const { port } = feed.address() as AddressInfo;
  const source = updateSource(updater);
  updater.setFeedURL({ provider: 'generic', url: `http://127.0.0.1:${port}/` });
  updater.disableDifferentialDownload = true;
  const ready: string[] = [];
  const problems: string[] = [];
  let file = '';
  source.onReady((version) => ready.push(version));
  source.onProblem((reason) => problems.push(reason));
  updater.on('update-downloaded', ({ downloadedFile }) => {
    file = downloadedFile;
  });
  await source.check();
  return { updater, ready, problems, file: () => file };
}

test('a newer version is fetched, checked against its hash, and waits: nothing is put in by itself', async () => {
  publish('1.3.0');
  const { updater, ready, problems, file } = await look();
  await vi.waitFor(() => expect(ready).toEqual(['1.3.0']));
  expect(problems).toEqual([]);
  expect(readFileSync(file())).toEqual(program);
  expect(readFileSync(path.join(folder, 'Fynlo.AppImage'), 'utf8')).toBe('the version that is running');
  expect([updater.autoInstallOnAppQuit, updater.allowDowngrade, updater.allowPrerelease]).toEqual([
    false,
    false,
    false,
  ]);
});

test('a file that somebody tampered with is refused and thrown away', async () => {
  publish('1.3.0', Buffer.from(program).fill('x', 3, 4), sha512(program));
  const { ready, problems } = await look();
  expect(ready).toEqual([]);
  expect(problems.join()).toMatch(/sha512 checksum mismatch/);
  expect(existsSync(path.join(folder, 'cache/fynlo-updater/pending/Fynlo-1.3.0.AppImage'))).toBe(false);
});

test('a file that ends too early is refused', async () => {
  publish('1.3.0', program.subarray(0, 20), sha512(program));
  const { ready, problems } = await look();
  expect([ready, problems.length]).toEqual([[], 1]);
});

test.each(['1.2.2', '1.2.3', '1.2.3-beta.9', '0.9.0'])('%s is no update for 1.2.3', async (version) => {
  publish(version);
  const { ready, problems } = await look();
  expect([ready, problems]).toEqual([[], []]);
});

test('no feed, or one that makes no sense, is noted and otherwise no trouble', async () => {
  expect((await look()).problems).toHaveLength(1);
  files.set('/latest-linux.yml', Buffer.from('version: [unclosed'));
  expect((await look()).problems).toHaveLength(1);
});

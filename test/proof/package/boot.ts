import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isHealthy } from '../../../main/health-probe.ts';
import type { ForkedServer } from '../../../main/shell.ts';
import { Supervisor } from '../../../main/supervisor.ts';
import { ApiClient } from '../../harness/api-client.ts';

/** The packed executable running the packed server, with a message channel as a utility process has one. */
export function forkServer(executable: string, entry: string, args: readonly string[]): ForkedServer {
  const child = spawn(executable, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    cwd: path.dirname(entry),
  });
  return {
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code ?? -1)),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => listener(String(bytes)));
    },
  };
}

/** The server under the app's own supervisor: started, an order taken and printed, the window shown, and stopped. */
export async function serveOneGuest(executable: string, entry: string, dataDir: string): Promise<string[]> {
  const free = ['--port', '0', '--compat-port', '0', '--host', '127.0.0.1', '--no-mdns'];
  const found: string[] = [];
  let exit: number | null = null;
  const supervisor = new Supervisor({
    fork: () => {
      const server = forkServer(executable, entry, ['--demo', '--data-dir', dataDir, ...free]);
      server.onExit((code) => {
        exit = code;
      });
      return server;
    },
    probe: isHealthy,
    chance: () => 0.5,
    log: (message) => found.push(message),
    limits: { mostFailures: 1, beatMs: 500, mostMissed: 20 },
  });
  supervisor.start();
  const words = (): string => `${supervisor.state().reason ?? ''} ${supervisor.lines().join('\n')}`;
  if (!(await until(() => supervisor.state().phase === 'ready', 60_000))) return [`it was never ready: ${words()}`];
  const api = new ApiClient(Number(new URL(supervisor.state().url ?? '').port));
  try {
    api.token = (
      await api.must('POST', 'auth/login', { email: 'manager@demo.test', password: 'demo-manager-1' })
    ).access_token;
    await api.must('POST', 'orders', { order_type: 'takeaway', items: [{ product_id: 1, quantity: 2 }] });
    const printed = async (): Promise<boolean> => {
      const { body } = await api.get('/status/state.json');
      return (body.printers as { papers: unknown[] }[]).some(({ papers }) => papers.length > 0);
    };
    if (!(await until(printed, 10_000))) found.push(`the order was taken but not printed: ${words()}`);
    if (!(await until(() => (supervisor.state().service?.open_checks ?? 0) > 0, 5_000)))
      found.push('the beat does not tell of the open check');
    for (const page of ['/manager', '/docs', '/docs/reader.js', '/api/v1/openapi.json']) {
      const { status } = await api.get(page);
      if (status !== 200) found.push(`GET ${page} answered ${status}`);
    }
  } finally {
    api.close();
    await supervisor.stop();
  }
  if (exit !== 0) found.push(`asked to stop, it ended with ${exit}: ${words()}`);
  return found;
}

async function until(holds: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  for (const from = performance.now(); performance.now() - from < ms; ) {
    if (await holds()) return true;
    await pause(50);
  }
  return false;
}

/** Stands where Electron's module is found, and stops the app at its first question: whether it is alone. */
const loneliness = `
const hole = new Proxy(function () {}, { get: (_, name) => (name === 'then' ? undefined : hole), apply: () => '/nowhere', construct: () => hole });
const app = new Proxy({}, { get: (_, name) => {
  if (name === 'requestSingleInstanceLock') return () => { console.log('asked whether it is alone'); return false; };
  if (name === 'exit') return (code) => process.exit(code);
  if (name === 'isPackaged') return true;
  if (name === 'commandLine') return { hasSwitch: () => false };
  return () => '/nowhere';
} });
module.exports = { app, BrowserWindow: hole, dialog: hole, ipcMain: hole, Menu: hole, nativeImage: hole, powerMonitor: hole,
  powerSaveBlocker: hole, protocol: hole, session: hole, shell: hole, screen: hole, Tray: hole, Notification: hole,
  crashReporter: hole, utilityProcess: hole };
`;

/** The packed main process loads, with all that it imports, and gets as far as Electron's first answer. */
export function wrongMain(executable: string, app: string): string[] {
  const stub = path.join(app, 'node_modules/electron');
  mkdirSync(stub, { recursive: true });
  writeFileSync(path.join(stub, 'package.json'), '{"name":"electron","main":"index.js"}');
  writeFileSync(path.join(stub, 'index.js'), loneliness);
  const { status, stdout, stderr } = spawnSync(executable, [path.join(app, 'out/main/main.mjs')], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  return status === 0 && stdout.includes('asked whether it is alone')
    ? []
    : [`the main process did not get to its first question (${status}): ${stdout}${stderr}`];
}

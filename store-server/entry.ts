import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { readConfig } from './config.ts';
import { FolderInUse } from './db/folder-lock.ts';
import { DatabaseRefused } from './db/migrate.ts';
import { createLab, type Lab } from './demo/lab.ts';
import { DemoRefused, openDemo } from './demo/open-demo.ts';
import { ensureSetupCode } from './features/staff/index.ts';
import { systemClock, systemRandom } from './kernel/clock.ts';
import { createIds } from './kernel/ids.ts';
import { createLog } from './log.ts';
import { watchParent } from './parent-port.ts';
import { createStoreServer } from './server.ts';
import { statusPages } from './status-page/pages.ts';

/** The process: reads what it was started with, runs the store, and stops it when it is told to or left alone. */

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const read = readConfig(process.argv.slice(2), process.env, process.cwd());
if (!read.ok) {
  for (const sentence of read.errors) say(sentence);
  process.exit(2);
}
const { config } = read;
const log = createLog();
const ids = createIds(systemClock.now, systemRandom);

let leaving = false;
let stop = async (): Promise<void> => undefined;
const leave = (why: string): void => {
  if (leaving) return;
  leaving = true;
  stop()
    .then(() => {
      log('info', 'stopped', { why });
      process.exit(0);
    })
    .catch((error: unknown) => {
      log('error', 'stopping failed', { reason: String(error) });
      process.exit(1);
    });
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => leave(signal));
const parent = watchParent({ onGone: () => leave('the parent is gone') });
process.on('unhandledRejection', (reason) => log('error', 'an unhandled rejection', { reason: String(reason) }));

try {
  const lab: Lab = createLab(systemClock);
  const store = await createStoreServer({
    config,
    clock: systemClock,
    ids,
    log,
    version: packageJson.version,
    pid: process.pid,
    pages: (open) => statusPages({ ...open, clock: systemClock, lab, demo: config.demo, version: packageJson.version }),
  });
  stop = async () => {
    await store.stop();
    await lab.close();
  };
  if (config.demo) for (const sentence of await openDemo(store, lab)) say(sentence);
  else {
    const code = await ensureSetupCode(store.core);
    if (code !== null) say(`No owner yet. Set-up code: ${code}`);
  }
  process.stdout.write(`fynlo ready ${store.url}\n`);
  parent.send({ type: 'ready', port: store.port, compatPort: store.compatPort });
} catch (error) {
  await stop();
  say(startFailure(error));
  process.exit(1);
}

/** What the person at the console reads when the server does not start. */
function startFailure(error: unknown): string {
  if (error instanceof FolderInUse || error instanceof DatabaseRefused || error instanceof DemoRefused)
    return error.message;
  const { code, port } = (error ?? {}) as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or give another --port or --compat-port.`;
  if (code === 'EACCES' && port !== undefined) return `This user may not listen on port ${port}. Give another --port.`;
  if (code === 'EADDRNOTAVAIL') return `This computer has no address ${config.host}. Give another --host.`;
  if (code === 'EEXIST' || code === 'ENOTDIR') return `${config.dataDir} is not a folder. Give another --data-dir.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return `${config.dataDir} cannot be written (${code}).`;
  return `The store server could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

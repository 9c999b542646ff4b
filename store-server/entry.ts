import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { goBackTo, lastBackup } from './backups/last-backup.ts';
import { type Errand, readConfig } from './config.ts';
import { lockFolder } from './db/folder-lock.ts';
import { createLab, type Lab } from './demo/lab.ts';
import { openDemo } from './demo/open-demo.ts';
import { demoPeople } from './demo/staff.ts';
import { ensureSetupCode } from './features/staff/index.ts';
import { answerHost, type OpenStoreTalk } from './host-talk.ts';
import { systemClock, systemRandom } from './kernel/clock.ts';
import { createIds } from './kernel/ids.ts';
import { createLog } from './log.ts';
import { managerPages } from './manager-window/pages.ts';
import { watchParent } from './parent-port.ts';
import { createStoreServer } from './server.ts';
import { serviceState } from './service-state.ts';
import { startFailure } from './start-failure.ts';
import { statusPages } from './status-page/pages.ts';

/** The process: reads what it was started with, runs the store, and stops it when it is told to or left alone. */

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const read = readConfig(process.argv.slice(2), process.env, process.cwd());
if (!read.ok) {
  for (const sentence of read.errors) say(sentence);
  process.exit(2);
}
const { config, errand } = read;
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
      parent.send({ type: 'bye' });
      process.exit(0);
    })
    .catch((error: unknown) => {
      log('error', 'stopping failed', { reason: String(error) });
      process.exit(1);
    });
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => leave(signal));
let open: OpenStoreTalk | null = null;
const parent = watchParent({
  onGone: () => leave('the parent is gone'),
  onMessage: answerHost({
    send: (message) => parent.send(message),
    shutdown: () => leave('the host asked for it'),
    store: () => open,
    log,
  }),
});
process.on('unhandledRejection', (reason) => log('error', 'an unhandled rejection', { reason: String(reason) }));

/** A server that was just ended lets its folder go in a moment. */
const FOLDER_WAIT_MS = 10_000;

async function run(errandAt: Errand): Promise<void> {
  if (errandAt.kind === 'go_back') {
    const lock = await lockFolder(config.dataDir, FOLDER_WAIT_MS);
    const { sentence } = await goBackTo(config.dataDir, errandAt.name, { clock: systemClock, ids, log });
    await lock.release();
    say(sentence);
    parent.send({ type: 'went_back', sentence });
    return;
  }
  const backup = lastBackup(config.dataDir);
  say(backup === null ? 'There is no good backup.' : `The last good backup is ${backup.name}. ${backup.loss}`);
  parent.send({ type: 'last_backup', backup });
}

try {
  if (errand !== undefined) {
    await run(errand);
    process.exit(0);
  }
  const lab: Lab = createLab(systemClock);
  const store = await createStoreServer({
    config,
    clock: systemClock,
    ids,
    log,
    version: packageJson.version,
    pid: process.pid,
    say,
    pages: (open) => [
      ...managerPages(),
      ...statusPages({ ...open, clock: systemClock, lab, demo: config.demo, version: packageJson.version }),
    ],
  });
  stop = async () => {
    await store.stop();
    await lab.close();
  };
  if (config.demo) for (const sentence of await openDemo(store, lab)) say(sentence);
  const code = config.demo ? null : await ensureSetupCode(store.core);
  if (code !== null) say(`No owner yet. Set-up code: ${code}`);
  parent.send({ type: 'way_in', setup_code: code, demo_people: config.demo ? demoPeople : [] });
  open = { service: () => serviceState(store.core), resumed: store.resumed, snapshot: store.snapshot };
  process.stdout.write(`fynlo ready ${store.url}\n`);
  parent.send({ type: 'ready', port: store.port, compatPort: store.compatPort, url: store.url });
} catch (error) {
  await stop();
  const { sentence, needsSomebody } = await startFailure(error, config);
  say(sentence);
  if (needsSomebody) parent.send({ type: 'failed', sentence });
  process.exit(1);
}

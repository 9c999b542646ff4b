import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { goBackTo, lastBackup } from './backups/last-backup.ts';
import { type Errand, readConfig } from './config.ts';
import { lockFolder } from './db/folder-lock.ts';
import { answerHost } from './host-talk.ts';
import { systemClock, systemRandom } from './kernel/clock.ts';
import { createIds } from './kernel/ids.ts';
import { createLog } from './log.ts';
import { openRestaurant } from './open-restaurant.ts';
import { watchParent } from './parent-port.ts';
import { createRunning } from './running.ts';
import { startFailure } from './start-failure.ts';

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
const leave = (why: string): void => {
  if (leaving) return;
  leaving = true;
  running
    .stop()
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
const parent = watchParent({
  onGone: () => leave('the parent is gone'),
  onMessage: answerHost({
    send: (message) => parent.send(message),
    shutdown: () => leave('the host asked for it'),
    store: () => running.talk(),
    log,
  }),
});
const running = createRunning({
  config,
  open: (what, practice) =>
    openRestaurant(what, practice, {
      clock: systemClock,
      ids,
      log,
      say,
      version: packageJson.version,
      pid: process.pid,
    }),
  send: (message) => parent.send(message),
  say,
  ready: (url) => void process.stdout.write(`fynlo ready ${url}\n`),
  log,
  broke: (error) => void fail(error),
});
process.on('unhandledRejection', (reason) => log('error', 'an unhandled rejection', { reason: String(reason) }));

async function fail(error: unknown): Promise<never> {
  await running.stop();
  const { sentence, needsSomebody } = await startFailure(error, config);
  say(sentence);
  if (needsSomebody) parent.send({ type: 'failed', sentence });
  process.exit(1);
}

async function run(errandAt: Errand): Promise<void> {
  if (errandAt.kind === 'go_back') {
    const lock = await lockFolder(config.dataDir);
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
  await running.open();
} catch (error) {
  await fail(error);
}

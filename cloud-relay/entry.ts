import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock, systemRandom } from '../store-server/kernel/clock.ts';
import { createIds } from '../store-server/kernel/ids.ts';
import { createLog } from '../store-server/log.ts';
import { watchParent } from '../store-server/parent-port.ts';
import { readConfig } from './config.ts';
import { createRelay } from './server.ts';
import { startFailure } from './start-failure.ts';

/** The process: reads what it was started with, runs the relay, and stops it when it is told to or left alone. */

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const read = readConfig(process.argv.slice(2), process.env, process.cwd());
if (!read.ok) {
  for (const sentence of read.errors) say(sentence);
  process.exit(2);
}
const { config } = read;
const log = createLog();

let leaving: string | null = null;
let stop: (() => Promise<void>) | null = null;
const finish = (why: string, running: () => Promise<void>): void => {
  running()
    .then(() => {
      log('info', 'stopped', { why });
      process.exit(0);
    })
    .catch((error: unknown) => {
      log('error', 'stopping failed', { reason: String(error) });
      process.exit(1);
    });
};
// Told to leave while it still starts, it leaves once it has started: half a start cannot be stopped in order.
const leave = (why: string): void => {
  if (leaving !== null) return;
  leaving = why;
  if (stop !== null) finish(why, stop);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => leave(signal));
const parent = watchParent({ onGone: () => leave('the parent is gone') });
process.on('unhandledRejection', (reason) => log('error', 'an unhandled rejection', { reason: String(reason) }));

try {
  const ids = createIds(systemClock.now, systemRandom);
  const relay = await createRelay({
    config,
    clock: systemClock,
    ids,
    log,
    version: packageJson.version,
    pid: process.pid,
  });
  stop = relay.stop;
  for (const line of relay.said) say(line);
  if (leaving === null) {
    process.stdout.write(`fynlo relay ready ${relay.url}\n`);
    parent.send({ type: 'ready', port: relay.port });
  } else finish(leaving, stop);
} catch (error) {
  say(startFailure(error, config));
  process.exit(1);
}

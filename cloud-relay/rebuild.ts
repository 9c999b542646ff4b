import process from 'node:process';
import { systemClock, systemRandom } from '../store-server/kernel/clock.ts';
import { createIds } from '../store-server/kernel/ids.ts';
import { createLog } from '../store-server/log.ts';
import { readConfig } from './config.ts';
import { rebuildAll } from './ingest/rebuild-all.ts';
import { openHouse } from './server.ts';
import { startFailure } from './start-failure.ts';

/** `npm run relay:rebuild`: makes every read model anew from the batches that are kept. */

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const read = readConfig(process.argv.slice(2), process.env, process.cwd());
if (!read.ok) {
  for (const sentence of read.errors) say(sentence);
  process.exit(2);
}
try {
  const house = await openHouse({
    config: read.config,
    ids: createIds(systemClock.now, systemRandom),
    log: createLog(),
  });
  const { stores, entries } = await rebuildAll(house.database);
  await house.close();
  process.stdout.write(`rebuilt ${stores} stores from ${entries} entries\n`);
} catch (error) {
  say(startFailure(error, read.config));
  process.exit(1);
}

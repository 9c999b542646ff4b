import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { readConfig } from './config.ts';
import { openConnection } from './db/connection.ts';
import { settingsOf } from './features/settings/index.ts';
import { findOrder, nameFinder, whyOrder } from './journal/why.ts';
import { whyInWords } from './journal/why-words.ts';
import { readQuestion } from './why-question.ts';

/** `npm run why -- order 142`: everything that happened to an order, and why. Reads only; the server may be running. */

const usage =
  'Usage: npm run why -- order NUMBER|UUID [--day YYYY-MM-DD] [--demo] [--data-dir DIR]\n' +
  'NUMBER is the one on the ticket; without --day the latest order of that number is meant.';

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const fail = (sentence: string): never => {
  say(sentence);
  process.exit(2);
};

const asked = readQuestion(process.argv.slice(2)) ?? fail(usage);
const read = readConfig(asked.rest, process.env, process.cwd());
if (!read.ok) fail([...read.errors.slice(0, -1), usage].join('\n'));
else {
  const file = join(read.config.dataDir, 'store.db');
  if (!existsSync(file))
    fail(`There is no store in ${read.config.dataDir}. Name its folder with --data-dir, or add --demo.`);
  const connection = openConnection(file, { readonly: true });
  try {
    const order = findOrder(connection, asked.order, asked.day);
    if (order === undefined)
      fail(`There is no order ${asked.order}${asked.day === null ? '' : ` on ${asked.day}`} in this store.`);
    else {
      const zone = settingsOf(connection).time_zone;
      const lines = whyInWords(whyOrder(connection, order), { zone, nameOf: nameFinder(connection) });
      process.stdout.write(`${lines.join('\n')}\n`);
    }
  } finally {
    connection.sqlite.close();
  }
}

import process from 'node:process';
import { parseArgs } from 'node:util';
import { AddPlatformUser } from '#contract/platform.ts';
import { systemClock, systemRandom } from '../store-server/kernel/clock.ts';
import { createIds } from '../store-server/kernel/ids.ts';
import { createLog } from '../store-server/log.ts';
import { makeOwner, replacePassword } from './auth/owners.ts';
import { createPasswords } from './auth/passwords.ts';
import { readConfig } from './config.ts';
import { openHouse } from './server.ts';
import { startFailure } from './start-failure.ts';

/** `npm run relay:owner`: makes a platform with its first owner, or gives somebody who forgot it another password. */

const usage =
  'Usage: npm run relay:owner -- --email E [--name N --platform P | --new-password] [--data-dir DIR]; DATABASE_URL as for the relay';
const leave = (code: number, ...sentences: string[]): never => {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(code);
};

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        platform: { type: 'string' },
        'new-password': { type: 'boolean' },
        'data-dir': { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    return leave(2, `${(error as Error).message.split('. ')[0]}.`, usage);
  }
}

const flags = readFlags();
const folder = flags['data-dir'];
const read = readConfig(folder === undefined ? [] : ['--data-dir', folder], process.env, process.cwd());
const config = read.ok ? read.config : leave(2, ...read.errors);
const ids = createIds(systemClock.now, systemRandom);
/** Some eighty bits, in letters and digits that nobody takes for others. */
const password = [...ids.secret(16)]
  .map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31])
  .join('')
  .replace(/(.{4})(?=.)/g, '$1-');

const isNew = flags['new-password'] !== true;
const email = AddPlatformUser.shape.email.safeParse(flags.email ?? '');
const name = AddPlatformUser.shape.name.safeParse(flags.name ?? '');
const platform = (flags.platform ?? '').trim();
if (!email.success) leave(2, '--email has to be an e-mail address: the one to sign in with.', usage);
if (isNew && !name.success) leave(2, '--name has to be the owner’s name.', usage);
if (isNew && (platform === '' || platform.length > 120))
  leave(2, '--platform has to be what the restaurants are together, such as a company’s name.', usage);

try {
  const house = await openHouse({ config, ids, log: createLog() });
  const deps = { database: house.database, passwords: createPasswords(ids), ids };
  const who = { email: email.data as string, name: name.data ?? '', platform, password };
  const now = systemClock.now();
  const done = isNew ? (await makeOwner(deps, who, now)) !== null : await replacePassword(deps, who, now);
  await house.close();
  if (!done) {
    const why = isNew ? 'belongs to somebody here already' : 'belongs to nobody here';
    leave(1, `${who.email} ${why}. ${isNew ? 'A lost password: --new-password.' : 'Is it typed rightly?'}`);
  }
  process.stdout.write(`sign in: ${who.email} / ${password}\n`);
} catch (error) {
  leave(1, startFailure(error, config));
}

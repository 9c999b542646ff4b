import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from './embedded.ts';
import { PID_FILE } from './end-with-us.ts';
import { migrate } from './migrate.ts';

const TEMPLATE = 'relay_template';
let made = 0;

const withDatabase = (url: string, name: string): string => {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
};

/** A statement as the owner of a database. */
export async function asOwner<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** The run's PostgreSQL, started by whoever comes first; the run's global set-up stops it. */
async function cluster(): Promise<string> {
  const folder = process.env['FYNLO_TEST_POSTGRES'];
  if (folder === undefined) throw new Error('run this with build/vitest.config.ts');
  const known = join(folder, 'url');
  const lock = join(folder, 'lock');
  for (let waited = 0; ; waited += 50) {
    if (existsSync(known)) return readFileSync(known, 'utf8');
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (waited > 60_000) throw error;
      await pause(50);
    }
  }
  try {
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
    const { url, pid, stopper } = await startEmbedded({
      folder: join(folder, 'pg'),
      password: 'test',
      settings,
      outlives: true,
    });
    writeFileSync(join(folder, PID_FILE), String(pid));
    writeFileSync(join(folder, 'stop.json'), JSON.stringify(stopper));
    await asOwner(url, `CREATE DATABASE ${TEMPLATE}`);
    await migrate(withDatabase(url, TEMPLATE), 'test');
    writeFileSync(`${known}.new`, url);
    // Whole at once: somebody else is looking for it.
    const { renameSync } = await import('node:fs');
    renameSync(`${known}.new`, known);
    return url;
  } finally {
    rmdirSync(lock);
  }
}

/** A fresh database with the relay's schema. @returns its owner's URL */
export async function freshDatabase({ empty = false } = {}): Promise<string> {
  const url = await cluster();
  made += 1;
  const name = `t_${process.pid}_${made}`;
  await asOwner(url, empty ? `CREATE DATABASE ${name}` : `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return withDatabase(url, name);
}

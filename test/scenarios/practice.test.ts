import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { FromStore } from '#contract/host.ts';
import type { Config } from '../../store-server/config.ts';
import { FolderInUse, lockFolder } from '../../store-server/db/folder-lock.ts';
import { systemClock, systemRandom } from '../../store-server/kernel/clock.ts';
import { createIds } from '../../store-server/kernel/ids.ts';
import { openRestaurant } from '../../store-server/open-restaurant.ts';
import { createRunning, type Running } from '../../store-server/running.ts';
import { ApiClient, type Reply } from '../harness/api-client.ts';
import { listen } from '../harness/ear.ts';

/** "Just look around": a practice restaurant in place of the store that waits for its first owner, and the way back. */

const folders: string[] = [];
const clients: ApiClient[] = [];
let running: Running | null = null;
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await running?.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const told = ({ status, body }: Reply) => [status, body.error?.code ?? null];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-practice-'));
  folders.push(folder);
  return folder;
};

/** What the process does, in this one. */
function process(dataDir: string, more: Partial<Config> = {}, mayOpen: () => boolean = () => true) {
  const free = { host: '127.0.0.1', port: 0, compatPort: 0, mdns: false, relay: null, claim: null };
  const messages: FromStore[] = [];
  const said: string[] = [];
  const broke: unknown[] = [];
  const ids = createIds(systemClock.now, systemRandom);
  const surroundings = { clock: systemClock, ids, log: () => undefined, version: '0', pid: 1 };
  const say = (sentence: string): void => void said.push(sentence);
  const made = createRunning({
    config: { demo: false, dataDir, ...free, ...more },
    open: async (what, practice) => {
      if (!mayOpen()) throw new Error('the disk is gone');
      const hashCost = { memoryCost: 8, timeCost: 1, parallelism: 1 };
      return openRestaurant(what, practice, { ...surroundings, say, hashCost });
    },
    send: (message) => messages.push(message),
    say,
    ready: () => undefined,
    log: () => undefined,
    broke: (error) => broke.push(error),
  });
  running = made;
  const kinds = (): string[] => messages.map(({ type }) => type);
  const wayIn = () => messages.findLast((message) => message.type === 'way_in');
  const door = () => messages.findLast((message) => message.type === 'ready');
  const client = (): ApiClient => {
    const one = new ApiClient(door()?.port ?? 0);
    clients.push(one);
    return one;
  };
  const setup = async () => (await client().get('setup')).body.data;
  /** Waits for the store after this one. */
  const next = async (opened: number): Promise<void> => {
    await expect.poll(() => kinds().filter((kind) => kind === 'ready').length, { timeout: 20_000 }).toBe(opened);
  };
  const signedIn = async (who: string): Promise<ApiClient> => {
    const person = wayIn()?.demo_people.find((one) => one.who === who);
    const one = client();
    const login = { email: person?.email, password: person?.password };
    one.token = (await one.must('POST', 'auth/login', login)).access_token;
    return one;
  };
  return { running: made, kinds, wayIn, door, client, setup, next, signedIn, said, broke };
}

test('who has the set-up code looks around, takes an order, ends it, and finds the store as it was', async () => {
  const dataDir = newFolder();
  const { running: server, kinds, wayIn, door, client, setup, next, signedIn } = process(dataDir);
  await server.open();
  const first = door();
  const code = wayIn()?.setup_code;
  expect(await setup()).toMatchObject({ needed: true, kind: 'restaurant', practice: 'possible' });
  const health = async () => (await client().get('health')).body;
  const { head_seq } = await health();
  expect(told(await client().post('setup/practice', { code: 'AAAA-BBBB-CCCC' }))).toEqual([401, 'SETUP_CODE_WRONG']);
  const begun = await client().must('POST', 'setup/practice', { code });
  // Whoever asks at every moment is never told of a demo that nobody can sign in to yet.
  const seen = async () => (await setup().catch(() => null)) ?? { practice: null };
  await expect.poll(async () => (await seen()).practice, { timeout: 20_000, interval: 5 }).toBe('untouched');
  expect(kinds()).toEqual(['way_in', 'ready', 'changing', 'way_in', 'ready']);
  expect(door(), 'at the same ports').toEqual(first);
  expect(wayIn()).toMatchObject({ setup_code: null, demo_people: begun.demo_people });
  expect(await setup()).toMatchObject({ needed: false, kind: 'demo', practice: 'untouched' });
  await expect(lockFolder(dataDir, 0), 'nobody else takes the folder meanwhile').rejects.toThrow(FolderInUse);

  const manager = await signedIn('manager');
  expect((await setup()).practice, 'whoever looks in would lose nothing').toBe('untouched');
  await manager.must('POST', 'orders', { order_type: 'takeaway', items: [{ product_id: 1, quantity: 2 }] });
  expect(server.talk()?.service()).toMatchObject({ open_checks: 1 });
  expect((await setup()).practice).toBe('used');
  expect(told(await client().post('setup/practice', { code }))).toEqual([409, 'CONFLICT']);
  const waiter = await signedIn('server');
  expect(told(await waiter.post('setup/practice/end'))).toEqual([403, 'FORBIDDEN']);
  const ear = await listen(manager, (await manager.get('auth/me')).body.restaurant_id, 'general');
  expect((await manager.post('setup/practice/end')).body).toMatchObject({ success: true, ended: true });
  expect(await ear.closed()).toBe(1012);
  await next(3);

  expect(await setup()).toMatchObject({ needed: true, kind: 'restaurant', practice: 'possible' });
  expect((await health()).head_seq, 'nothing was recorded').toBe(head_seq);
  expect(readdirSync(dataDir)).not.toContain('practice');
  expect(told(await manager.get('orders'))).toEqual([401, 'TOKEN_INVALID']);
  const body = { name: 'Olga', email: 'olga@anchor.test', password: 'a-long-anchor-chain' };
  expect(told(await client().post('setup', { ...body, code }))).toEqual([401, 'SETUP_CODE_WRONG']);
  const now = { code: wayIn()?.setup_code };
  expect((await client().post('setup', { ...body, ...now })).status).toBe(201);
  expect(await setup()).toMatchObject({ needed: false, practice: null });
  expect(told(await client().post('setup/practice', now))).toEqual([409, 'CONFLICT']);
  expect(server.talk()?.service()).toMatchObject({ open_checks: 0 });
});

test('a stop during practice leads back to the store, which throws the practice data away', async () => {
  const dataDir = newFolder();
  const before = process(dataDir);
  await before.running.open();
  const code = before.wayIn()?.setup_code;
  await before.client().must('POST', 'setup/practice', { code });
  // Asked in the middle of it, twice.
  void before.running.stop();
  await before.running.stop();
  expect(before.broke).toEqual([]);

  const again = process(dataDir);
  await again.running.open();
  await again.client().must('POST', 'setup/practice', { code: again.wayIn()?.setup_code });
  await again.next(2);
  expect(again.kinds().at(-1)).toBe('ready');
  expect(existsSync(join(dataDir, 'practice/store.db'))).toBe(true);
  await again.running.stop();
  expect(again.running.talk()).toBeNull();

  const last = process(dataDir);
  await last.running.open();
  expect(await last.setup()).toMatchObject({ needed: true, practice: 'possible' });
  expect(readdirSync(dataDir)).not.toContain('practice');
  // Guessing leads nowhere, here as at any other door of the set-up code.
  const guess = async (typed: string | null = 'AAAA-BBBB-CCCC') =>
    told(await last.client().post('setup/practice', { code: typed }))[1];
  await expect.poll(() => guess(), { interval: 1 }).toBe('RATE_LIMIT_EXCEEDED');
  expect(await guess(last.wayIn()?.setup_code)).toBe('RATE_LIMIT_EXCEEDED');
});

test('where the practice data would lie is something else: it stays, and so does the store', async () => {
  const dataDir = newFolder();
  mkdirSync(join(dataDir, 'practice'));
  writeFileSync(join(dataDir, 'practice/scales.txt'), 'C major\n');
  const { running: server, wayIn, client, setup, next, kinds, said } = process(dataDir);
  await server.open();
  await client().must('POST', 'setup/practice', { code: wayIn()?.setup_code });
  await next(2);
  expect(kinds()).toEqual(['way_in', 'ready', 'changing', 'way_in', 'ready']);
  expect(await setup()).toMatchObject({ needed: true, kind: 'restaurant', practice: 'failed' });
  expect(said.join('\n')).toMatch(/could not be opened: .*practice holds something else\. Move it away/);
  expect(readdirSync(join(dataDir, 'practice'))).toEqual(['scales.txt']);

  rmSync(join(dataDir, 'practice'), { recursive: true });
  await client().must('POST', 'setup/practice', { code: wayIn()?.setup_code });
  await next(3);
  expect(await setup()).toMatchObject({ kind: 'demo', practice: 'untouched' });
});

test('the store does not open again: that is for whoever watches over the process', async () => {
  let isGone = false;
  const { running: server, wayIn, client, next, signedIn, broke } = process(newFolder(), {}, () => !isGone);
  await server.open();
  await client().must('POST', 'setup/practice', { code: wayIn()?.setup_code });
  await next(2);
  const owner = await signedIn('owner');
  isGone = true;
  await owner.must('POST', 'setup/practice/end');
  await expect.poll(() => broke, { timeout: 10_000 }).toEqual([new Error('the disk is gone')]);
  expect(server.talk()).toBeNull();
});

test('somebody signs up at the very moment: theirs is the restaurant, and no practice opens', async () => {
  const { running: server, wayIn, client, setup, next } = process(newFolder());
  await server.open();
  const code = wayIn()?.setup_code;
  const body = { code, name: 'Olga', email: 'olga@anchor.test', password: 'a-long-anchor-chain' };
  const [asked, signedUp] = await Promise.all([
    client().post('setup/practice', { code }),
    client().post('setup', body),
  ]);
  expect([asked.status, signedUp.status]).toEqual([200, 201]);
  await next(2);
  expect(await setup()).toMatchObject({ needed: false, kind: 'restaurant', practice: null });
});

test('a demo that was begun on the command line has no end of this kind', async () => {
  const { running: server, setup, signedIn } = process(newFolder(), { demo: true });
  await server.open();
  expect(await setup()).toMatchObject({ kind: 'demo', practice: null });
  expect(told(await (await signedIn('owner')).post('setup/practice/end'))).toEqual([409, 'PRACTICE_CANNOT_END']);
});

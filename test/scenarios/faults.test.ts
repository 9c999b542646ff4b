import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemCaller } from '../../store-server/commands/caller.ts';
import { alert } from '../../store-server/features/backups/index.ts';
import { putBackDue } from '../../store-server/features/menu/index.ts';
import { recoverJobs } from '../../store-server/features/printers/index.ts';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { verifyChain } from '../../store-server/journal/verify.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { createSabotage, Fault, type Swept, sweepCommands, WITHOUT_STATEMENTS } from './faults/sweep.ts';

/**
 * Whatever can be done is made to fail at every single statement, by telling the success stories of all operations to
 * a store whose every command fails at its first statement, then at its second, until it has no further one.
 */
const operations = join(import.meta.dirname, '../operations');
const told = await Promise.all(
  readdirSync(operations)
    .filter((name) => name.endsWith('.stories.ts'))
    .map(async (file) => {
      const { stories } = (await import(join(operations, file))) as {
        stories: Record<string, { success: (store: TestStore) => Promise<void> }>;
      };
      return [file, Object.entries(stories)] as const;
    }),
);
const swept: Swept = new Map();

describe.each(told)('%s', (_, stories) => {
  const sabotage = createSabotage();
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore({ beforeWrite: sabotage.beforeWrite, perSecond: 100_000 });
    sweepCommands(store.server, sabotage, swept);
  });
  afterAll(() => store.close());

  test.each(stories)('%s is done whole or not at all', async (__, { success }) => {
    await success(store);
  });

  test('the chain holds and no penny went astray', () => {
    const connection = store.server.core.connection();
    expect(verifyChain(connection)).toMatchObject({ ok: true });
    expect(checkMoney(connection)).toEqual([]);
  });
});

test('a key whose request failed on the way is not remembered as done', async () => {
  const sabotage = createSabotage();
  const store = await openStore({ beforeWrite: sabotage.beforeWrite });
  const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
  sweepCommands(store.server, sabotage, new Map());
  const order = await waiter.post('orders', { order_type: 'takeaway' }, { key: 'once' });
  expect(order.status).toBe(201);
  expect(order.headers['idempotency-replayed']).toBeUndefined();
  const again = await waiter.post('orders', { order_type: 'takeaway' }, { key: 'once' });
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body.data).toEqual(order.body.data);
  expect((await waiter.get('orders?status=all')).body.data).toHaveLength(1);
  await store.close();
});

test('a first start that breaks off at any statement is simply begun again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fynlo-first-start-'));
  const sabotage = createSabotage();
  const begin = async (place: number): Promise<TestStore | null> => {
    sabotage.arm(place);
    try {
      return await openStore({ empty: true, dataDir, beforeWrite: sabotage.beforeWrite });
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    } finally {
      sabotage.disarm();
    }
  };
  let store: TestStore | null = null;
  let place = 0;
  for (; store === null; place += 1) store = await begin(place + 1);
  swept.set('store.found', place - 1);
  expect(place).toBeGreaterThan(3);

  sweepCommands(store.server, sabotage, swept);
  const code = await ensureSetupCode(store.server.core);
  const owner = { code, name: 'Olga Owner', email: 'olga@anchor.test', password: 'a long way from here' };
  expect((await store.client().post('setup', owner)).status).toBe(201);
  expect((await (await store.signedIn(owner.email, owner.password)).get('auth/me')).status).toBe(200);
  expect(verifyChain(store.server.core.connection())).toMatchObject({ ok: true });
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('what was under way at the last stop is recovered whole or not at all', async () => {
  const sabotage = createSabotage();
  const store = await openStore({ beforeWrite: sabotage.beforeWrite });
  const waiter = await store.signedIn('manager@demo.test', 'demo-manager-1');
  await store.printer('Receipt printer').set({ refusing: true });
  const { id } = await waiter.must('POST', 'orders', {
    order_type: 'takeaway',
    items: [{ product_id: 1, quantity: 1 }],
  });
  await waiter.must('POST', `orders/${id}/bill`);
  const { sqlite } = store.server.core.connection();
  const bill = () =>
    sqlite.prepare('SELECT state, repeat_possible FROM job WHERE subject_id = ? ORDER BY n DESC LIMIT 1').get(id);
  await expect.poll(bill, { interval: 10 }).toEqual({ state: 'failed', repeat_possible: 0 });
  // As a server leaves it that is killed while it sends.
  sqlite.prepare("UPDATE job SET state = 'running' WHERE subject_id = ? AND state = 'failed'").run(id);
  sweepCommands(store.server, sabotage, swept);
  await store.server.core.execute(recoverJobs, systemCaller(), {});
  expect(bill()).toEqual({ state: 'uncertain', repeat_possible: 1 });
  expect(swept.get('printers.recover_jobs')).toBeGreaterThan(1);
  await store.close();
});

test('what the server tells of its backups is told whole or not at all', async () => {
  const sabotage = createSabotage();
  const store = await openStore({ beforeWrite: sabotage.beforeWrite });
  sweepCommands(store.server, sabotage, swept);
  await store.server.core.execute(alert, systemCaller(), { kind: 'trouble', place: 'second', reason: 'full' });
  await store.server.core.execute(alert, systemCaller(), { kind: 'recovered', place: 'second' });
  await store.server.core.execute(alert, systemCaller(), { kind: 'tried', backup_id: 'b', ok: true, findings: [] });
  expect(swept.get('backups.alert')).toBeGreaterThan(1);
  await store.close();
});

test('what was off for yesterday is put back whole or not at all', async () => {
  const sabotage = createSabotage();
  const store = await openStore({ beforeWrite: sabotage.beforeWrite });
  const signIn = () => store.signedIn('manager@demo.test', 'demo-manager-1');
  const cook = await signIn();
  const [soup, pie] = await cook.must('GET', 'products');
  for (const { uuid } of [soup, pie])
    await cook.must('POST', `products/${uuid}/availability`, { available: false, until: 'day_end' });
  sweepCommands(store.server, sabotage, swept);
  store.clock.jump(86_400_000);
  // The server’s own timer may have been first; then there is nothing left to put back, and it was swept all the same.
  await putBackDue(store.server.core, store.clock.now());
  await expect.poll(() => swept.get('menu.put_back')).toBeGreaterThan(1);
  expect((await (await signIn()).must('GET', 'products'))[0]).toMatchObject({ uuid: soup.uuid, available: true });
  await store.close();
});

test('every command there is has been made to fail', async () => {
  const store = await openStore();
  const commands = new Set([
    ...store.server.features.all.flatMap((feature) => feature.commands.map(({ name }) => name)),
    ...store.server.routes.flatMap((route) => ('command' in route ? [route.command.name] : [])),
  ]);
  await store.close();
  expect([...commands].filter((name) => !swept.has(name) && !WITHOUT_STATEMENTS.includes(name)).sort()).toEqual([]);
  const statements = [...swept.values()].reduce((sum, places) => sum + places, 0);
  console.log(`${swept.size} commands were made to fail at each of their ${statements} statements`);
});

describe('a disk that takes nothing more', () => {
  let store: TestStore;
  let full = false;
  const beforeWrite = (): void => {
    if (full) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  };
  afterEach(async () => {
    full = false;
    await store.close();
  });
  const open = { order_type: 'takeaway' };

  test('refuses what would have to be written, shows everything, and goes on by itself', async () => {
    store = await openStore({ beforeWrite });
    const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
    const { id } = await waiter.must('POST', 'orders', open);
    full = true;
    for (let n = 0; n < 3; n += 1) {
      const refused = await waiter.post('orders', open, { key: 'kept' });
      expect(refused.status).toBe(503);
      expect(refused.body.error.code).toBe('STORE_READ_ONLY');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await waiter.get(`orders/${id}`)).body.data.id).toBe(id);
    expect((await waiter.get('products/mobile')).status).toBe(200);
    expect((await store.client().get('/health')).status).toBe(200);

    full = false;
    await expect
      .poll(async () => (await waiter.post('orders', open, { key: 'kept' })).status, { timeout: 10_000 })
      .toBe(201);
    expect((await waiter.get('orders?status=open')).body.data).toHaveLength(2);
    expect(verifyChain(store.server.core.connection())).toMatchObject({ ok: true });
  });

  test('found out by SQLite itself in the middle of a group, undoes the whole group and nothing else', async () => {
    store = await openStore();
    const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
    const lines = Array.from({ length: 40 }, () => ({ product_id: 1, quantity: 1, note: 'x'.repeat(200) }));
    const { id } = await waiter.must('POST', 'orders', open);
    const { sqlite } = store.server.core.connection();
    sqlite.pragma(`max_page_count = ${Number(sqlite.pragma('page_count', { simple: true }))}`);
    const answers = await Promise.all(
      [0, 1, 2].map((n) => waiter.post(`orders/${id}/lines`, { lines }, { key: `k${n}` })),
    );
    expect(new Set(answers.map(({ status }) => status))).toContain(503);
    const added = answers.filter(({ status }) => status === 201).length;
    expect((await waiter.get(`orders/${id}`)).body.data.lines).toHaveLength(40 * added);

    for (const n of [0, 1, 2]) {
      const again = () => waiter.post(`orders/${id}/lines`, { lines }, { key: `k${n}` });
      await expect.poll(async () => (await again()).status, { timeout: 10_000 }).toBe(201);
    }
    expect((await waiter.get(`orders/${id}`)).body.data.lines).toHaveLength(120);
    expect(verifyChain(store.server.core.connection())).toMatchObject({ ok: true });
  });
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type TestStore } from '../test/harness/open-store.ts';
import { openConnection } from './db/connection.ts';
import { readQuestion } from './why-question.ts';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const why = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    const file = join(import.meta.dirname, 'why.ts');
    execFile(process.execPath, [file, ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

let store: TestStore;
let orderId: string;
let orderNumber: number;
beforeAll(async () => {
  store = await openStore();
  const server = await store.signedIn('server@demo.test', 'demo-server-1');
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const menu = await server.must('GET', 'products/mobile');
  const tables = (await server.get('restaurants/floor-plan')).body.tables;
  const order = await server.must('POST', 'orders', { table_id: tables[0].id, covers: 2, order_type: 'dine_in' });
  [orderId, orderNumber] = [order.id, order.order_number];
  const lines = [{ product_id: menu[0].id, quantity: 2, modifiers: [] }];
  const { lines: added } = await server.must('POST', `orders/${orderId}/lines`, { lines });
  await server.must('POST', `orders/${orderId}/fire`, {});
  await manager.must('POST', `orders/${orderId}/lines/${added[0].id}/void`, { reason: 'Guest left' });
});
afterAll(() => store.close());

test('it tells what happened to an order, by whom, with its paper, while the server runs', async () => {
  const { code, out, err } = await why('order', String(orderNumber), '--data-dir', store.dataDir);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(new RegExp(`^Order ${orderNumber} of 2025-06-18: open, table .+, 2 covers`));
  const commands = [...out.matchAll(/^#\d+ {2}(\d\d:\d\d:\d\d) {2}(\S+) {2}by (.+)$/gm)].map(([, , name]) => name);
  expect(commands.slice(0, 4)).toEqual(['orders.open', 'orders.add_lines', 'orders.fire', 'orders.void_line']);
  expect(out).toMatch(/19:00:\d\d {2}orders\.open {2}by [A-Z]\w+ [A-Z]\./);
  expect(out).toContain('reason Guest left');
  expect(out).toMatch(/order: fired · .*2 x /);
  expect(out).toMatch(/^Paper and drawer:$/m);
  expect(out).toMatch(new RegExp(`Void, order ${orderNumber} {2}at .+: (done|queued|running)`));
  expect(out).toMatch(/^Chain: whole, \d+ entries\.$/m);
  expect(out).toMatch(/^Cursors: the journal ends at \d+ /m);
});

test('an order can be named by its uuid, or by its number and day', async () => {
  const byId = await why('order', orderId.toUpperCase(), '--data-dir', store.dataDir);
  const byDay = await why('order', String(orderNumber), '--day', '2025-06-18', '--data-dir', store.dataDir);
  expect(byId.code).toBe(0);
  expect(byId.out).toContain(orderId);
  expect(byDay.out.split('\n')[0]).toBe(byId.out.split('\n')[0]);
});

test('what it cannot answer it says in a sentence', { timeout: 60_000 }, async () => {
  const at = ['--data-dir', store.dataDir];
  expect(await why('order', '99999', ...at)).toMatchObject({ code: 2, err: expect.stringContaining('no order 99999') });
  expect((await why('order', String(orderNumber), '--day', '2020-01-01', ...at)).err).toContain('on 2020-01-01');
  expect((await why('order', '1', '--data-dir', join(store.dataDir, 'nothing'))).err).toContain('There is no store');
  expect(await why('table', '7')).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm run why') });
  expect((await why('order', '1', '-x')).err).toContain('Usage: npm run why');
});

test('a question is an order by number or uuid, perhaps of a day, and what a server would be started with', () => {
  const none = { day: null, rest: [] };
  expect(readQuestion(['order', '142'])).toEqual({ order: 142, ...none });
  expect(readQuestion(['order', orderId.toUpperCase()])).toEqual({ order: orderId, ...none });
  expect(readQuestion(['order', '7', '--demo', '--day', '2025-06-18', '--data-dir', 'x'])).toEqual({
    order: 7,
    day: '2025-06-18',
    rest: ['--demo', '--data-dir', 'x'],
  });
  for (const wrong of ['', 'order', 'order x', 'table 7', 'order 1 --day today', 'order 1 --day']) {
    expect([wrong, readQuestion(wrong.split(' '))]).toEqual([wrong, null]);
  }
});

test('it works on a store that is not running, and names the entry where somebody meddled', {
  timeout: 60_000,
}, async () => {
  const { dataDir } = store;
  await store.server.stop();
  const well = await why('order', String(orderNumber), '--data-dir', dataDir);
  expect([well.code, well.err]).toEqual([0, '']);
  const meddle = (from: string, to: string): void => {
    const { sqlite } = openConnection(join(dataDir, 'store.db'));
    sqlite.exec('DROP TRIGGER IF EXISTS journal_part_may_only_be_erased');
    sqlite.prepare(`UPDATE journal_part SET body = replace(body, ?, ?) WHERE kind = 'order.line_voided'`).run(from, to);
    sqlite.close();
  };
  meddle('Guest left', 'Mistake');
  const bent = await why('order', String(orderNumber), '--data-dir', dataDir);
  // A server does not start on a history that does not hold.
  meddle('Mistake', 'Guest left');
  expect(bent.out).toMatch(/^Chain: BROKEN at entry \d+: part \d+ \(order\.line_voided\) was altered/m);
  store = await store.restart();
});

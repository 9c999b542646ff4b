import { mkdtempSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnection } from '../../store-server/db/connection.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { type People, type Person, peopleOf } from '../harness/people.ts';

/** A restaurant whose backups are looked after by themselves, and what happens when something is in their way. */

const DAY_MS = 86_400_000;
const soon = { firstMs: 30, lookMs: 10, afterCloseMs: 10 };
let store: TestStore;
let people: People;
let manager: Person;
let second: string;
let isFull = false;
const disk = { freeBytes: (folder: string) => (isFull && folder === store?.dataDir ? 0 : 1e12) };

async function open(everyMs: number): Promise<void> {
  store = await openStore({ backups: { disk, times: { ...soon, everyMs } } });
  people = peopleOf({ host: '127.0.0.1', port: store.server.port });
  manager = await people.atDesk('manager@demo.test', 'demo-manager-1');
}
beforeEach(() => {
  isFull = false;
  second = realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-usb-')));
});
afterEach(async () => {
  people.goHome();
  await store.close();
  rmSync(second, { recursive: true, force: true });
});

const facts = (): string[] =>
  store.server.core
    .connection()
    .sqlite.prepare("SELECT kind FROM journal_part WHERE role = 'fact' AND entity_type = 'backup' ORDER BY seq, n")
    .pluck()
    .all() as string[];
const list = async () => (await manager.does('GET', 'backups')) as Awaited<ReturnType<Person['does']>>;
const order = { order_type: 'takeaway', items: [{ product_id: 1, quantity: 1 }] };

test('soon after the start one is made and restored on trial; later one whenever something has happened', async () => {
  await open(60);
  await expect.poll(facts).toContain('backup.tried');
  const [first] = (await list()).backups;
  expect(first).toMatchObject({ occasion: 'night', tried_ok: true, places: ['own'] });
  await manager.does('POST', 'orders', order);
  await expect.poll(async () => (await list()).backups[0].contents.orders).toBe(1);
  const { length } = (await list()).backups;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await list()).backups).toHaveLength(length);
});

test('whoever goes back to a backup has one of what they went on with at once, long before the next is due', async () => {
  await open(DAY_MS);
  await expect.poll(facts).toContain('backup.tried');
  const [{ id }] = (await list()).backups;
  await manager.does('POST', 'orders', order);
  const { restaurant } = await manager.does('GET', 'settings');
  await manager.does('POST', `backups/${id}/restore`, { store_name: restaurant.name });
  manager = await people.atDesk('manager@demo.test', 'demo-manager-1');
  await expect.poll(async () => (await list()).backups[0].occasion).toBe('timer');
});

test('closing the till makes one at once', async () => {
  await open(DAY_MS);
  await expect.poll(facts).toContain('backup.tried');
  const session = await manager.does('POST', 'pos/sessions', { opening_float: 100 });
  await manager.does('POST', `pos/sessions/${session.id}/count`, { counted_amount: 100 });
  await manager.does('POST', `pos/sessions/${session.id}/close`, {});
  await expect.poll(async () => (await list()).backups[0].occasion).toBe('close');
});

test('a drive that is pulled out and a disk that is full are said, and the other place still has its backup', async () => {
  await open(DAY_MS);
  await expect.poll(facts).toContain('backup.tried');
  await manager.does('PUT', 'backups/second-folder', { folder: second });
  expect(await manager.does('POST', 'backups')).toMatchObject({ places: ['own', 'second'] });
  expect(readdirSync(second)).toHaveLength(2);

  const away = `${second}-away`;
  renameSync(second, away);
  expect(await manager.does('POST', 'backups')).toMatchObject({ places: ['own'] });
  expect(facts()).toContain('backup.trouble');
  expect((await list()).places[1]).toMatchObject({ place: 'second', problem: expect.stringContaining('not there') });
  renameSync(away, second);
  expect(await manager.does('POST', 'backups')).toMatchObject({ places: ['own', 'second'] });
  expect(facts().filter((kind) => kind !== 'backup.made')).toEqual([
    'backup.tried',
    'backup.trouble',
    'backup.recovered',
  ]);

  isFull = true;
  const elsewhere = await manager.does('POST', 'backups');
  expect(elsewhere.places).toEqual(['second']);
  expect((await list()).backups[0]).toMatchObject({ id: elsewhere.id, places: ['second'] });
  await manager.does('PUT', 'backups/second-folder', { folder: '' });
  const refused = await manager.api.post('backups');
  expect([refused.status, refused.body.error.code]).toEqual([503, 'BACKUP_FAILED']);
  expect(refused.body.error.details.reason).toContain('not enough room');
});

test('a row that changed by itself is found at night and put right from the journal, while the restaurant is open', async () => {
  await open(60);
  await expect.poll(facts).toContain('backup.tried');
  const { id, total_amount } = await manager.does('POST', 'orders', order);
  const ear = await manager.hears('general');
  const elsewhere = openConnection(join(store.dataDir, 'store.db'));
  elsewhere.sqlite.exec('UPDATE order_line SET unit_price_minor = unit_price_minor + 64');
  elsewhere.sqlite.close();
  expect((await manager.does('GET', `orders/${id}`)).total_amount).not.toBe(total_amount);
  // A sign-in lasts sixteen hours, so the night comes by the day's end.
  store.clock.jump(10 * 3_600_000);
  const { data } = await ear.next('resync', 20_000);
  expect(data.reason).toBe('other_epoch');
  manager = await people.atDesk('manager@demo.test', 'demo-manager-1');
  expect((await manager.does('GET', `orders/${id}`)).total_amount).toBe(total_amount);
  expect((await list()).last_restore).toMatchObject({ cause: 'damaged', lost_from: null });
  expect((await manager.does('POST', 'backups')).places).toEqual(['own']);
});

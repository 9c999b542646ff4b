import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import type { Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore) => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore) => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];
const nowhere = 'backups/20250101T000000Z-1';

/** A restaurant with nobody in it yet, its set-up code, and somebody at its set-up page. */
async function emptyStore() {
  const store = await openStore({ empty: true });
  const code = await ensureSetupCode(store.server.core);
  return { store, code, client: store.client() };
}

export const stories = {
  'backups.find': {
    success: async () => {
      const { store, code, client } = await emptyStore();
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-disk-')));
      expect(await client.must('POST', 'backups/find', { code })).toEqual({ backups: [], not_whole: [] });
      expect(await client.must('POST', 'backups/find', { code, folder })).toEqual({ backups: [], not_whole: [] });
      rmSync(folder, { recursive: true });
      await store.close();
    },
    badInput: async (store: TestStore) => {
      const find = async (body: object) => told(await store.client().post('backups/find', body));
      expect(await find({ code: 'AAAA-BBBB-CCCC' })).toEqual([409, 'CONFLICT', null]);
      expect(await find({})).toEqual([422, 'VALIDATION_ERROR', 'code']);
      expect(await find({ code: 'AAAA-BBBB-CCCC', folder: 7 })).toEqual([422, 'VALIDATION_ERROR', 'folder']);
    },
  },
  'backups.move_in': {
    success: async () => {
      const [from, to] = [await emptyStore(), await emptyStore()];
      const olga = { name: 'Olga', email: 'olga@anchor.test', password: 'a-long-anchor-chain' };
      await from.client.must('POST', 'setup', { code: from.code, ...olga });
      const id = await from.store.server.snapshot();
      const folder = join(from.store.dataDir, 'backups');
      const moved = await to.client.must('POST', 'backups/move-in', { code: to.code, folder, id });
      expect(moved).toMatchObject({ cause: 'new_computer', snapshot: id, pins: 0, relay: null });
      expect((await to.client.get('setup')).body.data.needed).toBe(false);
      await from.store.close();
      await to.store.close();
    },
    badInput: async (store: TestStore) => {
      const moveIn = async (body: object) => told(await store.client().post('backups/move-in', body));
      const body = { code: 'AAAA-BBBB-CCCC', folder: '/media', id: '20250101T000000Z-1' };
      expect(await moveIn(body)).toEqual([409, 'CONFLICT', null]);
      expect(await moveIn({ ...body, id: '../store' })).toEqual([422, 'VALIDATION_ERROR', 'id']);
      expect(await moveIn({ ...body, folder: '' })).toEqual([422, 'VALIDATION_ERROR', 'folder']);
      expect(await moveIn({ folder: '/media', id: body.id })).toEqual([422, 'VALIDATION_ERROR', 'code']);
    },
  },
  'backups.list': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const made = await client.must('POST', 'backups');
      const { body } = await client.get('backups');
      expect(body.data.backups[0]).toEqual(made);
      expect(body.data).toMatchObject({ places: [{ place: 'own', problem: null }], last_restore: null });
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).get('backups'))).toEqual([403, 'FORBIDDEN', null]);
      expect(told(await (await manager(store)).get('backups?page=2'))).toEqual([422, 'UNKNOWN_FIELD', 'page']);
    },
  },
  'backups.make': {
    success: async (store: TestStore) => {
      const { status, body } = await (await manager(store)).post('backups', {}, { key: 'now' });
      expect(status).toBe(201);
      expect(body.data).toMatchObject({ occasion: 'by_hand', places: ['own'], tried_at: null });
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await server(store)).post('backups'))).toEqual([403, 'FORBIDDEN', null]);
      const client = await manager(store);
      expect(told(await client.post('backups', { folder: '/tmp' }))).toEqual([422, 'UNKNOWN_FIELD', 'folder']);
    },
  },
  'backups.choose_folder': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-second-')));
      const chosen = await client.must('PUT', 'backups/second-folder', { folder });
      expect(chosen.map(({ place, problem }: { place: string; problem: unknown }) => [place, problem])).toEqual([
        ['own', null],
        ['second', null],
      ]);
      expect((await client.get('settings')).body.data.backup).toEqual({ second_folder: folder });
      expect((await client.must('POST', 'backups')).places).toEqual(['own', 'second']);
      expect(await client.must('PUT', 'backups/second-folder', { folder: '' })).toHaveLength(1);
      rmSync(folder, { recursive: true });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const put = async (folder: unknown) => told(await client.put('backups/second-folder', { folder }));
      const wrong = [422, 'VALIDATION_ERROR', 'folder'];
      expect(await put('not/a/whole/path')).toEqual(wrong);
      const gone = await client.put('backups/second-folder', { folder: '/there/is/no/such/folder' });
      expect(told(gone)).toEqual(wrong);
      expect(gone.body.error.message).toBe('This folder is not there. Is the drive connected?');
      expect(await put('/etc/hostname')).toEqual(wrong);
      expect(await put(store.dataDir)).toEqual(wrong);
      expect(await put(join(store.dataDir, 'backups'))).toEqual(wrong);
      expect(await put(7)).toEqual(wrong);
      const { body } = await client.put('settings', { backup: { second_folder: '/tmp' } });
      expect([body.error.code, body.error.field]).toEqual(['VALIDATION_ERROR', 'backup.second_folder']);
    },
  },
  'backups.preview': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await client.must('POST', 'backups');
      const quiet = (await client.post(`backups/${id}/preview`)).body.data;
      expect(quiet).toMatchObject({ id, lost: { orders: 0, payments: 0 } });
      const item = { product_id: 1, quantity: 1 };
      const order = await client.must('POST', 'orders', { order_type: 'takeaway', items: [item] });
      await client.must('POST', 'payments', {
        order_id: order.id,
        payment_method: 'card',
        amount: order.total_amount,
        reference: 'none',
      });
      const { lost, sentence } = (await client.post(`backups/${id}/preview`)).body.data;
      expect(lost).toMatchObject({ orders: 1, payments: 1, payments_amount: order.total_amount, refunds: 0 });
      expect(sentence).toBe('You will lose 1 order and 1 payment made since.');
      // Somebody would have to change it again, so it is said before and not found out afterwards.
      const [dish] = await client.must('GET', 'products');
      await client.must('PUT', `products/${dish.id}`, { price: dish.price + 1 });
      await client.must('PUT', 'settings', { receipt: { footer: 'See you soon' } });
      expect((await client.post(`backups/${id}/preview`)).body.data.sentence).toBe(
        'You will lose 1 order and 1 payment made since. Changes to the menu and the settings go too.',
      );
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.post(`${nowhere}/preview`))).toEqual([404, 'NOT_FOUND', 'id']);
      expect(told(await client.post(`backups/${'9'.repeat(80)}/preview`))).toEqual([422, 'VALIDATION_ERROR', 'id']);
      expect(told(await (await server(store)).post(`${nowhere}/preview`))).toEqual([403, 'FORBIDDEN', null]);
      const { id, bytes } = await client.must('POST', 'backups');
      writeFileSync(join(store.dataDir, 'backups', `${id}.db`), Buffer.alloc(bytes));
      expect(told(await client.post(`backups/${id}/preview`))).toEqual([409, 'BACKUP_DAMAGED', null]);
    },
  },
  'backups.see_restore': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await client.must('POST', 'backups');
      expect((await client.get('backups')).body.data.waiting_since).toBeNull();
      await client.must('POST', 'orders', { order_type: 'takeaway' });
      expect((await client.get('backups')).body.data.waiting_since).not.toBeNull();
      const { restaurant } = (await client.post(`backups/${id}/preview`)).body.data;
      const { epoch, sentence } = (await client.post(`backups/${id}/restore`, { store_name: restaurant })).body.data;
      const notice = async () => (await client.get('/health')).body.notice;
      expect(await notice()).toBe(sentence);
      expect((await client.get('backups')).body.data.last_restore).toMatchObject({ epoch, seen_at: null });
      const again = await manager(store);
      const seen = (await again.post('backups/last-restore/seen', { epoch })).body.data;
      expect(seen).toMatchObject({ epoch, seen_at: expect.any(String) });
      expect(await notice()).toBeNull();
      expect((await again.get('backups')).body.data.last_restore).toEqual(seen);
      expect((await again.post('backups/last-restore/seen', { epoch })).body.data).toEqual(seen);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const see = async (body: object) => told(await client.post('backups/last-restore/seen', body));
      expect(await see({ epoch: 'another' })).toEqual([404, 'NOT_FOUND', 'epoch']);
      expect(await see({})).toEqual([422, 'VALIDATION_ERROR', 'epoch']);
      const waiter = await server(store);
      const no = await waiter.post('backups/last-restore/seen', { epoch: 'another' });
      expect(told(no)).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'backups.restore': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await client.must('POST', 'backups');
      const lost = await client.must('POST', 'orders', { order_type: 'takeaway' });
      const { restaurant } = (await client.post(`backups/${id}/preview`)).body.data;
      const { status, body } = await client.post(`backups/${id}/restore`, { store_name: restaurant });
      expect([status, body.data.cause, body.data.snapshot]).toEqual([200, 'by_hand', id]);
      expect((await client.get(`orders/${lost.id}`)).status).toBe(404);
      const { last_restore, backups } = (await client.get('backups')).body.data;
      expect(last_restore).toMatchObject({ epoch: body.data.epoch });
      expect(backups.find((one: { id: string }) => one.id === body.data.safety_backup)).toMatchObject({
        occasion: 'before_restore',
      });
      // Whoever moves to a new PC afterwards is told which of them the restaurant went back from.
      const empty = await emptyStore();
      const folder = join(store.dataDir, 'backups');
      const found = await empty.client.must('POST', 'backups/find', { code: empty.code, folder });
      const named = found.backups.find((one: { id: string }) => one.id === body.data.safety_backup);
      expect(named.before_restore).toBe(true);
      await empty.store.close();
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const { id } = await client.must('POST', 'backups');
      const restore = async (body: object) => told(await client.post(`backups/${id}/restore`, body));
      expect(await restore({})).toEqual([422, 'VALIDATION_ERROR', 'store_name']);
      expect(await restore({ store_name: 'The Other Place' })).toEqual([422, 'VALIDATION_ERROR', 'store_name']);
      expect(told(await client.post(`${nowhere}/restore`, { store_name: 'x' }))).toEqual([404, 'NOT_FOUND', 'id']);
      const waiter = await server(store);
      expect(told(await waiter.post(`backups/${id}/restore`, { store_name: 'x' }))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};

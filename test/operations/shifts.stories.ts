import { expect } from 'vitest';
import { plainText } from '../../store-server/hardware/lab/slip.ts';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

const nobody = '00000000-0000-7000-8000-00000000dead';

/** A drawer that no other story uses, opened with a float of fifty pounds unless said otherwise. */
let drawers = 0;
async function openDrawer(store: TestStore, body: object = { opening_float: 50 }) {
  const client = await manager(store);
  drawers += 1;
  const till = await client.must('POST', 'pos/tills', { name: `Bar ${drawers}` });
  const session = await client.must('POST', 'pos/sessions', { config_id: till.id, ...body });
  return { client, till, session, path: `pos/sessions/${session.uuid}` };
}

async function closed(store: TestStore) {
  const drawer = await openDrawer(store);
  await drawer.client.must('POST', `${drawer.path}/count`, { counted_amount: 50 });
  const answer = await drawer.client.must('POST', `${drawer.path}/close`, { carry_over: true });
  return { ...drawer, answer };
}

export const stories = {
  'shifts.tills': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('pos/tills');
      expect(body.tills[0]).toMatchObject({ id: 1, active: true });
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('pos/tills'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
      expect(told(await (await server(store)).get('pos/tills?all=1'))).toEqual([422, 'UNKNOWN_FIELD', 'all']);
    },
  },
  'shifts.add_till': {
    success: async (store: TestStore) => {
      const reply = await (await manager(store)).post('pos/tills', { name: 'Terrace' });
      expect([reply.status, reply.body.name, reply.body.printer_id]).toEqual([201, 'Terrace', null]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const add = async (body: object) => told(await client.post('pos/tills', body));
      await client.must('POST', 'pos/tills', { name: 'Garden' });
      expect(await add({ name: 'garden' })).toEqual([409, 'CONFLICT', 'name']);
      expect(await add({ name: '' })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await add({ name: 'Cellar', printer_id: nobody })).toEqual([404, 'NOT_FOUND', 'printer_id']);
      expect(await add({ name: 'Cellar', float: 5 })).toEqual([422, 'UNKNOWN_FIELD', 'float']);
    },
  },
  'shifts.open': {
    success: async (store: TestStore) => {
      const { client, session, till } = await openDrawer(store, {});
      expect(session).toMatchObject({
        state: 'opening_control',
        config_id: till.id,
        opening_float: null,
        stop_at: null,
      });
      const again = await client.post('pos/sessions', { config_id: till.id, opening_float: 10 });
      expect([again.status, again.body.data]).toEqual([200, session]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const open = async (body: object) => told(await client.post('pos/sessions', body));
      expect(await open({ config_id: 4711 })).toEqual([404, 'NOT_FOUND', 'config_id']);
      expect(await open({ config_id: 1, opening_float: -5 })).toEqual([422, 'VALIDATION_ERROR', 'opening_float']);
      expect(await open({ config_id: 1, opening_float: 5.005 })).toEqual([422, 'VALIDATION_ERROR', 'opening_float']);
      expect(told(await (await server(store)).post('pos/sessions', { config_id: 1 }))[0]).toBe(403);
    },
  },
  'shifts.current': {
    success: async (store: TestStore) => {
      const { client, session } = await openDrawer(store);
      const { body } = await client.get('pos/sessions/current');
      expect(body.data).toMatchObject({
        id: session.id,
        uuid: session.uuid,
        state: 'opened',
        user_name: session.user_name,
      });
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('pos/sessions/current'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
    },
  },
  'shifts.list': {
    success: async (store: TestStore) => {
      const { client, session } = await openDrawer(store);
      expect((await client.get('pos/sessions?limit=1')).body.sessions).toMatchObject([{ id: session.id }]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.get('pos/sessions?limit=0'))).toEqual([422, 'VALIDATION_ERROR', 'limit']);
    },
  },
  'shifts.one': {
    success: async (store: TestStore) => {
      const { client, session, path } = await openDrawer(store);
      const { body } = await client.get(path);
      expect(body).toMatchObject({ id: session.id, opening_float: 50, expected_amount: 50, difference: null });
      expect((await client.get(`pos/sessions/${session.id}`)).body.data).toEqual(body.data);
      const seen = await (await server(store)).get(path);
      expect(seen.body.expected_amount).toBeNull();
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.get(`pos/sessions/${nobody}`))).toEqual([404, 'NOT_FOUND', 'session_id']);
      expect(told(await client.get('pos/sessions/first'))).toEqual([422, 'VALIDATION_ERROR', 'session_id']);
    },
  },
  'shifts.cash_movement': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const milk = { direction: 'out', amount: 3.2, reason: 'milk' };
      const reply = await client.post(`${path}/cash-movements`, milk);
      expect([reply.status, reply.body.amount, reply.body.reason]).toEqual([201, 3.2, 'milk']);
      expect((await client.get(path)).body.expected_amount).toBe(46.8);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const move = async (body: object) => told(await client.post(`${path}/cash-movements`, body));
      const milk = { direction: 'out', amount: 3.2, reason: 'milk' };
      expect(await move({ ...milk, amount: 0 })).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await move({ ...milk, amount: -1 })).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await move({ ...milk, direction: 'sideways' })).toEqual([422, 'VALIDATION_ERROR', 'direction']);
      expect(await move({ ...milk, reason: ' ' })).toEqual([422, 'VALIDATION_ERROR', 'reason']);
      await client.must('POST', `${path}/count`, { counted_amount: 50 });
      expect(await move(milk)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
    },
  },
  'shifts.count': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store, {});
      const float = await client.post(`${path}/count`, { denominations: { '20': 2, '0.50': 1 } });
      expect([float.status, float.body.state, float.body.opening_float]).toEqual([200, 'opened', 40.5]);
      const blind = await client.post(`${path}/count`, { counted_amount: 40 });
      expect(blind.body).toMatchObject({ state: 'closing_control', expected_amount: 40.5, difference: -0.5 });
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await closed(store);
      const count = async (body: object) => told(await client.post(`${path}/count`, body));
      expect(await count({})).toEqual([422, 'VALIDATION_ERROR', 'counted_amount']);
      expect(await count({ denominations: { '3': 1 } })).toEqual([422, 'VALIDATION_ERROR', 'denominations']);
      expect(await count({ denominations: { '5': 0.5 } })).toEqual([422, 'VALIDATION_ERROR', 'denominations.5']);
      expect(await count({ counted_amount: 50 })).toEqual([409, 'SESSION_CLOSED', null]);
    },
  },
  'shifts.close': {
    success: async (store: TestStore) => {
      const { session, answer } = await closed(store);
      expect(answer).toMatchObject({ id: session.id, state: 'closed', difference: 0 });
      expect(answer.z_report).toMatchObject({ kind: 'z', number: answer.z_number, cash: { counted: 50 } });
      expect(answer.z_report.cash.difference_reason).toBe(null);

      // Two pounds are missing: why is on the Z, on its paper and in what happened.
      const { client, path } = await openDrawer(store);
      await client.must('POST', `${path}/count`, { counted_amount: 48 });
      const carry = { carry_over: true, difference_reason: ' Wrong change given ' };
      const { z_report: z } = await client.must('POST', `${path}/close`, carry);
      expect(z.cash).toMatchObject({ difference: -2, difference_reason: 'Wrong change given' });
      const events = await client.must('GET', `${path}/timeline`);
      expect(events.at(-1)).toMatchObject({ kind: 'closed', reason: 'Wrong change given' });
      const till = store.printer('Receipt printer');
      const onPaper = () => till.papers().some(({ slip }) => plainText(slip).includes('Reason: Wrong change given'));
      await expect.poll(onPaper, { timeout: 5_000 }).toBe(true);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const early = await client.post(`${path}/close`);
      expect(told(early)).toEqual([409, 'ILLEGAL_TRANSITION', null]);
      expect(early.body.error.details).toMatchObject({ state: 'opened', possible: ['count'] });
      await client.must('POST', 'orders', { order_type: 'takeaway' });
      await client.must('POST', `${path}/count`, { counted_amount: 50 });
      const open = await client.post(`${path}/close`);
      expect(told(open)).toEqual([409, 'OPEN_CHECKS', null]);
      expect(open.body.error.details.count).toBeGreaterThan(0);
      expect(told(await client.post(`${path}/close`, { force: true }))).toEqual([422, 'UNKNOWN_FIELD', 'force']);
    },
  },
  'shifts.z_report': {
    success: async (store: TestStore) => {
      const { client, path, answer } = await closed(store);
      const { body } = await client.get(`${path}/z-report`);
      expect(body.data).toEqual(answer.z_report);
      expect(body.journal.head).toMatch(/^[0-9a-f]{16}$/);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      expect(told(await client.get(`${path}/z-report`))).toEqual([404, 'NOT_FOUND', 'session_id']);
    },
  },
  'shifts.print_x': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const reply = await client.post(`${path}/x-report/prints`);
      expect([reply.status, reply.body.printer]).toEqual([201, 'Receipt printer']);
      const events = (await client.get(`${path}/timeline`)).body.data as { kind: string }[];
      expect(events.map(({ kind }) => kind)).toContain('x_printed');
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await closed(store);
      expect(told(await client.post(`${path}/x-report/prints`))).toEqual([409, 'SESSION_CLOSED', null]);
      const waiter = await server(store);
      expect(told(await waiter.post(`${path}/x-report/prints`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'shifts.copy_z': {
    success: async (store: TestStore) => {
      const { client, path, answer } = await closed(store);
      const reply = await client.post(`${path}/z-report/copies`);
      expect([reply.status, reply.body.z_number, reply.body.copy]).toEqual([201, answer.z_number, 1]);
      expect(reply.body.printer).toBe('Receipt printer');
      expect((await client.post(`${path}/z-report/copies`)).body.copy).toBe(2);
      expect((await client.get(`${path}/z-report`)).body.data).toEqual(answer.z_report);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      expect(told(await client.post(`${path}/z-report/copies`))).toEqual([404, 'NOT_FOUND', 'session_id']);
      const waiter = await server(store);
      expect(told(await waiter.post(`${path}/z-report/copies`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'shifts.timeline': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      await client.must('POST', `${path}/cash-movements`, { direction: 'out', amount: 3.2, reason: 'milk' });
      await client.must('POST', `${path}/drawer/open`, { reason: 'change for a guest' });
      await client.must('POST', `${path}/count`, { counted_amount: 46 });
      await client.must('POST', `${path}/count`, { counted_amount: 46.8 });
      const events = (await client.must('GET', `${path}/timeline`)) as Record<string, unknown>[];
      expect(events.map(({ kind, amount, reason }) => [kind, amount, reason])).toEqual([
        ['opened', null, null],
        ['float', 50, null],
        ['cash_out', 3.2, 'milk'],
        ['no_sale', null, 'change for a guest'],
        ['counted', 46, null],
        ['counted', 46.8, null],
      ]);
      expect(new Set(events.map(({ made_by }) => made_by)).size).toBe(1);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      expect(told(await client.get(`pos/sessions/${nobody}/timeline`))).toEqual([404, 'NOT_FOUND', 'session_id']);
      expect(told(await (await server(store)).get(`${path}/timeline`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'shifts.x_report': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const { body } = await client.get(`${path}/x-report`);
      expect(body).toMatchObject({ kind: 'x', number: null, cash: { expected: 50, counted: null } });
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await closed(store);
      expect(told(await client.get(`${path}/x-report`))).toEqual([409, 'SESSION_CLOSED', null]);
      expect(told(await (await server(store)).get(`${path}/x-report`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'shifts.no_sale': {
    success: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      const reply = await client.post(`${path}/drawer/open`, { reason: 'change for a guest' });
      expect([reply.status, reply.body.drawer_opened]).toEqual([200, true]);
      expect((await client.get(`${path}/x-report`)).body.no_sales).toBe(1);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await openDrawer(store);
      expect(told(await client.post(`${path}/drawer/open`))).toEqual([422, 'VALIDATION_ERROR', 'reason']);
      const waiter = await server(store);
      expect(told(await waiter.post(`${path}/drawer/open`, { reason: 'tips' }))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};

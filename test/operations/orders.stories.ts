import { expect } from 'vitest';
import type { ApiClient, Ask, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

/** The stories of a file share one demo store, so each opens a check of its own. */
const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');

const refused = (reply: Reply, status: number, code: string, field: string | null): void => {
  expect([reply.status, reply.body.error.code, reply.body.error.field]).toEqual([status, code, field]);
  expect(reply.body.error.details.error_id).toMatch(/^[0-9a-f-]{36}$/);
};

const nobody = '00000000-0000-7000-8000-00000000dead';

/** A table that no other story uses. */
let used = 0;
async function freeTable(client: ApiClient): Promise<{ id: string; name: string }> {
  const { tables } = await client.must('GET', 'restaurants/floor-plan');
  used += 1;
  return tables[used];
}

interface Check {
  readonly client: ApiClient;
  readonly id: string;
  readonly path: string;
  /** The id of the nth line, from nought. */
  line(n: number): Promise<string>;
}

/** A check on a table of its own with two dishes on it. */
async function newCheck(store: TestStore, { fired = false } = {}): Promise<Check> {
  const client = await server(store);
  const table = await freeTable(client);
  const { id } = await client.must('POST', 'orders', { order_type: 'dine_in', table_id: table.id, covers: 2 });
  const path = `orders/${id}`;
  const lines = [
    { product_id: 1, quantity: 1, seat: 1 },
    { product_id: 2, quantity: 1, seat: 2 },
  ];
  await client.must('POST', `${path}/lines`, { lines });
  if (fired) await client.must('POST', `${path}/fire`);
  const line = async (n: number) => (await client.must('GET', path)).lines[n].id as string;
  return { client, id, path, line };
}

/** The manager comes over, looks at the iPad and enters a PIN. */
async function approval(store: TestStore, command: string, target_id: string): Promise<Ask> {
  const client = await manager(store);
  const { user_id, id } = await client.must('GET', 'auth/me');
  const yes = await client.must('POST', 'approvals', { user_id: user_id ?? id, pin: '482913', command, target_id });
  return { approval: yes.approval_id };
}

export const stories = {
  'orders.open': {
    success: async (store: TestStore) => {
      const client = await server(store);
      const table = await freeTable(client);
      const reply = await client.post('orders', { order_type: 'dine_in', table_id: table.id, covers: 4 });
      expect([reply.status, reply.body.table_number, reply.body.guest_count]).toEqual([201, table.name, 4]);
      const whole = await client.post('orders', {
        amount_total: 1,
        lines: [{ product_id: 1, qty: 2, price_unit: 0.5 }],
      });
      expect(whole.body).toMatchObject({
        status: 'confirmed',
        order_type: 'takeaway',
        meta: { totals_reported: { client: 1 } },
      });
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { table_id } = await client.must('GET', path);
      const again = await client.post('orders', { order_type: 'dine_in', table_id });
      refused(again, 409, 'TABLE_TAKEN', 'table_id');
      refused(await client.post('orders', {}), 422, 'VALIDATION_ERROR', 'order_type');
      refused(
        await client.post('orders', { items: [{ product_id: 1, quantity: -2 }] }),
        422,
        'VALIDATION_ERROR',
        'items.0.quantity',
      );
      refused(
        await client.post('orders', { items: [{ product_id: 1, quantity: 1 }], table_number: 'Nowhere' }),
        422,
        'VALIDATION_ERROR',
        'table_number',
      );
    },
  },
  'orders.list': {
    success: async (store: TestStore) => {
      const { client, id } = await newCheck(store);
      const { body } = await client.get('orders?status=open&limit=1');
      expect(body.orders.map((order: { id: string }) => order.id)).toEqual([id]);
      expect(body.meta.pagination.limit).toBe(1);
    },
    badInput: async (store: TestStore) => {
      refused(await (await server(store)).get('orders?limit=1000'), 422, 'VALIDATION_ERROR', 'limit');
      refused(await store.client().get('orders'), 401, 'AUTHENTICATION_ERROR', null);
    },
  },
  'orders.one': {
    success: async (store: TestStore) => {
      const { client, id } = await newCheck(store);
      const { body } = await client.get(`orders/${id}`);
      expect((await client.get(`orders/${body.mobile_id}`)).body.data).toEqual(body.data);
    },
    badInput: async (store: TestStore) => {
      refused(await (await server(store)).get(`orders/${nobody}`), 404, 'NOT_FOUND', 'order_id');
    },
  },
  'orders.timeline': {
    success: async (store: TestStore) => {
      const { client, id, path, line } = await newCheck(store, { fired: true });
      const first = await line(0);
      await client.must('POST', `${path}/lines/${first}/bump`, { to: 'ready' });
      const yes = await approval(store, 'orders.void_line', first);
      expect((await client.post(`${path}/lines/${first}/void`, { reason: 'fell' }, yes)).status).toBe(200);
      const boss = await manager(store);
      const { amount_due } = await boss.must('GET', path);
      await boss.must('POST', `${path}/payments`, { method: 'card', amount: amount_due, reference: 'T-1' });
      await boss.must('POST', `${path}/refunds`, { lines: [{ line_id: await line(1) }], reason: 'cold' });

      const events: Record<string, unknown>[] = await client.must('GET', `${path}/timeline`);
      const happened = events.filter(({ kind }) => kind !== 'slip').map(({ kind }) => kind);
      expect(happened).toEqual([
        'order.opened',
        'order.lines_added',
        'order.fired',
        'order.line_moved',
        'order.line_voided',
        'payment.recorded',
        'order.settled',
        'refund.recorded',
      ]);
      const of = (kind: string) => events.find((event) => event['kind'] === kind);
      const { lines } = await client.must('GET', path);
      expect(of('order.line_moved')).toMatchObject({ from: 'fired', to: 'ready', dishes: [{ quantity: 1 }] });
      expect(of('order.line_voided')).toMatchObject({ reason: 'fell', amount: lines[0].total_price });
      expect(of('order.line_voided')?.['made_by']).not.toBe(of('order.line_voided')?.['approved_by']);
      expect(of('payment.recorded')).toMatchObject({ method: 'card', amount: amount_due, tip: null });
      expect(of('refund.recorded')).toMatchObject({ dishes: [{ name: lines[1].product_name, quantity: 1 }] });
      expect(of('slip')).toMatchObject({ made_by: null, slip: { title: expect.stringContaining('rder') } });
      expect(await client.must('GET', `orders/${id}/timeline`)).toHaveLength(events.length);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      refused(await client.get(`orders/${nobody}/timeline`), 404, 'NOT_FOUND', 'order_id');
      refused(await client.get(`${path}/timeline?deep=1`), 422, 'UNKNOWN_FIELD', 'deep');
    },
  },
  'orders.update': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { body } = await client.put(path, { note: 'by the window', guest_count: 3, whatever: true });
      expect(body).toMatchObject({ note: 'by the window', guest_count: 3 });
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const unpaid = await client.put(path, { state: 'paid' });
      refused(unpaid, 409, 'PAYMENT_REQUIRED', null);
      expect(unpaid.body.error.details.amount_due).toBeGreaterThan(0);
      refused(await client.put(path, { state: 'eaten' }), 422, 'VALIDATION_ERROR', 'state');
    },
  },
  'orders.add_lines': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const line = { id: '00000000-0000-7000-9000-000000000001', product_id: 3, quantity: 2 };
      const first = await client.post(`${path}/lines`, { lines: [line] });
      expect([first.status, first.body.lines.length]).toEqual([201, 3]);
      expect((await client.post(`${path}/lines`, { lines: [line] })).body.lines).toEqual(first.body.lines);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const add = (line: object) => client.post(`${path}/lines`, { lines: [{ product_id: 1, quantity: 1, ...line }] });
      refused(await add({ quantity: 0.5 }), 422, 'VALIDATION_ERROR', 'lines.0.quantity');
      refused(await add({ unit_price: 1 }), 422, 'UNKNOWN_FIELD', 'lines.0.unit_price');
      refused(await add({ product_id: nobody }), 404, 'NOT_FOUND', 'lines.0.product_id');
      expect((await client.must('GET', path)).lines).toHaveLength(2);
    },
  },
  'orders.change_line': {
    success: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store);
      const { body } = await client.patch(`${path}/lines/${await line(0)}`, { quantity: 3, note: 'no salt' });
      expect(body.lines[0]).toMatchObject({ quantity: 3, note: 'no salt', status: 'held' });
    },
    badInput: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      const late = await client.patch(`${path}/lines/${await line(0)}`, { quantity: 3 });
      refused(late, 409, 'ILLEGAL_TRANSITION', 'quantity');
      expect(late.body.error.details).toMatchObject({ state: 'fired', possible: expect.arrayContaining(['void']) });
      refused(await client.patch(`${path}/lines/${nobody}`, { quantity: 3 }), 404, 'NOT_FOUND', 'line_id');
    },
  },
  'orders.void_line': {
    success: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      const id = await line(0);
      const ask = await approval(store, 'orders.void_line', id);
      const { status, body } = await client.post(`${path}/lines/${id}/void`, { reason: 'sent back' }, ask);
      expect([status, body.lines[0].status]).toEqual([200, 'voided']);
    },
    badInput: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      const id = await line(0);
      refused(await client.post(`${path}/lines/${id}/void`, {}), 422, 'VALIDATION_ERROR', 'reason');
      const alone = await client.post(`${path}/lines/${id}/void`, { reason: 'sent back' });
      refused(alone, 403, 'APPROVAL_NEEDED', null);
      expect(alone.body.error.details).toMatchObject({ command: 'orders.void_line', target_id: id });
    },
  },
  'orders.fire': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { status, body } = await client.post(`${path}/fire`);
      expect([status, body.status]).toEqual([200, 'confirmed']);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store, { fired: true });
      refused(await client.post(`${path}/fire`), 409, 'ILLEGAL_TRANSITION', null);
      refused(await client.post(`${path}/fire`, { line_ids: [nobody] }), 404, 'NOT_FOUND', 'line_ids.0');
    },
  },
  'orders.bump_line': {
    success: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      const { body } = await client.post(`${path}/lines/${await line(0)}/bump`, { to: 'ready' });
      expect([body.lines[0].status, body.status]).toEqual(['ready', 'preparing']);
    },
    badInput: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store);
      const id = await line(0);
      refused(await client.post(`${path}/lines/${id}/bump`, { to: 'ready' }), 409, 'ILLEGAL_TRANSITION', null);
      refused(await client.post(`${path}/lines/${id}/bump`, { to: 'burnt' }), 422, 'VALIDATION_ERROR', 'to');
    },
  },
  'orders.recall_line': {
    success: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      const id = await line(0);
      await client.must('POST', `${path}/lines/${id}/bump`, { to: 'served' });
      expect((await client.post(`${path}/lines/${id}/recall`)).body.lines[0].status).toBe('ready');
    },
    badInput: async (store: TestStore) => {
      const { client, path, line } = await newCheck(store, { fired: true });
      refused(await client.post(`${path}/lines/${await line(0)}/recall`), 409, 'ILLEGAL_TRANSITION', null);
    },
  },
  'orders.note_allergies': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { body } = await client.post(`${path}/allergies`, { seat: 2, allergens: ['nuts'], note: 'severe' });
      expect(body.allergies).toEqual([{ seat: 2, allergens: ['nuts'], note: 'severe' }]);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      refused(
        await client.post(`${path}/allergies`, { seat: 0, allergens: ['nuts'] }),
        422,
        'VALIDATION_ERROR',
        'seat',
      );
      const cats = await client.post(`${path}/allergies`, { seat: 1, allergens: ['cats'] });
      refused(cats, 422, 'VALIDATION_ERROR', 'allergens.0');
    },
  },
  'orders.move': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const table = await freeTable(client);
      expect((await client.post(`${path}/move`, { table_id: table.id })).body.table_number).toBe(table.name);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const other = await newCheck(store);
      const { table_id } = await client.must('GET', other.path);
      refused(await client.post(`${path}/move`, { table_id }), 409, 'TABLE_TAKEN', 'table_id');
      refused(await client.post(`${path}/move`, { table_id: nobody }), 404, 'NOT_FOUND', 'table_id');
    },
  },
  'orders.print_bill': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { status, body } = await client.post(`${path}/bill`);
      expect([status, typeof body.bill_printed_at]).toEqual([200, 'string']);
    },
    badInput: async (store: TestStore) => {
      const client = await server(store);
      const { id } = await client.must('POST', 'orders', { order_type: 'takeaway' });
      refused(await client.post(`orders/${id}/bill`), 409, 'ILLEGAL_TRANSITION', null);
      refused(await client.post(`orders/${id}/bill`, { printer: 1 }), 422, 'UNKNOWN_FIELD', 'printer');
    },
  },
  'orders.split': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { status, body } = await client.post(`${path}/splits`, { mode: 'even', ways: 3 });
      const pence = body.shares.map((share: { amount_due: number }) => Math.round(share.amount_due * 100));
      expect([status, pence.length]).toEqual([201, 3]);
      expect(pence.reduce((sum: number, one: number) => sum + one, 0)).toBe(Math.round(body.amount_due * 100));
      expect(Math.max(...pence) - Math.min(...pence)).toBeLessThanOrEqual(1);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      refused(await client.post(`${path}/splits`, { mode: 'even', ways: 0 }), 422, 'VALIDATION_ERROR', 'ways');
      refused(await client.post(`${path}/splits`, { mode: 'luck' }), 422, 'VALIDATION_ERROR', 'mode');
    },
  },
  'orders.unsplit': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      await client.must('POST', `${path}/splits`, { mode: 'seats' });
      expect((await client.delete(`${path}/splits`)).body.shares).toEqual([]);
    },
    badInput: async (store: TestStore) => {
      refused(await (await server(store)).delete(`orders/${nobody}/splits`), 404, 'NOT_FOUND', 'order_id');
    },
  },
  'orders.remove_service': {
    success: async (store: TestStore) => {
      const { client, id, path } = await newCheck(store);
      const before = await client.must('GET', path);
      expect(before.service_charge).toBeGreaterThan(0);
      const { body } = await client.delete(
        `${path}/service-charge`,
        await approval(store, 'orders.remove_service', id),
      );
      expect([body.service_charge, body.total_amount]).toEqual([0, before.items_total]);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      refused(await client.delete(`${path}/service-charge`), 403, 'APPROVAL_NEEDED', null);
    },
  },
  'orders.cancel': {
    success: async (store: TestStore) => {
      const { client, path } = await newCheck(store);
      const { status, body } = await client.post(`${path}/cancel`, { reason: 'they left' });
      expect([status, body.status, body.state, body.amount_due]).toEqual([200, 'cancelled', 'cancel', 0]);
    },
    badInput: async (store: TestStore) => {
      const { client, path } = await newCheck(store, { fired: true });
      refused(await client.post(`${path}/cancel`, {}), 422, 'VALIDATION_ERROR', 'reason');
      refused(await client.post(`${path}/cancel`, { reason: 'they left' }), 403, 'APPROVAL_NEEDED', null);
    },
  },
};

import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

const nobody = '00000000-0000-7000-8000-00000000dead';

/** A takeaway of two dishes, with the till open. */
async function newCheck(store: TestStore) {
  await (await manager(store)).must('POST', 'pos/sessions', { config_id: 1, opening_float: 100 });
  const client = await server(store);
  const { id } = await client.must('POST', 'orders', { order_type: 'takeaway' });
  const lines = [
    { product_id: 1, quantity: 1 },
    { product_id: 2, quantity: 1 },
  ];
  const order = await client.must('POST', `orders/${id}/lines`, { lines });
  return { client, order, due: order.amount_due as number, path: `orders/${id}` };
}

async function paidCheck(store: TestStore) {
  const check = await newCheck(store);
  await check.client.must('POST', `${check.path}/payments`, { method: 'card', amount: check.due, reference: 'T-1' });
  return { ...check, client: await manager(store) };
}

export const stories = {
  'payments.take': {
    success: async (store: TestStore) => {
      const { client, due, path } = await newCheck(store);
      const part = await client.post(`${path}/payments`, { method: 'cash', amount: 1, tendered: 5, tip_amount: 1 });
      expect([part.status, part.body.change, part.body.settled]).toEqual([201, 3, false]);
      expect(part.body.amount_due).toBeCloseTo(due - 1, 6);
      const rest = { method: 'card', amount: part.body.amount_due, reference: 'none' };
      const paid = await client.post(`${path}/payments`, rest);
      expect(paid.body).toMatchObject({ settled: true, amount_due: 0, order: { payment_status: 'completed' } });
    },
    badInput: async (store: TestStore) => {
      const { client, due, path } = await newCheck(store);
      const pay = async (body: object) => told(await client.post(`${path}/payments`, body));
      expect(await pay({ method: 'card', amount: 1 })).toEqual([422, 'VALIDATION_ERROR', 'reference']);
      expect(await pay({ method: 'card', amount: due + 1, reference: 'T-1' })).toEqual([
        422,
        'AMOUNT_OVER_DUE',
        'amount',
      ]);
      expect(await pay({ method: 'cash', amount: 2, tendered: 1 })).toEqual([422, 'TENDERED_TOO_LITTLE', 'tendered']);
      expect(await pay({ method: 'cash', amount: 0 })).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await pay({ method: 'barter', amount: 1 })).toEqual([422, 'VALIDATION_ERROR', 'method']);
      expect(await pay({ method: 'cash', amount: 1, share_id: nobody })).toEqual([404, 'NOT_FOUND', 'share_id']);
      expect(await pay({ method: 'cash', amount: 1, change: 1 })).toEqual([422, 'UNKNOWN_FIELD', 'change']);
      const rest = { method: 'card', amount: due, reference: 'T-1' };
      await client.must('POST', `${path}/payments`, rest);
      expect(await pay(rest)).toEqual([409, 'ORDER_ALREADY_PAID', null]);
    },
  },
  'payments.take_legacy': {
    success: async (store: TestStore) => {
      const { client, order, due } = await newCheck(store);
      const body = { order_id: order.mobile_id, payment_method: 'cash', amount: 500 };
      const reply = await client.post('payments', body);
      expect(reply.body).toMatchObject({ success: true, amount: due, tendered: 500, settled: true });
      expect(reply.body.change).toBeCloseTo(500 - due, 6);
    },
    badInput: async (store: TestStore) => {
      const { client, order, due } = await newCheck(store);
      const pay = async (body: object) => told(await client.post('payments', body));
      const card = { order_id: order.mobile_id, payment_method: 'card', amount: due };
      expect(await pay({ ...card, order_id: 99_999 })).toEqual([404, 'NOT_FOUND', 'order_id']);
      expect(await pay({ ...card, payment_method: 'barter' })).toEqual([422, 'VALIDATION_ERROR', 'payment_method']);
      expect(await pay({ ...card, amount: due + 5 })).toEqual([422, 'AMOUNT_OVER_DUE', 'amount']);
      expect(await pay({ ...card, amount: -1 })).toEqual([422, 'VALIDATION_ERROR', 'amount']);
    },
  },
  'payments.refundable': {
    success: async (store: TestStore) => {
      const { client, order, due, path } = await paidCheck(store);
      const [first, second] = order.lines as { id: string; total_price: number }[];
      expect(await client.must('GET', `${path}/refundable`)).toMatchObject({
        amount_left: due,
        methods: ['card'],
        lines: [{ line_id: first!.id, quantity: 1 }, { quantity: 1 }],
        quote: null,
      });
      const quoted = await client.must('GET', `${path}/refundable?lines=${first!.id}:1`);
      expect(quoted.quote).toEqual({ amount: first!.total_price });
      await client.must('POST', `${path}/refunds`, { lines: [{ line_id: first!.id }], reason: 'cold' });
      const left = await client.must('GET', `${path}/refundable?amount=${second!.total_price}`);
      expect(left).toMatchObject({ lines: [{ quantity: 0 }, { quantity: 1 }], quote: { amount: second!.total_price } });
      expect(left.amount_left).toBeCloseTo(due - first!.total_price, 6);
    },
    badInput: async (store: TestStore) => {
      const { client, order, due, path } = await paidCheck(store);
      const ask = async (query: string) => told(await client.get(`${path}/refundable?${query}`));
      expect(await ask(`amount=${due + 0.01}`)).toEqual([422, 'AMOUNT_OVER_DUE', 'amount']);
      expect(await ask('amount=2.005')).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await ask(`amount=1&lines=${order.lines[0].id}`)).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await ask(`lines=${order.lines[0].id}:2`)).toEqual([422, 'VALIDATION_ERROR', 'lines.0.quantity']);
      expect(await ask('lines=what')).toEqual([422, 'VALIDATION_ERROR', 'lines.0.line_id']);
      const waiter = await server(store);
      expect(told(await waiter.get(`${path}/refundable`))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'payments.refund': {
    success: async (store: TestStore) => {
      const { client, order, path } = await paidCheck(store);
      const lines = [{ line_id: order.lines[0].id, quantity: 1 }];
      const reply = await client.post(`${path}/refunds`, { lines, reason: 'cold' });
      expect(reply.status).toBe(201);
      expect(reply.body).toMatchObject({
        method: 'card',
        reason: 'cold',
        order: { payment_status: 'partially_refunded' },
      });
      expect(reply.body.amount).toBe(order.lines[0].total_price);
    },
    badInput: async (store: TestStore) => {
      const { client, order, due, path } = await paidCheck(store);
      const refund = async (body: object) => told(await client.post(`${path}/refunds`, { reason: 'cold', ...body }));
      expect(await refund({})).toEqual([422, 'VALIDATION_ERROR', 'amount']);
      expect(await refund({ amount: due + 0.01 })).toEqual([422, 'AMOUNT_OVER_DUE', 'amount']);
      expect(await refund({ amount: 1, reason: '' })).toEqual([422, 'VALIDATION_ERROR', 'reason']);
      const tooMany = [{ line_id: order.lines[0].id, quantity: 2 }];
      expect(await refund({ lines: tooMany })).toEqual([422, 'VALIDATION_ERROR', 'lines.0.quantity']);
      const waiter = await server(store);
      const asked = await waiter.post(`${path}/refunds`, { amount: 1, reason: 'cold' });
      expect(told(asked)).toEqual([403, 'APPROVAL_NEEDED', null]);
      expect(asked.body.error.details).toMatchObject({ command: 'payments.refund', target_id: order.id });
    },
  },
  'payments.copy_receipt': {
    success: async (store: TestStore) => {
      const { order, path } = await paidCheck(store);
      const client = await server(store);
      const { status, body } = await client.post(`${path}/receipt`);
      expect([status, body.copy, body.order_number]).toEqual([200, 1, order.order_number]);
      const key = 'tap-on-copy';
      const tapped = [
        await client.post(`${path}/receipt`, {}, { key }),
        await client.post(`${path}/receipt`, {}, { key }),
      ];
      expect(tapped.map((reply) => reply.body.copy)).toEqual([2, 2]);
    },
    badInput: async (store: TestStore) => {
      const { client, due, path } = await newCheck(store);
      const asked = await client.post(`${path}/receipt`);
      expect(told(asked)).toEqual([409, 'PAYMENT_REQUIRED', null]);
      expect([asked.body.message, asked.body.error.details.amount_due]).toEqual([
        'Nothing has been paid here yet, so there is no receipt.',
        due,
      ]);
      const ask = async (body: object) => told(await client.post(`${path}/receipt`, body));
      expect(await ask({ share_id: nobody })).toEqual([404, 'NOT_FOUND', 'share_id']);
      expect(await ask({ share_id: 'mine' })).toEqual([422, 'VALIDATION_ERROR', 'share_id']);
      expect(await ask({ copies: 3 })).toEqual([422, 'UNKNOWN_FIELD', 'copies']);
      expect(told(await client.post(`orders/${nobody}/receipt`))).toEqual([404, 'NOT_FOUND', 'order_id']);
    },
  },
};

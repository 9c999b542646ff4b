import { expect } from 'vitest';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

const manager = (store: TestStore): Promise<ApiClient> => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore): Promise<ApiClient> => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];

async function sell(store: TestStore): Promise<number> {
  const client = await server(store);
  const whole = await client.must('POST', 'orders', { lines: [{ product_id: 1, qty: 2 }] });
  const payment = { method: 'card', amount: whole.amount_due, reference: 'T-1' };
  await client.must('POST', `orders/${whole.id}/payments`, payment);
  return whole.total_amount;
}

export const stories = {
  'reports.daily_sales': {
    success: async (store: TestStore) => {
      const total = await sell(store);
      const { body } = await (await manager(store)).get('reports/daily-sales');
      expect(body.summary).toMatchObject({ total_sales: total, total_orders: 1, total_items: 2 });
      expect(body.payment_methods).toMatchObject([{ method: 'card', amount: total, count: 1, percentage: 100 }]);
      expect(body.report_info).toMatchObject({ type: 'daily_sales', date: '2025-06-18', sealed: false });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.get('reports/daily-sales?date=18/06/2025'))).toEqual([422, 'VALIDATION_ERROR', 'date']);
      expect(told(await (await server(store)).get('reports/daily-sales'))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
  'reports.ledger_check': {
    success: async (store: TestStore) => {
      await sell(store);
      const { body } = await (await manager(store)).get('reports/ledger-check');
      expect(body.data).toEqual({ date: '2025-06-18', adds_up: true, broken: [] });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      expect(told(await client.get('reports/ledger-check?day=2025-06-18'))).toEqual([422, 'UNKNOWN_FIELD', 'day']);
    },
  },
  'reports.seal_day': {
    success: async (store: TestStore) => {
      const client = await manager(store);
      const live = (await client.get('reports/daily-sales')).body.summary;
      const { status, body } = await client.post('reports/seal-day');
      expect([status, body.report_info.sealed, body.summary]).toEqual([200, true, live]);
      const later = await sell(store);
      expect((await client.get('reports/daily-sales?date=2025-06-18')).body.summary).toEqual(live);
      const next = (await client.get('reports/daily-sales?date=2025-06-19')).body;
      expect(next.summary).toMatchObject({ total_sales: later, total_orders: 1 });
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const seal = async (body: object) => told(await client.post('reports/seal-day', body));
      expect(await seal({ date: '2030-01-01' })).toEqual([422, 'VALIDATION_ERROR', 'date']);
      expect(await seal({ date: 'today' })).toEqual([422, 'VALIDATION_ERROR', 'date']);
      await client.must('POST', 'pos/sessions', { config_id: 1, opening_float: 0 });
      expect(await seal({})).toEqual([409, 'ILLEGAL_TRANSITION', null]);
      expect(told(await (await server(store)).post('reports/seal-day'))).toEqual([403, 'FORBIDDEN', null]);
    },
  },
};

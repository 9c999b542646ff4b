import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { insistGoodRefusal, watched } from './watch.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

test('a refusal that changed something all the same is caught', async () => {
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const sly = watched({
    ...store,
    client: () => {
      const client = store.client();
      const ask = client.ask.bind(client);
      client.ask = async (...request) => {
        await manager.must('POST', 'pos/tills', { name: 'Smuggled' });
        return ask(...request);
      };
      return client;
    },
  });
  await expect(sly.client().get('orders')).rejects.toThrow(/GET orders was refused/);
  await expect(watched(store).client().get('orders')).resolves.toMatchObject({ status: 401 });
});

test('a refusal without an id, in jargon or without a way out is no good one', async () => {
  const good = await store.client().get('orders');
  expect(() => insistGoodRefusal(good)).not.toThrow();
  const { details } = good.body.error;
  const worse = (error: object): Reply => ({
    ...good,
    body: { ...good.body, error: { ...good.body.error, ...error } },
  });
  const jargon = 'Invalid input: expected number, received undefined';
  expect(() => insistGoodRefusal(worse({ details: { ...details, error_id: '7' } }))).toThrow();
  expect(() => insistGoodRefusal(worse({ details: { ...details, suggestion: '' } }))).toThrow();
  expect(() => insistGoodRefusal(worse({ message: jargon }))).toThrow();
  expect(() => insistGoodRefusal(worse({ code: 'INTERNAL_ERROR' }))).toThrow();
});

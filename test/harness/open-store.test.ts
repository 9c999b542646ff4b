import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type TestStore } from './open-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

test('the harness opens a demo restaurant that serves, and opens it again on the same folder', async () => {
  const health = await store.client().get('/health');
  expect(health.body).toMatchObject({ success: true, status: 'ok', pid: process.pid });
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  expect((await manager.get('auth/me')).body).toMatchObject({ role: 'manager' });
  store = await store.restart();
  const again = await store.signedIn('server@demo.test', 'demo-server-1');
  expect((await again.get('orders?status=open')).body.data).toEqual([]);
});

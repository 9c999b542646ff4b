import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openStore, type TestStore } from '../test/harness/open-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

interface Heard {
  readonly socket: WebSocket;
  readonly types: string[];
  code: number | null;
}

const listen = (token: string | null, room = 'pos'): Heard => {
  const address = `ws://127.0.0.1:${store.server.port}/api/v1/websocket/ws/${room}/${store.restaurantId}`;
  const socket = new WebSocket(`${address}?token=${token ?? ''}`);
  const heard: Heard = { socket, types: [], code: null };
  socket.on('message', (raw) => heard.types.push((JSON.parse(String(raw)) as { type: string }).type));
  socket.on('close', (code) => {
    heard.code = code;
  });
  socket.on('error', () => undefined);
  return heard;
};

test('who signs out is cut off at once, and who is still signed in hears on', async () => {
  const server = await store.signedIn('server@demo.test', 'demo-server-1');
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const leaving = listen(server.token);
  const staying = listen(manager.token);
  await expect.poll(() => [leaving, staying].every(({ types }) => types.includes('at')), { timeout: 5_000 }).toBe(true);
  await server.must('POST', 'auth/logout');
  await expect.poll(() => leaving.code, { timeout: 5_000 }).toBe(4001);
  await manager.must('POST', 'orders', { order_type: 'takeaway' });
  await expect.poll(() => staying.types, { timeout: 5_000 }).toContain('order_created');
  expect(leaving.types).not.toContain('order_created');
  staying.socket.terminate();
});

test('a token that has run out does not open a socket, and an open one ends', async () => {
  const server = await store.signedIn('server@demo.test', 'demo-server-1');
  const open = listen(server.token);
  await expect.poll(() => open.types, { timeout: 5_000 }).toContain('authenticated');
  store.clock.jump(13 * 60 * 60 * 1_000);
  const late = listen(server.token);
  await expect.poll(() => late.code, { timeout: 5_000 }).toBe(4001);
  expect(late.types).toEqual(['auth_error']);
  await expect.poll(() => open.code, { timeout: 15_000 }).toBe(4001);
}, 30_000);

import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { ask, openToyStore } from './toy-store.fixture.ts';

test('one application listens on two ports, and a port that is taken is said to be', async () => {
  const store = await openToyStore();
  const second = await store.http.listen('127.0.0.1', 0);
  expect(second.port).not.toBe(store.port);
  expect((await fetch(`http://127.0.0.1:${second.port}/health`)).status).toBe(200);
  await expect(store.http.listen('127.0.0.1', store.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await store.close();
});

test('closing lets a running request finish and does not wait for idle connections', async () => {
  const store = await openToyStore();
  await fetch(`${store.url}/health`);
  const idle = connect(store.port, '127.0.0.1');
  await new Promise((resolve) => idle.on('connect', resolve));
  store.watch.prepareMs = 150;
  const running = ask(store, '/api/v1/notes', { method: 'POST', json: { words: 'last orders' } });
  await new Promise((resolve) => setTimeout(resolve, 60));
  const began = performance.now();
  await store.http.close(1000);
  expect((await running).status).toBe(201);
  expect(performance.now() - began).toBeLessThan(900);
  await expect(fetch(`${store.url}/health`)).rejects.toThrow();
  await store.close();
});

test('closing does not wait for ever for a client that never finishes', async () => {
  const store = await openToyStore();
  const slow = connect(store.port, '127.0.0.1', () => slow.write('POST /api/v1/notes HTTP/1.1\r\nHost: localhost\r\n'));
  slow.on('error', () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  await store.http.close(200);
  expect(performance.now() - began).toBeLessThan(1500);
  await store.close();
});

test('while the server is stopping, whoever still comes is asked to try again', async () => {
  let accepting = true;
  const store = await openToyStore({ accepting: () => accepting });
  accepting = false;
  const { status, headers, body } = await ask(store, '/api/v1/notes');
  expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '2']);
  expect(headers.get('connection')).toBe('close');
  await store.close();
});

test('a flood from one address is 429 until it ends', async () => {
  const store = await openToyStore({ limits: { perSecond: 20 } });
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(store, '/health')));
  const held = answers.filter(({ status }) => status === 429);
  expect(held.length).toBeGreaterThan(20);
  expect(held[0]?.body.error.code).toBe('RATE_LIMIT_EXCEEDED');
  expect(held[0]?.headers.get('retry-after')).toBe('1');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await ask(store, '/health')).status).toBe(200);
  await store.close();
});

test('sockets are handed on only from our own pages, and only while somebody takes them', async () => {
  const store = await openToyStore();
  const upgrade = (origin: string) =>
    new Promise<string>((resolve) => {
      const lines = `Host: localhost\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`;
      const socket = connect(store.port, '127.0.0.1', () => socket.write(`GET /ws HTTP/1.1\r\n${lines}`));
      socket.once('data', (chunk) => {
        resolve(chunk.toString());
        socket.destroy();
      });
    });
  expect(await upgrade('http://localhost')).toContain('503');
  store.http.onUpgrade((_, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  expect(await upgrade('http://localhost')).toContain('101');
  expect(await upgrade('http://evil.example')).toContain('403');
  await store.close();
});

test('the API document names every route, and its page needs nothing from elsewhere', async () => {
  const store = await openToyStore();
  const { body: document } = await ask(store, '/api/v1/openapi.json');
  expect(document.openapi).toBe('3.1.0');
  for (const { path, method, operation } of store.http.routes) {
    const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method];
    expect(described.operationId).toBe(operation);
    expect(described.responses.default).toBeDefined();
  }
  const take = document.paths['/api/v1/notes'].post;
  expect(take.requestBody.content['application/json'].schema.required).toEqual(['words']);
  expect(take.responses['201']).toBeDefined();
  const everything = JSON.stringify(document);
  const names = [...everything.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  for (const [, kind = '', name = ''] of names) expect(document.components[kind]).toHaveProperty([name]);
  expect(names.map(([, , name]) => name)).toContain('replies.list');
  expect(everything).not.toContain('$defs');
  const list = document.paths['/api/v1/replies'].get.responses['200'].content['application/json'].schema;
  expect(list.properties.replies.type).toBe('array');
  expect(document.info.description).toContain('LINE_SOLD_OUT');
  const page = await (await fetch(`${store.url}/docs`)).text();
  expect(page).not.toMatch(/https?:|\/\//);
  for (const path of ['/docs/reader.js', '/docs/start.js']) {
    const script = await fetch(store.url + path);
    expect([path, script.status, script.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/javascript; charset=utf-8',
    ]);
    expect((await script.text()).length).toBeGreaterThan(100);
  }
  await store.close();
});

test('pages of our own stand beside the routes, with the same rules at the door', async () => {
  const store = await openToyStore({
    pages: [
      { path: '/', access: 'public', render: ({ loopback }) => ({ type: 'text/html', body: `here: ${loopback}` }) },
      { path: '/paper.svg', access: 'status.read', render: () => ({ type: 'image/svg+xml', body: '<svg/>' }) },
    ],
  });
  expect(await (await fetch(`${store.url}/`)).text()).toBe('here: true');
  expect((await fetch(`${store.url}/paper.svg`)).status).toBe(401);
  const paper = await fetch(`${store.url}/paper.svg`, { headers: { Authorization: 'Bearer manager' } });
  expect([await paper.text(), paper.headers.get('content-type')]).toEqual(['<svg/>', 'image/svg+xml']);
  expect((await ask(store, '/', { method: 'POST', json: {} })).status).toBe(405);
  await store.close();
});

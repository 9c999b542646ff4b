import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openToyStore, RESTAURANT, type ToyStore } from './toy-store.fixture.ts';

let store: ToyStore;

beforeAll(async () => {
  store = await openToyStore();
});
afterAll(() => store.close());

const post = (json: unknown, headers: Record<string, string> = {}) =>
  ask(store, '/api/v1/notes', { method: 'POST', json, headers });

/** Sends bytes as they are and reads what comes back until the server lets go. */
const raw = (text: string | Buffer) =>
  new Promise<string>((resolve) => {
    const socket = connect(store.port, '127.0.0.1', () => socket.write(text));
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
  });

test('a note is taken, answered in the envelope, and its fields stand at the top too', async () => {
  const { status, headers, body } = await post({ words: 'no ice' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ success: true, data: { words: 'no ice' }, words: 'no ice', error: null, meta: null });
  expect(body.id).toBe(body.data.id);
  expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('etag')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-request-id')).toBeTruthy();
});

test('lists stand under their own name and under items, nothing is null, and facts about the answer go to meta', async () => {
  const list = await ask(store, '/api/v1/notes/?limit=5');
  expect(list.body.notes).toEqual(list.body.data);
  expect(list.body.items).toEqual(list.body.data);
  expect((await ask(store, '/api/v1/notes/current')).body).toMatchObject({ success: true, data: null });
  expect((await ask(store, '/api/v1/notes/recent')).body).toMatchObject({ recent: true, meta: { has_more: false } });
});

test('every way of writing a path leads to the same place without a redirect', async () => {
  for (const path of ['/api/v1/notes/recent/', '/api/notes/recent', '/api/v1/api/v1/notes/recent']) {
    const { status, body } = await ask(store, path, { redirect: 'error' });
    expect([path, status, body.recent]).toEqual([path, 200, true]);
  }
});

test('an unknown path is 404, a known one asked the wrong way 405 with what it takes', async () => {
  expect((await ask(store, '/api/v1/nothing')).body.error.code).toBe('NOT_FOUND');
  const put = await ask(store, '/api/v1/notes', { method: 'PUT', json: {} });
  expect([put.status, put.body.error.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect(put.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST']);
  const options = await ask(store, '/api/v1/notes', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  const head = await fetch(`${store.url}/health`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('health answers whoever asks, on both paths', async () => {
  for (const path of ['/health', '/api/v1/health']) {
    const { status, body } = await ask(store, path, { headers: { Authorization: '' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ok', pid: process.pid, version: '0.1.0', read_only: false });
    expect(body.data.head_seq).toBe(store.core.head().seq);
  }
});

test('nobody signed in is 401, the wrong role 403, and a stale token does not keep a device from signing in', async () => {
  const none = await post({ words: 'a' }, { Authorization: '' });
  expect([none.status, none.body.error.code, none.headers.get('www-authenticate')]).toEqual([
    401,
    'AUTHENTICATION_ERROR',
    'Bearer',
  ]);
  expect((await post({ words: 'a' }, { Authorization: 'Bearer expired' })).body.error.code).toBe('TOKEN_EXPIRED');
  expect((await post({ words: 'a' }, { Authorization: 'Bearer nonsense' })).body.error.code).toBe('TOKEN_INVALID');
  const cook = await post({ words: 'a' }, { Authorization: 'Bearer cook' });
  expect([cook.status, cook.body.error.code]).toEqual([403, 'FORBIDDEN']);
  const onDevice = { Authorization: 'Bearer expired', 'X-Device-Token': 'till-1' };
  expect((await ask(store, '/api/v1/notes/7', { headers: onDevice })).status).toBe(200);
  const noDevice = await ask(store, '/api/v1/notes/7', { headers: { Authorization: '' } });
  expect([noDevice.status, noDevice.body.error.code]).toEqual([401, 'DEVICE_NOT_REGISTERED']);
  expect((await ask(store, '/api/v1/notes/recent', { headers: { Authorization: 'Bearer expired' } })).status).toBe(200);
});

test('what a manager has to approve says so, with the command and its target', async () => {
  const { status, body } = await ask(store, '/api/v1/notes/7', { method: 'DELETE' });
  expect(status).toBe(403);
  expect(body.error).toMatchObject({
    code: 'APPROVAL_NEEDED',
    details: { command: 'notes.burn', target_id: '7' },
  });
  const manager = await ask(store, '/api/v1/notes/7', {
    method: 'DELETE',
    headers: { Authorization: 'Bearer manager' },
  });
  expect([manager.status, manager.body.burnt]).toEqual([200, true]);
});

test('broken, oversized, deep, odd and compressed bodies are refused by name and change nothing', async () => {
  const before = store.notes().length;
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    ask(store, '/api/v1/notes', { method: 'POST', body, headers });
  const code = async (...args: Parameters<typeof send>) => {
    const { status, body } = await send(...args);
    expect(body).toMatchObject({ success: false, data: null, detail: body.message, error: { message: body.message } });
    expect(body.error.details.error_id).toBeTruthy();
    return [status, body.error.code];
  };
  expect(await code('{"words":')).toEqual([400, 'INVALID_JSON']);
  expect(await code('{"words": NaN}')).toEqual([400, 'INVALID_JSON']);
  expect(await code(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([400, 'INVALID_JSON']);
  expect(await code(`{"words":"${'x'.repeat(70_000)}"}`)).toEqual([413, 'BODY_TOO_LARGE']);
  expect(await code(`{"words":${'['.repeat(40)}${']'.repeat(40)}}`)).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('['.repeat(60_000) + ']'.repeat(5_000))).toEqual([400, 'INVALID_JSON']);
  expect(await code('{"words":"a","__proto__":{"may":true}}')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('{"words":"a","constructor":1}')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('{"words":"\\u0000"}')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('{"words":"\\ud800"}')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('{"quantity":1e999}')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('words=a', { 'Content-Type': 'application/x-www-form-urlencoded' })).toEqual([
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ]);
  expect(await code('{"words":"a"}', { 'Content-Encoding': 'gzip' })).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  expect(await code('[]')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('null')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await code('')).toEqual([422, 'VALIDATION_ERROR']);
  expect(store.notes()).toHaveLength(before);
});

test('a body without end is cut off before it fills the memory', async () => {
  const head = 'POST /api/v1/notes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer server\r\n';
  const answer = await raw(
    `${head}Content-Type: application/json\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(2_000_000)}`,
  );
  expect(answer).toContain('413');
  expect(answer).toContain('BODY_TOO_LARGE');
});

test('wrong fields are named in sentences, and never repeated', async () => {
  const { status, body } = await post({ words: '', quantity: 1.5, lines: [{ dish: 4821 }] });
  expect([status, body.error.code, body.error.field]).toEqual([422, 'VALIDATION_ERROR', 'words']);
  expect(body.error.details.validation_errors).toEqual([
    { field: 'words', message: 'words needs at least 1 character.', type: 'too_small' },
    { field: 'quantity', message: 'quantity has to be a whole number.', type: 'invalid_type' },
    { field: 'lines.0.dish', message: 'lines.0.dish has to be text.', type: 'invalid_type' },
  ]);
  expect(body.message).toBe('words needs at least 1 character.');
  expect(JSON.stringify(body)).not.toContain('4821');
  expect((await post({ words: 'a', quantity: -1e300 })).body.error.details.validation_errors).toEqual([
    { field: 'quantity', message: 'quantity has to be at least 1.', type: 'too_small' },
  ]);
  expect((await post({})).body.error.details.validation_errors[0]).toEqual({
    field: 'words',
    message: 'words is missing.',
    type: 'missing',
  });
});

test('unknown fields are refused on our own routes, at any depth, in the query too', async () => {
  const paid = await post({ words: 'a', paid: true });
  expect([paid.status, paid.body.error.code, paid.body.error.field]).toEqual([422, 'UNKNOWN_FIELD', 'paid']);
  expect((await post({ words: 'a', lines: [{ dish: 'x', price: 0 }] })).body.error.field).toBe('lines.0.price');
  expect((await ask(store, '/api/v1/notes?role=owner')).body.error).toMatchObject({
    code: 'UNKNOWN_FIELD',
    field: 'role',
  });
  expect((await ask(store, '/api/v1/notes?limit=1&limit=2')).body.error.code).toBe('VALIDATION_ERROR');
});

test('an older app may send more than we read; it is counted in the log', async () => {
  const { status, body } = await ask(store, '/api/v1/older/notes', {
    method: 'POST',
    json: { words: 'old', amount_total: 10, lines: [{ dish: 'Taco', price_unit: 5 }] },
  });
  expect([status, body.words]).toEqual([201, 'old']);
  const line = store.lines.findLast(({ fields }) => fields['operation'] === 'older.notes.take');
  expect(line?.fields['ignored_fields']).toEqual(['lines.0.price_unit', 'amount_total']);
});

test('another restaurant is not found, wherever it is named; ours may be named anywhere', async () => {
  const other = '0190a000-0000-7000-8000-000000000002';
  const ways = (id: string) => [
    ask(store, `/api/v1/restaurants/${id}/hours`),
    ask(store, `/api/v1/notes?restaurant_id=${id}`),
    ask(store, '/api/v1/notes', { headers: { 'X-Restaurant-Id': id } }),
    post({ words: 'a', restaurant_id: id }),
  ];
  for (const answer of await Promise.all(ways(other)))
    expect([answer.status, answer.body.error.code]).toEqual([404, 'NOT_FOUND']);
  for (const answer of await Promise.all(ways(RESTAURANT.toUpperCase()))) expect(answer.status).toBeLessThan(300);
});

test('a page of another site cannot use the server through somebody’s browser', async () => {
  const get = (lines: string) => raw(`GET /api/v1/notes/recent HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
  for (const host of [
    'evil.example',
    '127.0.0.1.evil.example',
    'a@127.0.0.1',
    '8.8.8.8',
    '[2001:db8::1]',
    'localhost:x',
  ]) {
    expect(await get(`Host: ${host}\r\n`), host).toContain('HOST_NOT_ALLOWED');
  }
  for (const host of [
    'localhost:8000',
    'fynlo.local',
    'till.example',
    '192.168.1.20:8000',
    '[::1]:8000',
    '127.0.0.1',
  ]) {
    expect(await get(`Host: ${host}\r\n`), host).toContain('"recent":true');
  }
  for (const origin of [
    'null',
    'http://evil.example',
    'http://localhost:3000',
    'https://localhost.evil.example:8000',
  ]) {
    expect(await get(`Host: localhost:8000\r\nOrigin: ${origin}\r\n`), origin).toContain('HOST_NOT_ALLOWED');
  }
  expect(await get('Host: localhost:8000\r\nOrigin: http://localhost:8000\r\n')).toContain('"recent":true');
});

test('bytes that are not HTTP are answered and let go', async () => {
  expect(await raw('HELLO\r\n\r\n')).toContain('"code":"BAD_REQUEST"');
  expect(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toContain('431');
});

test('refusals carry the status of their code, and how long to wait', async () => {
  const locked = await post({ words: 'locked' });
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([423, '45']);
  const out = await post({ words: 'sold out' });
  expect([out.status, out.body.error.details.remaining]).toEqual([409, 1]);
  expect((await post({ words: 'missing' })).status).toBe(404);
});

test('a bug is a 500 that tells nothing but its id; the log has the rest', async () => {
  for (const { status, body } of [await post({ words: 'bug' }), await ask(store, '/api/v1/notes/broken')]) {
    expect([status, body.error.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(JSON.stringify(body)).not.toContain('secret');
    const line = store.lines.find(({ fields }) => fields['error_id'] === body.error.details.error_id);
    expect(line).toMatchObject({ level: 'error' });
    expect(line?.fields['stack']).toContain('a bug with a secret in it');
  }
});

test('the log has one line per request, without bodies, queries and tokens', async () => {
  store.lines.length = 0;
  await ask(store, '/api/v1/notes?limit=3', { headers: { 'X-Request-Id': 'till-1.42' } });
  await post({ words: 'canary-words' }, { Authorization: 'Bearer canary-token' });
  await expect.poll(() => store.lines.length).toBe(2);
  expect(store.lines[0]?.fields).toMatchObject({
    request_id: 'till-1.42',
    path: '/api/v1/notes',
    status: 200,
    actor_id: 'ana',
  });
  expect(JSON.stringify(store.lines)).not.toMatch(/canary|limit=3|Bearer/);
});

test('a full disk is 503 with a time to come back, and reading goes on', async () => {
  const { sqlite } = store.core.connection();
  sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`);
  const notes = Array.from({ length: 40 }, (_, index) => post({ words: `${index} ${'x'.repeat(35)}` }));
  const full = (await Promise.all(notes)).filter(({ status }) => status !== 201);
  expect(full.length).toBeGreaterThan(0);
  for (const { status, body, headers } of full) {
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'STORE_READ_ONLY', '2']);
  }
  expect((await ask(store, '/api/v1/notes')).status).toBe(200);
  expect((await post({ words: 'after' })).status).toBe(201);
});

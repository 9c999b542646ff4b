import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, openToyStore, type ToyStore } from './toy-store.fixture.ts';

let store: ToyStore;

beforeEach(async () => {
  store = await openToyStore();
});
afterEach(() => store.close());

const older = '/api/v1/older/notes';
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  ask(store, path, { method: 'POST', json, headers });
const keyed = (key: string, json: unknown) => post('/api/v1/notes', json, { 'Idempotency-Key': key });

/** Sends a request and hangs up without waiting for the answer; resolves once it has hung up. */
const hangUp = (path: string, json: unknown, { headers = {}, until }: HangUp = {}) =>
  new Promise<void>((resolve) => {
    const body = JSON.stringify(json);
    const lines = Object.entries({
      Host: `127.0.0.1:${store.port}`,
      Authorization: 'Bearer server',
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const goAway = () => {
      socket.destroy();
      resolve();
    };
    const socket = connect(store.port, '127.0.0.1', () => {
      socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, () => {
        if (until === undefined) goAway();
        else void until().then(goAway);
      });
    });
  });

interface HangUp {
  headers?: Record<string, string>;
  /** What it waits for before it hangs up. */
  until?: () => Promise<void>;
}

/** An order of an older app that the server has begun and that takes it longer than the app waits. */
const giveUpOn = async (json: unknown) => {
  const before = store.watch.begun;
  store.watch.prepareMs = 300;
  await hangUp(older, json, { until: () => expect.poll(() => store.watch.begun).toBe(before + 1) });
  store.watch.prepareMs = 0;
};

/** Waits until the request that hung up has been done and is over. */
const over = (count: number) =>
  expect.poll(() => store.lines.filter(({ fields }) => fields['heard'] === false).length).toBe(count);

test('the same key and body is one note and the same answer, status included', async () => {
  const first = await keyed('tap-1', { words: 'once' });
  const again = await keyed('tap-1', { words: 'once' });
  expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  expect(again.body).toEqual(first.body);
  expect(store.notes()).toEqual(['once']);
});

test('the same key for something else is refused, whether the other was done or refused', async () => {
  await keyed('tap-2', { words: 'one' });
  const other = await keyed('tap-2', { words: 'two' });
  expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  expect((await keyed('tap-2', { words: '' })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  await keyed('tap-3', { words: '' });
  expect((await keyed('tap-3', { words: 'corrected' })).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('a refusal that stays a refusal is repeated word for word, one that may pass is asked anew', async () => {
  for (const words of ['', 'missing']) {
    const first = await keyed(`final-${words}`, { words });
    const again = await keyed(`final-${words}`, { words });
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(first.status);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  }
  const first = await keyed('passing', { words: 'sold out' });
  const again = await keyed('passing', { words: 'sold out' });
  expect(again.headers.get('idempotency-replayed')).toBeNull();
  expect(again.body.error.details.error_id).not.toBe(first.body.error.details.error_id);
});

test('keys are the device’s own, else the person’s', async () => {
  const as = (headers: Record<string, string>) =>
    post('/api/v1/notes', { words: 'mine' }, { 'Idempotency-Key': 'k', ...headers });
  await as({});
  await as({ Authorization: 'Bearer manager' });
  await as({ 'X-Device-Token': 'till-1' });
  const sameDevice = await as({ 'X-Device-Token': 'till-1', Authorization: 'Bearer manager' });
  expect(sameDevice.headers.get('idempotency-replayed')).toBe('true');
  expect(store.notes()).toHaveLength(3);
});

test('keys that cannot be keys are refused', async () => {
  for (const headers of [
    { 'Idempotency-Key': 'a b' },
    { 'Idempotency-Key': 'x'.repeat(201) },
    { 'Idempotency-Key': '' },
    { 'Idempotency-Key': 'one', 'X-Idempotency-Key': 'two' },
  ]) {
    const { status, body } = await post('/api/v1/notes', { words: 'a' }, headers as Record<string, string>);
    expect([status, body.error.code]).toEqual([400, 'INVALID_IDEMPOTENCY_KEY']);
  }
  expect(
    (await post('/api/v1/notes', { words: 'a' }, { 'Idempotency-Key': 'k', 'X-Idempotency-Key': 'k' })).status,
  ).toBe(201);
});

test('two to twenty copies at once are one note each, a hundred times over', async () => {
  store.watch.prepareMs = 2;
  const keys = Array.from({ length: 100 }, (_, n) => ({ n, copies: 2 + (n % 19) }));
  const answers = await Promise.all(
    keys.flatMap(({ n, copies }) => Array.from({ length: copies }, () => keyed(`copies-${n}`, { words: `note ${n}` }))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(100);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(100);
  expect(store.notes()).toHaveLength(100);
});

test('a keyed answer that was lost on the way is there for whoever asks again', async () => {
  store.watch.prepareMs = 20;
  for (let n = 0; n < 20; n += 1) {
    const headers = { 'Idempotency-Key': `lost-${n}` };
    const until = () => expect.poll(() => store.watch.begun).toBe(n + 1);
    await hangUp('/api/v1/notes', { words: `lost ${n}` }, { headers, until });
  }
  await expect.poll(() => store.notes().length).toBe(20);
  for (let n = 0; n < 20; n += 1) {
    const again = await keyed(`lost-${n}`, { words: `lost ${n}` });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  }
  expect(store.notes()).toHaveLength(20);
});

test('a keyed request whose sender is gone before it is begun is not begun, so it cannot come after its own repeat', async () => {
  for (let n = 0; n < 20; n += 1) {
    await hangUp('/api/v1/notes', { words: `gone ${n}` }, { headers: { 'Idempotency-Key': `gone-${n}` } });
  }
  await over(20);
  expect(store.watch.begun).toBe(0);
  expect(store.notes()).toEqual([]);
  expect((await keyed('gone-0', { words: 'gone 0' })).headers.get('idempotency-replayed')).toBeNull();
});

test('an older app that hung up before its answer gets that answer when it sends the same again', async () => {
  await giveUpOn({ words: 'table 4' });
  await over(1);
  await expect.poll(() => store.notes()).toEqual(['table 4']);
  const again = await post(older, { words: 'table 4' });
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  expect(store.notes()).toEqual(['table 4']);
});

test('an older app that asks again while its first request is still running waits for that one', async () => {
  await giveUpOn({ words: 'slow' });
  const again = await post(older, { words: 'slow' });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(store.notes()).toEqual(['slow']);
});

test('two guests who order the same are two orders, and the second one is marked for a look', async () => {
  await post(older, { words: 'two teas' });
  await post(older, { words: 'two teas' });
  expect(store.notes()).toHaveLength(2);
  expect(store.watch.looksRepeated).toEqual([false, true]);
  await giveUpOn({ words: 'two teas' });
  await over(1);
  // The one that was not heard is given out once; after that the guest at the next table is a new order.
  expect((await post(older, { words: 'two teas' })).headers.get('idempotency-replayed')).toBe('true');
  expect((await post(older, { words: 'two teas' })).headers.get('idempotency-replayed')).toBeNull();
  expect(store.notes()).toHaveLength(4);
});

test('an older app that hangs up and asks again at once has its order once, fifty times over', async () => {
  for (let n = 0; n < 50; n += 1) {
    await hangUp(older, { words: `round ${n}` });
    if (n % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    expect((await post(older, { words: `round ${n}` })).status).toBe(201);
  }
  expect(store.notes()).toHaveLength(50);
});

test('two guests at once are two orders, even while neither has been answered', async () => {
  store.watch.prepareMs = 30;
  const both = await Promise.all([post(older, { words: 'at once' }), post(older, { words: 'at once' })]);
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(2);
});

test('somebody else’s unheard answer is nobody’s but theirs, and a refusal is asked anew without a mark', async () => {
  await giveUpOn({ words: 'mine' });
  await over(1);
  const other = await post(older, { words: 'mine' }, { Authorization: 'Bearer manager' });
  expect(other.headers.get('idempotency-replayed')).toBeNull();
  await post(older, { words: 'sold out' });
  await post(older, { words: 'sold out' });
  store.watch.looksRepeated.length = 0;
  await post(older, { words: 'fresh' });
  expect(store.watch.looksRepeated).toEqual([false]);
});

test('a key made from the order’s content proves nothing alone, but does with the mark of the order', async () => {
  const content = { 'X-Idempotency-Key': 'ab'.repeat(32) };
  await post(older, { words: 'same' }, content);
  await post(older, { words: 'same' }, content);
  expect(store.notes()).toHaveLength(2);
  const marked = (localId: string) => post(older, { words: 'same', localId }, content);
  await marked('temp_order_1');
  expect((await marked('temp_order_1')).headers.get('idempotency-replayed')).toBe('true');
  expect((await marked('temp_order_2')).status).toBe(201);
  expect(store.notes()).toHaveLength(4);
  // Everybody else's keys mean what they say, on the older paths too.
  const own = { 'Idempotency-Key': 'tap' };
  await post(older, { words: 'keyed' }, own);
  expect((await post(older, { words: 'keyed' }, own)).headers.get('idempotency-replayed')).toBe('true');
});

test('a client that keeps its connection hears every answer once', async () => {
  const body = JSON.stringify({ words: 'calm' });
  const headers = { Authorization: 'Bearer server', 'Content-Type': 'application/json' };
  for (let n = 0; n < 3; n += 1) {
    const status = await new Promise((resolve, reject) => {
      const sent = request({ port: store.port, path: older, method: 'POST', headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      sent.on('error', reject);
      sent.end(body);
    });
    expect(status).toBe(201);
  }
  expect(store.notes()).toHaveLength(3);
});

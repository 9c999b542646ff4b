import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openToyStore, RESTAURANT, type ToyStore } from './toy-store.fixture.ts';

let store: ToyStore;

beforeAll(async () => {
  store = await openToyStore();
});
afterAll(() => store.close());

const line = (text: string) => text.replace(/[\r\n]/g, ' ');
const latin = fc.string({
  unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
const path = fc.oneof(
  { arbitrary: fc.constantFrom('/api/v1/notes', '/api/v1/older/notes'), weight: 4 },
  {
    arbitrary: fc.constantFrom(
      '/api/v1/notes/recent',
      `/api/v1/restaurants/${RESTAURANT}/hours`,
      '/api/v1/notes/%',
      '/api/v1/notes/%00',
      '/api/v1/notes/%ff',
      '//',
      '/..%2f..%2fetc/passwd',
      '*',
      '/api/v1/notes?limit=1&limit=2&__proto__=1',
      '/api/v1/notes?limit=%00',
      'http://localhost/health',
    ),
    weight: 2,
  },
  { arbitrary: latin.map((text) => `/api/v1/notes/${text.replaceAll(' ', '')}`), weight: 1 },
);
const header: fc.Arbitrary<[string, string]> = fc.tuple(
  fc.constantFrom(
    'Authorization',
    'X-Device-Token',
    'Idempotency-Key',
    'X-Idempotency-Key',
    'X-Approval-Id',
    'X-Occurred-At',
    'X-Restaurant-Id',
    'X-Request-Id',
    'Origin',
    'Content-Type',
    'Content-Encoding',
    'Accept',
    'Range',
    'Expect',
    'If-None-Match',
  ),
  fc.oneof(
    latin.map(line),
    fc.constantFrom('Bearer server', 'application/json', 'gzip', 'null', '1e999', 'a'.repeat(300)),
  ),
);
const json = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc
    .record({ words: fc.jsonValue(), quantity: fc.jsonValue(), lines: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
  fc
    .record({ words: fc.string({ minLength: 1, maxLength: 40 }), quantity: fc.integer({ min: 0, max: 9 }) })
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '',
    '{',
    '[',
    '"',
    'nul',
    '{"__proto__":1}',
    '{"words":"\\ud800"}',
    '1e999',
    `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`,
  ),
  latin,
);
const request = fc.record({
  method: fc.constantFrom(
    'GET',
    'POST',
    'POST',
    'POST',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'HEAD',
    'OPTIONS',
    'TRACE',
    'PROPFIND',
  ),
  path,
  signedIn: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  headers: fc.array(header, { maxLength: 3 }),
  body: json,
});

/** Sends one request as bytes and gives the status line back; null if the server let go without a word. */
function send({ method, path: at, signedIn, headers, body }: OddRequest): Promise<string | null> {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const own = signedIn ? 'Authorization: Bearer server\r\nContent-Type: application/json\r\n' : '';
  const length = `Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n`;
  const text = `${method} ${at} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${own}${lines}${length}\r\n${body}`;
  return new Promise((resolve, reject) => {
    const socket = connect(store.port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let got = '';
    socket.setTimeout(5000, () => socket.destroy(new Error(`no answer in five seconds to ${JSON.stringify(text)}`)));
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
    });
    socket.on('error', (error) =>
      (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? resolve(null) : reject(error),
    );
    socket.on('end', () => resolve(got === '' ? null : (got.split('\r\n', 1)[0] ?? null)));
  });
}
type OddRequest = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

test('whatever comes, nothing is a mistake of ours, nothing hangs, and the next guest is served', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 10, maxLength: 10 }), async (batch) => {
      for (const status of await Promise.all(batch.map(send))) {
        const code = status?.slice(9, 12) ?? 'none';
        seen.set(code, (seen.get(code) ?? 0) + 1);
        expect(code, String(status)).toMatch(/^[1-4]\d\d$/);
      }
    }),
    { numRuns: 100, seed: 20250618 },
  );
  expect((await fetch(`${store.url}/health`)).status).toBe(200);
  expect(store.lines.filter(({ level }) => level === 'error')).toEqual([]);
  // Blind if everything were refused at the door.
  const missing = ['200', '201', '400', '401', '404', '405', '415', '422'].filter((code) => !seen.has(code));
  expect(missing, JSON.stringify([...seen])).toEqual([]);
});

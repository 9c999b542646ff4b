import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../db/cluster.fixture.ts';
import { openRelay, type TestRelay } from '../relay.fixture.ts';

/** The answer was lost on its way, and the console sends the same again with the same key. */

let at: TestRelay;
let token: string;
beforeAll(async () => {
  at = await openRelay();
  token = await at.signIn();
});
afterAll(() => at?.stop());

const kim = { email: 'kim@platform.test', name: 'Kim', role: 'viewer', password: 'kims-password' };
async function send(path: string, body: object, key: string | null, as = token, headers: object = {}) {
  const response = await fetch(new URL(`/api/v1/platform/${path}`, at.relay.url), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${as}`,
      ...(key === null ? {} : { 'Idempotency-Key': key }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { data, error } = JSON.parse(text);
  return {
    status: response.status,
    replayed: response.headers.get('idempotency-replayed'),
    data,
    code: error?.code,
    text,
  };
}
const unused = async () => (await at.call('GET /api/v1/platform/claim-codes', { token })).data.length as number;

test('somebody is added once, however often it is sent, and hears the same each time', async () => {
  const first = await send('users', kim, 'add-kim');
  expect(first).toMatchObject({ status: 201, replayed: null, data: { email: kim.email } });
  const again = await send('users', kim, 'add-kim');
  expect(again).toMatchObject({ status: 201, replayed: 'true' });
  expect(again.text).toBe(first.text);
  // Without the key, or with another, it is another wish.
  expect(await send('users', kim, null)).toMatchObject({ status: 409, code: 'CONFLICT' });
  expect(await send('users', kim, 'add-kim-2')).toMatchObject({ status: 409, code: 'CONFLICT' });
});

test('one tap makes one claim code, also when two copies arrive at once', async () => {
  const before = await unused();
  const made = await Promise.all([1, 2, 3].map(() => send('claim-codes', {}, 'make-code')));
  expect(new Set(made.map(({ data }) => data.code)).size).toBe(1);
  expect(made.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(await unused()).toBe(before + 1);
  expect((await send('claim-codes', {}, 'make-another')).data.code).not.toBe(made[0]?.data.code);
});

test('a key belongs to one request of one person', async () => {
  await send('users', { ...kim, email: 'lee@platform.test' }, 'add-lee');
  const other = await send('users', { ...kim, email: 'max@platform.test' }, 'add-lee');
  expect(other).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await send('claim-codes', {}, 'add-lee')).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  const theirs = await at.otherOwner('somebody@else.test');
  expect(await send('claim-codes', {}, 'add-lee', theirs)).toMatchObject({ status: 201, replayed: null });
});

test('what was refused has not happened: it may be put right under the same key', async () => {
  expect(await send('users', { ...kim, role: 'owner' }, 'refused')).toMatchObject({ status: 409, replayed: null });
  expect(await send('users', { ...kim, email: 'nia@platform.test' }, 'refused')).toMatchObject({ status: 201 });
});

test('a key that is none is refused before anything is done', async () => {
  const before = await unused();
  expect(await send('claim-codes', {}, 'a b')).toMatchObject({ status: 400, code: 'INVALID_IDEMPOTENCY_KEY' });
  const two = await send('claim-codes', {}, 'one', token, { 'X-Idempotency-Key': 'two' });
  expect(two).toMatchObject({ status: 400, code: 'INVALID_IDEMPOTENCY_KEY' });
  expect(await unused()).toBe(before);
});

test('after a week a key is a new one; and neither key nor code can be read in the database', async () => {
  const first = await send('claim-codes', {}, 'an-old-key');
  const rows = () => asOwner<{ row: string }>(at.databaseUrl, 'SELECT r::text AS row FROM receipt r');
  expect((await rows()).length).toBeGreaterThan(5);
  const kept = (await rows()).map(({ row }) => Buffer.from(row).toString() + bytesIn(row)).join('\n');
  expect(kept).not.toContain('an-old-key');
  expect(kept).not.toContain(first.data.code);
  at.clock.set(at.clock.now() + 8 * 24 * 3_600_000);
  const later = await at.signIn();
  expect(await send('claim-codes', {}, 'an-old-key', later)).toMatchObject({ status: 201, replayed: null });
  // The old ones of this owner are gone; another owner's are swept when that one comes back.
  expect(await rows()).toHaveLength(2);
});

/** The byte columns of a row as text. */
const bytesIn = (row: string): string =>
  [...row.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(' ');

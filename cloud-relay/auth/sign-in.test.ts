import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { asOwner } from '../db/cluster.fixture.ts';
import { NOON, openRelay, type TestRelay } from '../relay.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
/** Each test has a day of its own: what was guessed wrong in one is over in the next. */
let now = NOON;
beforeEach(() => {
  now += 86_400_000;
  at.clock.set(now);
});
afterAll(() => at?.stop());

const owner = { email: 'owner@platform.test', password: 'demo-platform-1' };
const login = (body: unknown) => at.call('POST /api/v1/auth/login', { body });
const me = (token: string) => at.call('GET /api/v1/auth/me', { token });

test('the owner signs in, is known, and signs out', async () => {
  const { status, data } = await login({ ...owner, email: ' Owner@Platform.test ' });
  expect([status, data.token_type, data.expires_in]).toEqual([200, 'bearer', 900]);
  expect(data.user).toMatchObject({ email: owner.email, role: 'owner', is_active: true });
  expect((await me(data.access_token)).data).toEqual(data.user);
  await at.call('POST /api/v1/auth/logout', { body: {}, token: data.access_token });
  expect(await me(data.access_token)).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  expect(await at.call('POST /api/v1/auth/refresh', { body: { refresh_token: data.refresh_token } })).toMatchObject({
    status: 401,
  });
});

test('the answer stands in the envelope and beside it', async () => {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(owner) };
  const answer = await fetch(new URL('api/v1/auth/login', at.relay.url), init);
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ success: true, error: null, access_token: expect.any(String) });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a wrong password and an unknown name sound the same, and guessing is slowed down', async () => {
  const wrong = { ...owner, password: 'guess' };
  expect(await login({ email: 'nobody@platform.test', password: 'guess' })).toMatchObject({
    code: 'INVALID_CREDENTIALS',
  });
  for (let n = 0; n < 10; n += 1)
    expect(await login(wrong)).toMatchObject({ status: 401, code: 'INVALID_CREDENTIALS' });
  expect(await login(owner)).toMatchObject({ status: 429, details: { retry_after_seconds: 900 } });
  at.clock.set(now + 15 * 60_000 + 1);
  expect((await login(owner)).status).toBe(200);
});

test('a token lasts a quarter of an hour and is refreshed with a token that is good once', async () => {
  const { data } = await login(owner);
  at.clock.set(now + 15 * 60_000);
  expect(await me(data.access_token)).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
  const again = await at.call('POST /api/v1/auth/refresh', { body: { refresh_token: data.refresh_token } });
  expect(again.status).toBe(200);
  expect((await me(again.data.access_token)).status).toBe(200);
  // The first one comes again: somebody copied it, so the sign-in ends for both.
  const copied = await at.call('POST /api/v1/auth/refresh', { body: { refresh_token: data.refresh_token } });
  expect(copied).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  expect((await me(again.data.access_token)).status).toBe(401);
  for (const refresh_token of ['nonsense', `${at.ids.next()}.${'A'.repeat(43)}`])
    expect((await at.call('POST /api/v1/auth/refresh', { body: { refresh_token } })).status).toBe(401);
});

test('a sign-in ends for good after sixteen hours', async () => {
  const { data } = await login(owner);
  at.clock.set(now + 16 * 3_600_000);
  expect((await at.call('POST /api/v1/auth/refresh', { body: { refresh_token: data.refresh_token } })).status).toBe(
    401,
  );
});

test('forged and altered tokens open nothing', async () => {
  const token = await at.signIn();
  const [head = '', claims = '', signature = ''] = token.split('.');
  const say = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const forged = [
    `${say({ alg: 'none', typ: 'at+jwt' })}.${claims}.`,
    `${say({ alg: 'HS256', typ: 'at+jwt' })}.${claims}.${signature}`,
    `${head}.${say({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), tid: at.ids.next() })}.${signature}`,
    `${head}.${claims}.`,
    `${head}.${claims}.${signature.slice(0, -4)}AAAA`,
    'x'.repeat(3000),
  ];
  for (const one of forged) expect(await me(one)).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  expect(await at.call('GET /api/v1/auth/me')).toMatchObject({ status: 401, code: 'AUTHENTICATION_ERROR' });
});

test('whoever is no longer active, or has another role, notices at the next request', async () => {
  const token = await at.otherOwner('viewer@platform.test');
  const set = (text: string) =>
    asOwner(at.databaseUrl, `UPDATE person SET ${text} WHERE email = 'viewer@platform.test'`);
  await set("role = 'viewer'");
  expect((await at.call('GET /api/v1/platform/dashboard', { token })).status).toBe(200);
  expect(await at.call('POST /api/v1/platform/claim-codes', { body: {}, token })).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
  });
  await set('active = false');
  expect(await me(token)).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  expect(await login({ email: 'viewer@platform.test', password: 'another-password' })).toMatchObject({ status: 401 });
});

test('what is no request of ours is refused in the same form', async () => {
  expect(await at.call('GET /api/v1/nothing')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(await at.call('DELETE /api/v1/auth/login')).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  expect(await login({ email: 'a@b.c' })).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
  const bad = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{' };
  expect((await fetch(new URL('api/v1/auth/login', at.relay.url), bad)).status).toBe(400);
  const token = await at.signIn();
  const path = '/api/v1/platform/analytics';
  for (const query of [
    '',
    '?from=2025-01-01',
    '?from=2025-01-02&to=2025-01-01',
    '?from=2020-01-01&to=2025-01-01',
    '?from=x&to=y',
  ])
    expect((await at.call(`GET ${path}${query}`, { token })).status).toBe(422);
  expect(await at.call(`GET ${path}?from=2025-01-01&to=2025-01-02&tenant_id=1`, { token })).toMatchObject({
    code: 'UNKNOWN_FIELD',
  });
  expect(await at.call(`GET ${path}?from=2025-01-01&from=2025-01-02`, { token })).toMatchObject({ status: 422 });
});

test('passwords and tokens are in no log and not in the database', async () => {
  const { data } = await login(owner);
  const everything = await asOwner(
    at.databaseUrl,
    `SELECT (SELECT json_agg(p) FROM person p)::text || (SELECT json_agg(r) FROM refresh_token r)::text AS text`,
  );
  const heard = JSON.stringify(everything) + at.logged.join('\n');
  for (const secret of [owner.password, data.refresh_token, data.access_token]) expect(heard).not.toContain(secret);
});

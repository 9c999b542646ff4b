import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../relay.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
afterAll(() => at?.stop());

const login = async (email: string, password: string) =>
  (await at.call('POST /api/v1/auth/login', { body: { email, password } })).data?.access_token as string;

test('an owner adds people, gives them roles, and lets them go', async () => {
  const token = await at.signIn();
  const kim = { email: 'Kim@platform.test', name: 'Kim', role: 'viewer', password: 'kims-password' };
  const added = await at.call('POST /api/v1/platform/users', { body: kim, token });
  expect(added).toMatchObject({ status: 201, data: { email: 'kim@platform.test', role: 'viewer', is_active: true } });
  const path = `/api/v1/platform/users/${added.data.id}`;
  const kims = await login(kim.email, kim.password);
  expect((await at.call('GET /api/v1/platform/dashboard', { token: kims })).status).toBe(200);
  expect((await at.call('GET /api/v1/platform/users', { token: kims })).status).toBe(403);
  expect((await at.call('POST /api/v1/platform/users', { body: kim, token: kims })).status).toBe(403);

  await at.call(`PUT ${path}`, { body: { role: 'manager' }, token });
  const people = (await at.call('GET /api/v1/platform/users', { token: kims })).data;
  expect(people.map(({ name, role }: { name: string; role: string }) => [name, role])).toEqual([
    ['Demo Owner', 'owner'],
    ['Kim', 'manager'],
  ]);
  await at.call(`PUT ${path}`, { body: { password: 'another-password' }, token });
  expect((await at.call('GET /api/v1/auth/me', { token: kims })).status).toBe(401);
  expect(await login(kim.email, kim.password)).toBeUndefined();
  expect(await login(kim.email, 'another-password')).toBeDefined();
  await at.call(`PUT ${path}`, { body: { is_active: false }, token });
  expect(await login(kim.email, 'another-password')).toBeUndefined();
});

test('what cannot be is refused', async () => {
  const token = await at.signIn();
  const me = (await at.call('GET /api/v1/auth/me', { token })).data;
  const put = (id: string, body: unknown, as = token) =>
    at.call(`PUT /api/v1/platform/users/${id}`, { body, token: as });
  for (const body of [{ role: 'viewer' }, { is_active: false }])
    expect(await put(me.id, body)).toMatchObject({ status: 409, code: 'ILLEGAL_TRANSITION' });
  expect((await at.call('GET /api/v1/auth/me', { token })).data).toMatchObject({ role: 'owner' });
  const twin = { email: 'owner@platform.test', name: 'Twin', role: 'owner', password: 'long-enough' };
  expect(await at.call('POST /api/v1/platform/users', { body: twin, token })).toMatchObject({ status: 409 });
  const stranger = await at.otherOwner('stranger@platform.test');
  expect(await at.call('POST /api/v1/platform/users', { body: twin, token: stranger })).toMatchObject({ status: 409 });
  expect(await put(me.id, { name: 'Mine now' }, stranger)).toMatchObject({ status: 404 });
  expect(await put(at.ids.next(), { name: 'Nobody' })).toMatchObject({ status: 404 });
  const weak = { ...twin, email: 'weak@platform.test', password: 'short' };
  expect(await at.call('POST /api/v1/platform/users', { body: weak, token })).toMatchObject({ status: 422 });
  expect(await put(me.id, { tenant_id: me.id })).toMatchObject({ status: 422, code: 'UNKNOWN_FIELD' });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ask, openStaffedStore, passwordOf, people, type StaffedStore, type Who } from './staff.fixture.ts';

let store: StaffedStore;
const tokens = {} as Record<Who, string>;
beforeEach(async () => {
  store = await openStaffedStore();
  for (const who of Object.keys(people) as Who[]) tokens[who] = await store.token(who);
});
afterEach(() => store.close());

const as = (who: Who, method: string, path: string, json?: unknown, more: Ask = {}) =>
  store.ask(method, path, { token: tokens[who], ...(json === undefined ? {} : { json }), ...more });
const outcome = ({
  status,
  body,
}: {
  status: number;
  body: { error?: { code: string; field: string | null } | null };
}) => [status, body.error?.code ?? 'ok', body.error?.field ?? null];

test('a manager adds somebody, who can sign in at once', async () => {
  const { status, body } = await as('manager', 'POST', '/staff', {
    first_name: 'Ana',
    last_name: 'Pereira',
    email: 'Ana@Demo.test',
    role: 'employee',
    preset: 'server',
    pin: '7391',
    password: 'ana-long-password',
  });
  expect(status).toBe(201);
  expect(body.data).toEqual({
    id: expect.any(String),
    alias: 5,
    first_name: 'Ana',
    last_name: 'Pereira',
    name: 'Ana P.',
    email: 'ana@demo.test',
    role: 'employee',
    preset: 'server',
    is_active: true,
    has_pin: true,
    has_password: true,
    created_at: '2025-06-18T19:30:00.000Z',
  });
  const device = await store.device();
  const signedIn = await store.ask('POST', '/auth/pin', { json: { user_id: 5, pin: '7391' }, device: device.token });
  expect([signedIn.status, signedIn.body.user.id]).toEqual([200, body.id]);
  expect(
    store.facts().find(({ kind, body: said }) => kind === 'staff.added' && said.staff_id === body.id)?.body,
  ).toEqual({
    staff_id: body.id,
    role: 'employee',
    preset: 'server',
  });
});

test('the list shows that there is a PIN, never the PIN or its hash, and only to managers', async () => {
  const { body } = await as('manager', 'GET', '/staff');
  expect(body.staff).toHaveLength(4);
  expect(JSON.stringify(body)).not.toMatch(/argon2|hash|482913/);
  expect(outcome(await as('server', 'GET', '/staff'))).toEqual([403, 'FORBIDDEN', null]);
});

const person = { first_name: 'New', role: 'employee', preset: 'server' };
test.each([
  ['a role above their own', { ...person, role: 'restaurant_owner', preset: null }, [403, 'FORBIDDEN', null]],
  ['an employee without a job', { ...person, preset: null }, [422, 'VALIDATION_ERROR', 'preset']],
  ['a manager with a server’s job', { ...person, role: 'manager' }, [422, 'VALIDATION_ERROR', 'preset']],
  ['a role that does not exist', { ...person, role: 'god' }, [422, 'VALIDATION_ERROR', 'role']],
  ['an e-mail that is taken', { ...person, email: 'OWNER@demo.test' }, [409, 'CONFLICT', 'email']],
  ['an e-mail that is none', { ...person, email: 'not an address' }, [422, 'VALIDATION_ERROR', 'email']],
  ['a PIN of one digit four times', { ...person, pin: '1111' }, [422, 'VALIDATION_ERROR', 'pin']],
  ['a PIN in a row', { ...person, pin: '1234' }, [422, 'VALIDATION_ERROR', 'pin']],
  ['a PIN in a row downwards', { ...person, pin: '9876' }, [422, 'VALIDATION_ERROR', 'pin']],
  ['a PIN in a row over nine', { ...person, pin: '7890' }, [422, 'VALIDATION_ERROR', 'pin']],
  ['a PIN that repeats', { ...person, pin: '4747' }, [422, 'VALIDATION_ERROR', 'pin']],
  ['a PIN with letters', { ...person, pin: '24a8' }, [422, 'VALIDATION_ERROR', 'pin']],
  [
    'a short PIN for a manager',
    { ...person, role: 'manager', preset: null, pin: '2468' },
    [422, 'VALIDATION_ERROR', 'pin'],
  ],
  ['a short password', { ...person, password: 'short' }, [422, 'VALIDATION_ERROR', 'password']],
  ['the first password anybody tries', { ...person, password: 'Password' }, [422, 'VALIDATION_ERROR', 'password']],
  ['a field that decides too much', { ...person, is_admin: true }, [422, 'UNKNOWN_FIELD', 'is_admin']],
  ['an id of their own choice', { ...person, id: 'x' }, [422, 'UNKNOWN_FIELD', 'id']],
])('a manager cannot add %s', async (_, json, expected) => {
  const before = store.core().head().seq;
  const answer = await as('manager', 'POST', '/staff', json);
  expect(outcome(answer)).toEqual(expected);
  expect(JSON.stringify(answer.body)).not.toMatch(/1234|1111|9876|7890|4747|24a8|Password"/);
  expect(store.core().head().seq).toBe(before);
});

test.each([
  ['PATCH', '', { first_name: 'X' }],
  ['PUT', '/pin', { pin: '864213' }],
  ['PUT', '/password', { password: 'another-long-one' }],
])('a manager cannot touch the owner: %s staff/:id%s', async (method, path, json) => {
  expect(outcome(await as('manager', method, `/staff/${store.staff.owner}${path}`, json))).toEqual([
    403,
    'FORBIDDEN',
    null,
  ]);
});

test.each(['server', 'cook'] as const)('a %s administers nobody', async (who) => {
  const own = store.staff[who];
  for (const [method, path, json] of [
    ['POST', '/staff', person],
    ['PATCH', `/staff/${own}`, { role: 'manager' }],
    ['PUT', `/staff/${own}/pin`, { pin: '8642' }],
    ['PUT', `/staff/${own}/password`, { password: 'another-long-one' }],
    ['POST', `/staff/${own}/unlock`, undefined],
    ['POST', '/devices/codes', undefined],
    ['GET', '/devices', undefined],
    ['DELETE', `/devices/${own}`, undefined],
    ['POST', `/devices/${own}/unlock`, undefined],
  ] as const) {
    expect([path, ...outcome(await as(who, method, path, json))]).toEqual([path, 403, 'FORBIDDEN', null]);
  }
});

test('nobody can lock out the last owner, and a second one can take over', async () => {
  const own = `/staff/${store.staff.owner}`;
  for (const change of [{ is_active: false }, { role: 'manager' }]) {
    const refused = await as('owner', 'PATCH', own, change);
    expect([...outcome(refused), refused.body.error.details.reason]).toEqual([
      409,
      'ILLEGAL_TRANSITION',
      null,
      'last_owner',
    ]);
  }
  const second = { first_name: 'Second', email: 'second@demo.test', role: 'restaurant_owner' };
  expect((await as('owner', 'POST', '/staff', second)).status).toBe(201);
  expect((await as('owner', 'PATCH', own, { role: 'manager' })).status).toBe(200);
});

test('a promotion takes away the job and the short PIN and ends the sign-ins', async () => {
  const promoted = await as('owner', 'PATCH', `/staff/${store.staff.server}`, { role: 'manager' });
  expect(promoted.body.data).toMatchObject({ role: 'manager', preset: null, has_pin: false });
  expect(outcome(await as('server', 'GET', '/auth/me'))).toEqual([401, 'TOKEN_INVALID', null]);
  expect(store.facts().at(-1)).toEqual({
    kind: 'staff.changed',
    body: { staff_id: store.staff.server, changed: ['role', 'preset'], sessions_ended: true },
  });
});

test('a change of name ends nothing, and a change to the same tells nobody', async () => {
  const before = store.core().head().seq;
  await as('manager', 'PATCH', `/staff/${store.staff.server}`, { first_name: 'Sam' });
  expect(store.core().head().seq).toBe(before);
  const renamed = await as('manager', 'PATCH', '/staff/3', { first_name: 'Samuel', email: null });
  expect(renamed.body.data).toMatchObject({ first_name: 'Samuel', email: null });
  expect((await as('server', 'GET', '/auth/me')).status).toBe(200);
});

test('a new PIN or password works at once, the old one no longer, and other sign-ins end but not the own', async () => {
  const device = await store.device();
  await as('manager', 'PUT', `/staff/${store.staff.server}/pin`, { pin: '8642' });
  expect((await as('server', 'GET', '/auth/me')).status).toBe(401);
  expect((await store.pin('server', device.token)).status).toBe(401);
  store.clock.pass(1000);
  expect((await store.pin('server', device.token, '8642')).status).toBe(200);

  await as('manager', 'PUT', `/staff/${store.staff.manager}/password`, { password: 'another-long-one' });
  expect((await as('manager', 'GET', '/auth/me')).status).toBe(200);
  const login = (password: string) => store.ask('POST', '/auth/login', { json: { email: 'manager', password } });
  expect((await login(passwordOf('manager'))).status).toBe(401);
  expect((await login('another-long-one')).status).toBe(200);
});

test('somebody who is not there is not found', async () => {
  for (const id of ['0190a000-0000-7000-8000-000000000001', '999']) {
    expect(outcome(await as('manager', 'PATCH', `/staff/${id}`, { first_name: 'X' }))).toEqual([
      404,
      'NOT_FOUND',
      'id',
    ]);
    expect(outcome(await as('manager', 'PUT', `/staff/${id}/pin`, { pin: '8642' }))).toEqual([404, 'NOT_FOUND', 'id']);
    expect(outcome(await as('manager', 'POST', `/staff/${id}/unlock`))).toEqual([404, 'NOT_FOUND', 'id']);
  }
  expect(outcome(await as('manager', 'DELETE', '/devices/0190a000-0000-7000-8000-000000000001'))).toEqual([
    404,
    'NOT_FOUND',
    'id',
  ]);
});

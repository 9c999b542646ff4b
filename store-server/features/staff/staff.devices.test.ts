import { afterEach, expect, test } from 'vitest';
import { ensureSetupCode } from './index.ts';
import { alone, MINUTE, openStaffedStore, passwordOf, type StaffedStore } from './staff.fixture.ts';

let store: StaffedStore;
afterEach(() => store.close());

const register = (code: string, from?: string) =>
  store.ask('POST', '/devices/register', { json: { code, name: 'Bar iPad' }, ...(from === undefined ? {} : { from }) });
const codes = async (): Promise<{ id: string; code: string; expires_at: string }> =>
  (await store.ask('POST', '/devices/codes', { token: await store.token('manager') })).body.data;

test('a device is let in by a manager’s code, once', async () => {
  store = await openStaffedStore();
  const { code, expires_at: until } = await codes();
  expect(code).toMatch(/^[A-HJKMNP-TV-Z2-9]{8}$/);
  expect(until).toBe('2025-06-18T19:40:00.000Z');
  const first = await register(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
  expect([first.status, Object.keys(first.body.data).sort()]).toEqual([201, ['device_id', 'device_token']]);
  const again = await register(code);
  expect([again.status, again.body.error.code]).toEqual([401, 'DEVICE_CODE_WRONG']);
  const { body } = await store.ask('GET', '/devices', { token: await store.token('manager') });
  expect(body.devices).toMatchObject([
    { id: first.body.device_id, name: 'Bar iPad', kind: 'registered', revoked_at: null },
  ]);
});

test('twenty copies of a registration at once register one device', async () => {
  store = await openStaffedStore();
  const { code } = await codes();
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => register(code)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
});

test('a code runs out after ten minutes, and setting the clock back does not make it live longer', async () => {
  store = await openStaffedStore();
  const [one, two] = [await codes(), await codes()];
  store.clock.jump(-MINUTE);
  expect((await register(one.code)).body.error.code).toBe('DEVICE_CODE_WRONG');
  store.clock.jump(MINUTE);
  store.clock.pass(10 * MINUTE);
  expect((await register(two.code)).body.error.code).toBe('DEVICE_CODE_WRONG');
});

test('guessing codes is stopped at that address, across a restart, and nowhere else', async () => {
  store = await openStaffedStore();
  for (let n = 0; n < 10; n += 1) expect((await register(`WRONGX${22 + n}`, '127.0.0.4')).status).toBe(401);
  const { code } = await codes();
  expect((await register(code, '127.0.0.4')).status).toBe(429);
  await store.restart();
  expect((await register(code, '127.0.0.4')).status).toBe(429);
  expect((await register(code, '127.0.0.3')).status).toBe(201);
});

test('a revoked device is out on its next request, its people with it, and the sockets are told', async () => {
  store = await openStaffedStore();
  const device = await store.device();
  const { body } = await store.pin('server', device.token);
  const token = await store.token('manager');
  const revoked = await store.ask('DELETE', `/devices/${device.id}`, { token });
  expect([revoked.status, revoked.body.revoked_at]).toEqual([200, '2025-06-18T19:30:00.000Z']);
  expect((await store.pin('server', device.token)).body.error.code).toBe('DEVICE_NOT_REGISTERED');
  expect((await store.ask('GET', '/auth/me', { token: body.access_token })).status).toBe(401);
  const refreshed = await store.ask('POST', '/auth/refresh', { json: { refresh_token: body.refresh_token } });
  expect(refreshed.status).toBe(401);
  expect(store.facts().at(-1)).toEqual({ kind: 'device.revoked', body: { device_id: device.id } });
  const head = store.core().head().seq;
  expect((await store.ask('DELETE', `/devices/${device.id}`, { token })).status).toBe(200);
  expect(store.core().head().seq).toBe(head);
});

test('the list says who is connected, who was, where PINs are closed, and which of them is asking', async () => {
  const connected = new Set<string>();
  const lastSeen = new Map<string, number>();
  store = await openStaffedStore({ around: { ...alone, connected: () => connected, lastSeen: () => lastSeen } });
  const [bar, patio] = [await store.device('Bar'), await store.device('Patio')];
  connected.add(bar.id);
  lastSeen.set(patio.id, store.clock.now());
  await store.ask('POST', '/auth/login', { json: { email: 'server@demo.test', password: passwordOf('server') } });
  const list = async () =>
    (await store.ask('GET', '/devices', { token: await store.token('manager'), device: bar.token })).body.devices;
  const quiet = { connected: false, last_seen_at: null, pin_locked_until: null, is_this_one: false };
  expect(await list()).toMatchObject([
    { ...quiet, id: bar.id, connected: true, is_this_one: true },
    { ...quiet, id: patio.id, last_seen_at: '2025-06-18T19:30:00.000Z' },
    // An older iPad needs no line, so whether it is there nobody knows.
    { ...quiet, kind: 'legacy', address: '127.0.0.1', connected: null },
  ]);
  // Five wrong PINs for each of four people, which is as many as a device is given within an hour.
  for (let round = 0; round < 5; round += 1) {
    for (const who of ['owner', 'manager', 'server', 'cook'] as const) await store.pin(who, patio.token, '0000');
    store.clock.pass(MINUTE);
  }
  expect(await list()).toMatchObject([
    { pin_locked_until: null },
    { pin_locked_until: '2025-06-18T20:34:00.000Z' },
    {},
  ]);
  expect((await store.ask('POST', `/devices/${patio.id}/unlock`, { token: await store.token('manager') })).status).toBe(
    200,
  );
  expect((await list())[1].pin_locked_until).toBeNull();
});

test('which codes are still open is told by name, until they are used or run out', async () => {
  store = await openStaffedStore();
  const [one, two] = [await codes(), await codes()];
  const open = async () =>
    (await store.ask('GET', '/devices/codes', { token: await store.token('manager') })).body.codes as { id: string }[];
  expect((await open()).map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
  expect(JSON.stringify(await open())).not.toContain(one.code);
  await register(one.code);
  expect(await open()).toEqual([{ id: two.id, expires_at: two.expires_at }]);
  store.clock.pass(10 * MINUTE);
  expect(await open()).toEqual([]);
});

const setUp = (code: string, more: object = {}) =>
  store.ask('POST', '/setup', {
    json: { code, name: 'Olga María Núñez', email: 'Olga@Anchor.test', password: 'a-long-password', ...more },
  });

test('the first owner signs up with the code from the console, which is then used up', async () => {
  store = await openStaffedStore({ staffed: false });
  const code = await ensureSetupCode(store.core());
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect(store.written()).not.toContain(code);
  expect(store.written()).not.toContain(code?.replaceAll('-', ''));
  const wrong = await setUp('AAAA-BBBB-CCCC');
  expect([wrong.status, wrong.body.error.code]).toEqual([401, 'SETUP_CODE_WRONG']);
  const weak = await setUp(code ?? '', { password: 'password' });
  expect([weak.status, weak.body.error.field]).toEqual([422, 'password']);

  const owner = await setUp((code ?? '').toLowerCase(), { restaurant_name: 'The Anchor' });
  expect(owner.status).toBe(201);
  expect(owner.body.user).toMatchObject({
    first_name: 'Olga María',
    last_name: 'Núñez',
    email: 'olga@anchor.test',
    role: 'restaurant_owner',
  });
  const login = await store.ask('POST', '/auth/login', { json: { email: 'olga', password: 'a-long-password' } });
  expect([login.status, login.body.restaurant.name]).toEqual([200, 'The Anchor']);
  const second = await setUp(code ?? '');
  expect([second.status, second.body.error.code]).toEqual([409, 'CONFLICT']);
  expect(await ensureSetupCode(store.core())).toBeNull();
});

test('each start prints a fresh set-up code and voids the one before', async () => {
  store = await openStaffedStore({ staffed: false });
  const first = await ensureSetupCode(store.core());
  const second = await ensureSetupCode(store.core());
  expect((await setUp(first ?? '')).status).toBe(401);
  expect((await setUp(second ?? '')).status).toBe(201);
});

test('guessing the set-up code is stopped after ten tries', async () => {
  store = await openStaffedStore({ staffed: false });
  const code = await ensureSetupCode(store.core());
  for (let n = 0; n < 10; n += 1) expect((await setUp(`AAAABBBBCC${22 + n}`)).status).toBe(401);
  expect((await setUp(code ?? '')).status).toBe(429);
  store.clock.pass(15 * MINUTE);
  expect((await setUp(code ?? '')).status).toBe(201);
});

import { expect } from 'vitest';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';

/** The stories of a file share one demo store, so each makes the devices and people that it changes. */
const manager = (store: TestStore) => store.signedIn('manager@demo.test', 'demo-manager-1');
const server = (store: TestStore) => store.signedIn('server@demo.test', 'demo-server-1');
const told = ({ status, body }: Reply) => [status, body.error?.code ?? null, body.error?.field ?? null];
const nobody = '0190a000-0000-7000-8000-000000000001';

let made = 0;
async function newDevice(store: TestStore): Promise<{ id: string; client: ApiClient }> {
  made += 1;
  const { code } = await (await manager(store)).must('POST', 'devices/codes');
  const client = store.client();
  const { device_id: id, device_token: token } = await client.must('POST', 'devices/register', {
    code,
    name: `iPad ${made}`,
  });
  client.device = token;
  return { id, client };
}

const PIN = '739164';
const PASSWORD = 'a-long-password';
async function newPerson(store: TestStore, more: object = {}): Promise<{ id: string; email: string }> {
  made += 1;
  const email = `person${made}@demo.test`;
  const json = { first_name: 'New', email, role: 'employee', preset: 'server', pin: PIN, password: PASSWORD, ...more };
  const { id } = await (await manager(store)).must('POST', 'staff', json);
  return { id, email };
}

/** Whatever a manager may do here, a server may not. */
const onlyManagers = async (store: TestStore, method: string, path: string, body?: object) =>
  expect(told(await (await server(store)).ask(method, path, body))).toEqual([403, 'FORBIDDEN', null]);

export const stories = {
  'staff.sign_in': {
    success: async (store: TestStore) => {
      const json = { email: 'server@demo.test', password: 'demo-server-1' };
      const { status, body } = await store.client().post('auth/login', json);
      expect([status, body.success, body.data.token_type, body.access_token]).toEqual([
        200,
        true,
        'bearer',
        body.data.access_token,
      ]);
      expect(body.user).toMatchObject({ role: 'employee', restaurant_id: store.restaurantId, is_active: true });
    },
    badInput: async (store: TestStore) => {
      const login = async (json: object) => told(await store.client().post('auth/login', json));
      expect(await login({ email: 'server@demo.test', password: 'wrong' })).toEqual([401, 'INVALID_CREDENTIALS', null]);
      expect(await login({ email: 'nobody@demo.test', password: 'x' })).toEqual([401, 'INVALID_CREDENTIALS', null]);
      expect(await login({ email: 'server@demo.test' })).toEqual([422, 'VALIDATION_ERROR', 'password']);
      expect(await login({ email: ['a'], password: 'x' })).toEqual([422, 'VALIDATION_ERROR', 'email']);
    },
  },
  'staff.choices': {
    success: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { body } = await client.get('auth/staff');
      expect(body.staff.length).toBeGreaterThanOrEqual(10);
      for (const one of body.staff) expect(Object.keys(one).sort()).toEqual(['id', 'name', 'preset', 'role']);
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('auth/staff'))).toEqual([401, 'DEVICE_NOT_REGISTERED', null]);
      expect(told(await (await manager(store)).get('auth/staff'))).toEqual([401, 'DEVICE_NOT_REGISTERED', null]);
    },
  },
  'staff.sign_in_pin': {
    success: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store);
      const { status, body } = await client.post('auth/pin', { user_id: id, pin: PIN });
      expect([status, body.user.id, body.expires_in]).toEqual([200, id, 900]);
    },
    badInput: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store);
      const pin = async (json: object) => told(await client.post('auth/pin', json));
      expect(await pin({ user_id: id, pin: '24a8' })).toEqual([422, 'VALIDATION_ERROR', 'pin']);
      expect(await pin({ user_id: id, pin: '864213' })).toEqual([401, 'INVALID_CREDENTIALS', null]);
      expect(await pin({ user_id: id, pin: PIN })).toEqual([429, 'RATE_LIMIT_EXCEEDED', null]);
      expect(await pin({ user_id: nobody, pin: PIN })).toEqual([401, 'INVALID_CREDENTIALS', null]);
      const elsewhere = await store.client().post('auth/pin', { user_id: id, pin: PIN });
      expect(told(elsewhere)).toEqual([401, 'DEVICE_NOT_REGISTERED', null]);
    },
  },
  'staff.refresh': {
    success: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store);
      const { refresh_token } = await client.must('POST', 'auth/pin', { user_id: id, pin: PIN });
      const { access_token } = await client.must('POST', 'auth/refresh', { refresh_token });
      client.token = access_token;
      expect((await client.get('auth/me')).body.id).toBe(id);
    },
    badInput: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store);
      const { refresh_token } = await client.must('POST', 'auth/pin', { user_id: id, pin: PIN });
      const refresh = async (json: object) => told(await client.post('auth/refresh', json));
      expect(await refresh({ refresh_token: 'made-up' })).toEqual([401, 'TOKEN_INVALID', null]);
      expect(await refresh({})).toEqual([422, 'VALIDATION_ERROR', 'refresh_token']);
      expect(await refresh({ refresh_token })).toEqual([200, null, null]);
      expect(await refresh({ refresh_token })).toEqual([401, 'TOKEN_INVALID', null]);
    },
  },
  'staff.sign_out': {
    success: async (store: TestStore) => {
      const client = await server(store);
      expect((await client.post('auth/logout')).body).toMatchObject({ success: true, signed_out: true });
      expect(told(await client.get('auth/me'))).toEqual([401, 'TOKEN_INVALID', null]);
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().post('auth/logout'))).toEqual([401, 'AUTHENTICATION_ERROR', null]);
    },
  },
  'staff.me': {
    success: async (store: TestStore) => {
      const { body } = await (await server(store)).get('auth/me');
      expect(body.data).toMatchObject({ email: 'server@demo.test', role: 'employee', platform_id: null });
    },
    badInput: async (store: TestStore) => {
      const me = async (token: string) => told(await store.client().get('auth/me', { token }));
      expect(await me('fake-jwt-token')).toEqual([401, 'TOKEN_INVALID', null]);
      expect(await me('mock_jwt_1_1718000000000')).toEqual([401, 'TOKEN_INVALID', null]);
    },
  },
  'staff.setup_state': {
    success: async (store: TestStore) => {
      const { body } = await store.client().get('setup');
      const known = { restaurant_name: 'The Harbour Kitchen', time_zone: 'Europe/London' };
      expect(body.data).toEqual({ needed: false, kind: 'demo', practice: null, ...known });
      const empty = await openStore({ empty: true });
      try {
        expect((await empty.client().get('setup')).body.data).toMatchObject({ needed: true, kind: 'restaurant' });
      } finally {
        await empty.close();
      }
    },
    badInput: async (store: TestStore) => {
      expect(told(await store.client().get('setup?code=1'))).toEqual([422, 'UNKNOWN_FIELD', 'code']);
    },
  },
  'staff.set_up': {
    success: async () => {
      const store = await openStore({ empty: true });
      try {
        const code = await ensureSetupCode(store.server.core);
        const json = { code, name: 'Olga Owner', email: 'olga@anchor.test', password: PASSWORD };
        // A PIN that anybody would try is refused with everything else, and the code is still good.
        const weak = await store.client().post('setup', { ...json, pin: '123456' });
        expect(told(weak)).toEqual([422, 'VALIDATION_ERROR', 'pin']);
        expect((await store.client().post('setup', { ...json, pin: '294716' })).status).toBe(201);
        const owner = await store.signedIn('olga@anchor.test', PASSWORD);
        expect((await owner.get('auth/me')).body.role).toBe('restaurant_owner');
        const [olga] = (await owner.must('GET', 'staff')) as { has_pin: boolean }[];
        expect(olga?.has_pin).toBe(true);
      } finally {
        await store.close();
      }
    },
    badInput: async (store: TestStore) => {
      const json = { code: 'AAAA-BBBB-CCCC', name: 'Mallory', email: 'mallory@demo.test', password: PASSWORD };
      expect(told(await store.client().post('setup', json))).toEqual([409, 'CONFLICT', null]);
      const admin = await store.client().post('setup', { ...json, role: 'platform_owner' });
      expect(told(admin)).toEqual([422, 'UNKNOWN_FIELD', 'role']);
      const empty = await openStore({ empty: true });
      try {
        await ensureSetupCode(empty.server.core);
        expect(told(await empty.client().post('setup', json))).toEqual([401, 'SETUP_CODE_WRONG', null]);
      } finally {
        await empty.close();
      }
    },
  },
  'approvals.give': {
    success: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store, { role: 'manager', preset: null });
      const waiter = await newPerson(store);
      client.token = (await client.must('POST', 'auth/pin', { user_id: waiter.id, pin: PIN })).access_token;
      const json = { user_id: id, pin: PIN, command: 'orders.void_line', target_id: nobody };
      const { status, body } = await client.post('approvals', json);
      expect([status, Object.keys(body.data).sort()]).toEqual([201, ['approval_id', 'expires_at']]);
    },
    badInput: async (store: TestStore) => {
      const { client } = await newDevice(store);
      const { id } = await newPerson(store);
      client.token = (await client.must('POST', 'auth/pin', { user_id: id, pin: PIN })).access_token;
      const json = { user_id: id, pin: PIN, command: 'orders.void_line', target_id: nobody };
      const approve = async (more: object) => told(await client.post('approvals', { ...json, ...more }));
      expect(await approve({})).toEqual([403, 'FORBIDDEN', null]);
      expect(await approve({ command: 'settings.change' })).toEqual([422, 'VALIDATION_ERROR', 'command']);
      expect(await approve({ pin: '864213' })).toEqual([401, 'INVALID_CREDENTIALS', null]);
      expect(told(await (await server(store)).post('approvals', json))).toEqual([401, 'DEVICE_NOT_REGISTERED', null]);
    },
  },
  'devices.make_code': {
    success: async (store: TestStore) => {
      const { status, body } = await (await manager(store)).post('devices/codes');
      expect([status, body.code]).toEqual([201, expect.stringMatching(/^[A-Z2-9]{8}$/)]);
    },
    badInput: (store: TestStore) => onlyManagers(store, 'POST', 'devices/codes'),
  },
  'devices.codes': {
    success: async (store: TestStore) => {
      const api = await manager(store);
      const { id, expires_at } = (await api.post('devices/codes')).body;
      expect((await api.get('devices/codes')).body.codes).toContainEqual({ id, expires_at });
    },
    badInput: (store: TestStore) => onlyManagers(store, 'GET', 'devices/codes'),
  },
  'devices.address': {
    success: async (store: TestStore) => {
      const { body } = await (await manager(store)).get('devices/address');
      const { port, compatPort } = store.server;
      expect(body).toMatchObject({
        reach: 'this_computer',
        addresses: [],
        name_url: null,
        port,
        older_port: compatPort,
      });
    },
    badInput: (store: TestStore) => onlyManagers(store, 'GET', 'devices/address'),
  },
  'devices.register': {
    success: async (store: TestStore) => {
      const { client } = await newDevice(store);
      expect((await client.get('auth/staff')).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const { code } = await (await manager(store)).must('POST', 'devices/codes');
      const register = async (json: object) => told(await store.client().post('devices/register', json));
      expect(await register({ code: 'WRONGX22', name: 'iPad' })).toEqual([401, 'DEVICE_CODE_WRONG', null]);
      expect(await register({ code, name: '' })).toEqual([422, 'VALIDATION_ERROR', 'name']);
      expect(await register({ code, name: 'iPad' })).toEqual([201, null, null]);
      expect(await register({ code, name: 'iPad' })).toEqual([401, 'DEVICE_CODE_WRONG', null]);
    },
  },
  'devices.list': {
    success: async (store: TestStore) => {
      const { id } = await newDevice(store);
      const { body } = await (await manager(store)).get('devices');
      expect(body.devices.find((one: { id: string }) => one.id === id)).toMatchObject({
        kind: 'registered',
        revoked_at: null,
      });
      expect(JSON.stringify(body)).not.toContain('token');
    },
    badInput: (store: TestStore) => onlyManagers(store, 'GET', 'devices'),
  },
  'devices.unlock': {
    success: async (store: TestStore) => {
      const { id } = await newDevice(store);
      expect((await (await manager(store)).post(`devices/${id}/unlock`)).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const reply = await (await manager(store)).post(`devices/${nobody}/unlock`);
      expect(told(reply)).toEqual([404, 'NOT_FOUND', 'id']);
      await onlyManagers(store, 'POST', `devices/${nobody}/unlock`, {});
    },
  },
  'devices.revoke': {
    success: async (store: TestStore) => {
      const { id, client } = await newDevice(store);
      expect((await (await manager(store)).delete(`devices/${id}`)).status).toBe(200);
      expect(told(await client.get('auth/staff'))).toEqual([401, 'DEVICE_NOT_REGISTERED', null]);
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await manager(store)).delete(`devices/${nobody}`))).toEqual([404, 'NOT_FOUND', 'id']);
      await onlyManagers(store, 'DELETE', `devices/${nobody}`);
    },
  },
  'staff.list': {
    success: async (store: TestStore) => {
      const { body } = await (await manager(store)).get('staff');
      expect(body.staff.length).toBeGreaterThanOrEqual(12);
      expect(JSON.stringify(body)).not.toMatch(/argon2|hash/);
    },
    badInput: (store: TestStore) => onlyManagers(store, 'GET', 'staff'),
  },
  'staff.add': {
    success: async (store: TestStore) => {
      const { email } = await newPerson(store);
      expect((await (await store.signedIn(email, PASSWORD)).get('auth/me')).body.email).toBe(email);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const add = async (more: object) =>
        told(await client.post('staff', { first_name: 'X', role: 'employee', preset: 'bar', ...more }));
      expect(await add({ role: 'restaurant_owner', preset: null })).toEqual([403, 'FORBIDDEN', null]);
      expect(await add({ email: 'owner@demo.test' })).toEqual([409, 'CONFLICT', 'email']);
      expect(await add({ pin: '1234' })).toEqual([422, 'VALIDATION_ERROR', 'pin']);
      expect(await add({ is_admin: true })).toEqual([422, 'UNKNOWN_FIELD', 'is_admin']);
    },
  },
  'staff.change': {
    success: async (store: TestStore) => {
      const { id, email } = await newPerson(store);
      const theirs = await store.signedIn(email, PASSWORD);
      const { body } = await (await manager(store)).patch(`staff/${id}`, { role: 'manager' });
      expect(body.data).toMatchObject({ role: 'manager', preset: null, has_pin: false });
      expect(told(await theirs.get('auth/me'))).toEqual([401, 'TOKEN_INVALID', null]);
    },
    badInput: async (store: TestStore) => {
      const client = await manager(store);
      const owner = (await client.get('staff')).body.staff.find(
        (one: { role: string }) => one.role === 'restaurant_owner',
      );
      const demote = { role: 'employee', preset: 'bar' };
      expect(told(await client.patch(`staff/${owner.id}`, demote))).toEqual([403, 'FORBIDDEN', null]);
      const { id } = await newPerson(store);
      const change = async (json: object) => told(await client.patch(`staff/${id}`, json));
      expect(await change({ role: 'restaurant_owner' })).toEqual([403, 'FORBIDDEN', null]);
      expect(await change({ preset: null })).toEqual([422, 'VALIDATION_ERROR', 'preset']);
      expect(await change({ created_at: 0 })).toEqual([422, 'UNKNOWN_FIELD', 'created_at']);
      expect(told(await client.patch(`staff/${nobody}`, demote))).toEqual([404, 'NOT_FOUND', 'id']);
    },
  },
  'staff.set_pin': {
    success: async (store: TestStore) => {
      const [{ client }, { id }] = [await newDevice(store), await newPerson(store)];
      await (await manager(store)).must('PUT', `staff/${id}/pin`, { pin: '8642' });
      expect((await client.post('auth/pin', { user_id: id, pin: '8642' })).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const { id } = await newPerson(store);
      const put = async (pin: string) => told(await (await manager(store)).put(`staff/${id}/pin`, { pin }));
      for (const pin of ['1111', '4321', '123', 'abcd'])
        expect(await put(pin)).toEqual([422, 'VALIDATION_ERROR', 'pin']);
      await onlyManagers(store, 'PUT', `staff/${id}/pin`, { pin: '8642' });
    },
  },
  'staff.set_password': {
    success: async (store: TestStore) => {
      const { id, email } = await newPerson(store);
      await (await manager(store)).must('PUT', `staff/${id}/password`, { password: 'another-long-one' });
      expect((await (await store.signedIn(email, 'another-long-one')).get('auth/me')).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      const { id } = await newPerson(store);
      const put = async (json: object) => told(await (await manager(store)).put(`staff/${id}/password`, json));
      expect(await put({ password: 'short' })).toEqual([422, 'VALIDATION_ERROR', 'password']);
      expect(await put({ password: 'password' })).toEqual([422, 'VALIDATION_ERROR', 'password']);
      await onlyManagers(store, 'PUT', `staff/${id}/password`, { password: PASSWORD });
    },
  },
  'staff.unlock': {
    success: async (store: TestStore) => {
      const [{ client }, { id }] = [await newDevice(store), await newPerson(store)];
      const pin = (digits: string) => client.post('auth/pin', { user_id: id, pin: digits });
      await pin('864213');
      expect((await pin(PIN)).status).toBe(429);
      await (await manager(store)).must('POST', `staff/${id}/unlock`);
      expect((await pin(PIN)).status).toBe(200);
    },
    badInput: async (store: TestStore) => {
      expect(told(await (await manager(store)).post(`staff/${nobody}/unlock`))).toEqual([404, 'NOT_FOUND', 'id']);
      await onlyManagers(store, 'POST', `staff/${nobody}/unlock`, {});
    },
  },
};

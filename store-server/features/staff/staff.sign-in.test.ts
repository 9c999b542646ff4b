import { afterEach, beforeEach, expect, test } from 'vitest';
import { callerOf, nobody } from '../../commands/caller.ts';
import { HOUR, MINUTE, openStaffedStore, passwordOf, people, SECOND, type StaffedStore } from './staff.fixture.ts';

let store: StaffedStore;
beforeEach(async () => {
  store = await openStaffedStore();
});
afterEach(() => store.close());

const signIn = (email: string, password: string, extra: object = {}, from?: string) =>
  store.ask('POST', '/auth/login', { json: { email, password, ...extra }, ...(from === undefined ? {} : { from }) });

test('an older iPad signs in with e-mail and password and gets what it needs, for a shift', async () => {
  const { status, body } = await signIn('server@demo.test', passwordOf('server'));
  expect(status).toBe(200);
  expect(body.data).toEqual({
    access_token: expect.stringMatching(/^ey/),
    token_type: 'bearer',
    expires_in: 43_200,
    user: {
      id: store.staff.server,
      email: 'server@demo.test',
      first_name: 'Sam',
      last_name: 'Server',
      role: 'employee',
      preset: 'server',
      restaurant_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      platform_id: null,
      is_active: true,
      last_login: null,
    },
    restaurant: { id: body.data.user.restaurant_id, name: 'Restaurant', currency: 'GBP', time_zone: 'Europe/London' },
  });
  const token = body.access_token as string;
  store.clock.pass(11 * HOUR + 59 * MINUTE);
  const me = await store.ask('GET', '/auth/me', { token });
  expect([me.status, me.body.id, me.body.last_login]).toEqual([200, store.staff.server, '2025-06-18T19:30:00.000Z']);
  store.clock.pass(MINUTE);
  expect((await store.ask('GET', '/auth/me', { token })).body.error.code).toBe('TOKEN_EXPIRED');
});

test('a bare sign-in is listed among the devices by its address, and a manager can send it away', async () => {
  const { body } = await signIn('server@demo.test', passwordOf('server'), {}, '127.0.0.9');
  await signIn('cook@demo.test', passwordOf('cook'), {}, '127.0.0.9');
  const manager = await store.token('manager');
  const { body: list } = await store.ask('GET', '/devices', { token: manager });
  expect(list.devices).toMatchObject([{ name: 'legacy, 127.0.0.9', kind: 'legacy', revoked_at: null }]);
  await store.ask('DELETE', `/devices/${list.devices[0].id}`, { token: manager });
  expect((await store.ask('GET', '/auth/me', { token: body.access_token })).status).toBe(401);
});

test('sign-ins that are long over are forgotten, fifty at a time, but not who was here last and from where', async () => {
  const sessions = () =>
    store
      .core()
      .connection()
      .sqlite.prepare('SELECT address, count(*) AS n FROM login_session WHERE staff_id = ? GROUP BY address ORDER BY 1')
      .all(store.staff.server);
  const again = (from: string, extra = {}) => signIn('server@demo.test', passwordOf('server'), extra, from);
  await again('127.0.0.8', { refresh: true });
  const { sqlite } = store.core().connection();
  const row = sqlite
    .prepare<[string], object>('SELECT * FROM login_session WHERE staff_id = ?')
    .get(store.staff.server);
  const insert = sqlite.prepare(
    'INSERT INTO login_session VALUES (@id, @staff_id, @device_id, @kind, @address, @created_at, @expires_at, @revoked_at)',
  );
  for (let n = 0; n < 70; n += 1) insert.run({ ...row, id: `earlier-${n}`, created_at: n });
  store.clock.pass(30 * 24 * HOUR);
  await again('127.0.0.9');
  expect(sessions()).toEqual([
    { address: '127.0.0.8', n: 71 },
    { address: '127.0.0.9', n: 1 },
  ]);
  store.clock.pass(16 * HOUR + MINUTE);
  await again('127.0.0.9', { refresh: true });
  expect(sessions()).toEqual([
    { address: '127.0.0.8', n: 21 },
    { address: '127.0.0.9', n: 2 },
  ]);
  const last = await again('127.0.0.9');
  expect(sessions()).toEqual([
    { address: '127.0.0.8', n: 1 },
    { address: '127.0.0.9', n: 3 },
  ]);
  expect(last.body.data.user.last_login).toBe('2025-07-19T11:31:00.000Z');
});

test('a bare sign-in is no registered device: its keys are the person’s own', async () => {
  const { body } = await signIn('server@demo.test', passwordOf('server'));
  const who = await store.run().auth.authenticate({
    connection: store.core().connection(),
    bearer: body.access_token,
    deviceToken: null,
    now: store.clock.now(),
  });
  expect([who?.deviceId, who?.scope]).toEqual([null, `user:${store.staff.server}`]);
});

test('e-mail and user name are taken in any case; the short name of two people is nobody’s', async () => {
  const password = passwordOf('server');
  expect((await signIn('SERVER@Demo.Test', password)).status).toBe(200);
  expect((await signIn('Server', password)).status).toBe(200);
  const token = await store.token('manager');
  await store.ask('POST', '/staff', {
    token,
    json: { first_name: 'Second', email: 'server@other.test', role: 'employee', preset: 'bar' },
  });
  expect((await signIn('server', password)).status).toBe(401);
});

test('a wrong password, an unknown person and somebody who left hear the same', async () => {
  const token = await store.token('manager');
  await store.ask('PATCH', `/staff/${store.staff.cook}`, { token, json: { is_active: false } });
  const answers = await Promise.all([
    signIn('server@demo.test', 'not-the-password'),
    signIn('stranger@demo.test', 'not-the-password'),
    signIn('cook@demo.test', passwordOf('cook')),
  ]);
  for (const { status, body } of answers) {
    const { error_id: id, ...details } = body.error.details;
    expect([status, body.error.code, Object.keys(details)]).toEqual([401, 'INVALID_CREDENTIALS', ['suggestion']]);
    expect(id).toBeTruthy();
  }
});

test('password guessing at one address is slowed down, for that account there only', async () => {
  const guess = (email: string, from: string) => signIn(email, 'not-the-password', {}, from);
  for (let n = 0; n < 10; n += 1) expect((await guess('server@demo.test', '127.0.0.5')).status).toBe(401);
  const eleventh = await signIn('server@demo.test', passwordOf('server'), {}, '127.0.0.5');
  expect([eleventh.status, Number(eleventh.headers['retry-after']) > 0]).toEqual([429, true]);
  expect((await signIn('cook@demo.test', passwordOf('cook'), {}, '127.0.0.5')).status).toBe(200);
  expect((await signIn('server@demo.test', passwordOf('server'), {}, '127.0.0.6')).status).toBe(200);
  await store.restart();
  expect((await signIn('server@demo.test', passwordOf('server'), {}, '127.0.0.5')).status).toBe(429);
  store.clock.pass(15 * MINUTE);
  expect((await signIn('server@demo.test', passwordOf('server'), {}, '127.0.0.5')).status).toBe(200);
});

test('strangers who guess one account from ever new addresses do not lock out its owner', async () => {
  const { passwordSignIn } = store.run().feature.by;
  const home = '127.0.0.7';
  expect((await signIn('owner@demo.test', passwordOf('owner'), {}, home)).status).toBe(200);
  const guess = (address: string, password: string) =>
    store
      .core()
      .execute(passwordSignIn, callerOf(nobody, { address }), { login: 'owner@demo.test', password, bare: true })
      .then(
        () => 'in',
        (error: { problem: { code: string } }) => error.problem.code,
      );
  for (let n = 0; n < 100; n += 1) expect(await guess(`10.0.0.${n}`, 'not-the-password')).toBe('INVALID_CREDENTIALS');
  expect(await guess('10.0.1.1', passwordOf('owner'))).toBe('RATE_LIMIT_EXCEEDED');
  expect((await signIn('owner@demo.test', passwordOf('owner'), {}, home)).status).toBe(200);
});

test('a client that can refresh gets fifteen minutes and a refresh token that is good once', async () => {
  const device = await store.device();
  const { body } = await store.pin('server', device.token);
  expect(body.expires_in).toBe(900);
  const refresh = (token: string) =>
    store.ask('POST', '/auth/refresh', { json: { refresh_token: token }, device: device.token });
  store.clock.pass(15 * MINUTE);
  expect((await store.ask('GET', '/auth/me', { token: body.access_token })).body.error.code).toBe('TOKEN_EXPIRED');
  const second = await refresh(body.refresh_token);
  expect([second.status, second.body.user.id]).toEqual([200, store.staff.server]);
  expect((await store.ask('GET', '/auth/me', { token: second.body.access_token })).status).toBe(200);

  const stolen = await refresh(body.refresh_token);
  expect([stolen.status, stolen.body.error.code]).toEqual([401, 'TOKEN_INVALID']);
  expect((await store.ask('GET', '/auth/me', { token: second.body.access_token })).status).toBe(401);
  expect((await refresh(second.body.refresh_token)).status).toBe(401);
  expect(store.facts().at(-1)).toMatchObject({ kind: 'staff.signed_out', body: { reason: 'refresh_reused' } });
});

test('two copies of a refresh at once do not both win', async () => {
  const device = await store.device();
  const { body } = await store.pin('server', device.token);
  const refresh = () =>
    store.ask('POST', '/auth/refresh', { json: { refresh_token: body.refresh_token }, device: device.token });
  const statuses = (await Promise.all([refresh(), refresh()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 401]);
});

test('a refresh token is no good on another device, nor as an access token, nor after a shift', async () => {
  const [device, other] = [await store.device(), await store.device()];
  const { body } = await store.pin('server', device.token);
  const refresh = (on: string) =>
    store.ask('POST', '/auth/refresh', { json: { refresh_token: body.refresh_token }, device: on });
  expect((await refresh(other.token)).body.error.code).toBe('DEVICE_NOT_REGISTERED');
  expect((await store.ask('GET', '/auth/me', { token: body.refresh_token })).body.error.code).toBe('TOKEN_INVALID');
  store.clock.pass(16 * HOUR);
  expect((await refresh(device.token)).body.error.code).toBe('TOKEN_EXPIRED');
});

test('signing out ends the token at once', async () => {
  const token = await store.token('server');
  const out = await store.ask('POST', '/auth/logout', { token });
  expect([out.status, out.body.success, out.body.signed_out]).toEqual([200, true, true]);
  expect((await store.ask('GET', '/auth/me', { token })).body.error.code).toBe('TOKEN_INVALID');
  expect(store.facts().map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['staff.signed_in', 'staff.signed_out']),
  );
});

test('a PIN works only on a registered device, and the device shows names but nothing secret', async () => {
  const nowhere = await store.ask('POST', '/auth/pin', { json: { user_id: store.staff.server, pin: '2468' } });
  expect([nowhere.status, nowhere.body.error.code]).toEqual([401, 'DEVICE_NOT_REGISTERED']);
  expect((await store.pin('server', 'not-a-device-token')).body.error.code).toBe('DEVICE_NOT_REGISTERED');
  const device = await store.device();
  const choices = await store.ask('GET', '/auth/staff', { device: device.token });
  expect(choices.body.staff).toHaveLength(4);
  expect(Object.keys(choices.body.staff[0]).sort()).toEqual(['id', 'name', 'preset', 'role']);
  expect(choices.body.staff[2].name).toBe('Sam S.');
  expect((await store.ask('GET', '/auth/staff', { token: await store.token('manager') })).status).toBe(401);
  expect((await store.pin('server', device.token)).status).toBe(200);
  // A promotion takes the short PIN away, so there is nothing to enter.
  await store.ask('PATCH', `/staff/${store.staff.cook}`, {
    token: await store.token('owner'),
    json: { role: 'manager' },
  });
  expect((await store.ask('GET', '/auth/staff', { device: device.token })).body.staff).toHaveLength(3);
});

test('a token from one device is not taken on another', async () => {
  const [device, other] = [await store.device(), await store.device()];
  const { body } = await store.pin('server', device.token);
  const me = (on: string) => store.ask('GET', '/auth/me', { token: body.access_token, device: on });
  expect((await me(device.token)).status).toBe(200);
  expect((await me(other.token)).body.error.code).toBe('TOKEN_INVALID');
});

test('after each wrong PIN the wait grows; a retry after it works', async () => {
  const device = await store.device();
  for (const wait of [1, 2, 4, 8]) {
    const wrong = await store.pin('server', device.token, '1357');
    expect([wrong.status, wrong.body.error.details.retry_after_seconds]).toEqual([401, wait]);
    const early = await store.pin('server', device.token);
    expect([early.status, early.body.error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(early.headers['retry-after']).toBe(String(wait));
    store.clock.pass(wait * SECOND);
  }
  expect((await store.pin('server', device.token)).status).toBe(200);
});

/** Wrong PINs as fast as the guard lets them through, until it says 423. */
async function lock(device: string, who: 'server' | 'cook' = 'server') {
  for (let n = 0; n < 5; n += 1) {
    expect((await store.pin(who, device, '1357')).status).toBe(401);
    if (n < 4) store.clock.pass(2 ** n * SECOND);
  }
}

test('five wrong PINs lock this person on this device for five minutes, and nobody else anywhere', async () => {
  const [device, other] = [await store.device(), await store.device()];
  await lock(device.token);
  const locked = await store.pin('server', device.token);
  expect([locked.status, locked.body.error.code, locked.headers['retry-after']]).toEqual([423, 'PIN_LOCKED', '300']);
  expect(locked.body.error.details.locked_until).toBe(new Date(store.clock.now() + 5 * MINUTE).toISOString());
  expect((await store.pin('server', other.token)).status).toBe(200);
  expect((await store.pin('cook', device.token)).status).toBe(200);
  expect(store.facts().find(({ kind }) => kind === 'staff.pin_locked')?.body).toEqual({
    staff_id: store.staff.server,
    device_id: device.id,
    locked_for_ms: 5 * MINUTE,
  });
  store.clock.pass(5 * MINUTE);
  expect((await store.pin('server', device.token)).status).toBe(200);
});

test('neither a restart nor a changed clock ends a lock early, and neither makes it last', async () => {
  const device = await store.device();
  await lock(device.token);
  store.clock.jump(365 * 24 * HOUR);
  expect((await store.pin('server', device.token)).status).toBe(423);
  await store.restart();
  expect((await store.pin('server', device.token)).status).toBe(423);
  store.clock.jump(-10 * 365 * 24 * HOUR);
  await store.restart(24 * HOUR);
  expect((await store.pin('server', device.token)).status).toBe(423);
  store.clock.pass(5 * MINUTE);
  expect((await store.pin('server', device.token)).status).toBe(200);
});

test('a manager unlocks a person and a device at once', async () => {
  const device = await store.device();
  await lock(device.token);
  const token = await store.token('manager');
  expect(
    (await store.ask('POST', `/staff/${store.staff.server}/unlock`, { token: await store.token('server') })).status,
  ).toBe(403);
  expect((await store.ask('POST', `/staff/${store.staff.server}/unlock`, { token })).status).toBe(200);
  expect((await store.pin('server', device.token)).status).toBe(200);

  for (let n = 0; n < 15; n += 1) {
    const wrong = await store.pin('cook', device.token, '1357');
    expect(wrong.status).toBe(401);
    if (n < 14) store.clock.pass(wrong.body.error.details.retry_after_seconds * SECOND);
  }
  const locked = await store.pin('server', device.token);
  expect([locked.status, locked.body.error.details.locked]).toEqual([423, 'device']);
  expect(store.facts().find(({ kind }) => kind === 'device.locked')?.body).toEqual({
    device_id: device.id,
    locked_for_ms: HOUR,
  });
  await store.ask('POST', `/devices/${device.id}/unlock`, { token });
  expect((await store.pin('server', device.token)).status).toBe(200);
});

test('an attempt that comes too early is not even looked at, whether right or wrong', async () => {
  const device = await store.device();
  const guesses = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      store.pin('server', device.token, n === 17 ? people.server.pin : `9${100 + n}`),
    ),
  );
  const statuses = guesses.map(({ status }) => status).sort();
  expect(statuses[0] === 200 ? statuses.slice(0, 2) : statuses.slice(0, 1)).not.toContain(429);
  expect(statuses.filter((status) => status === 401)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
});

test('nothing secret is written anywhere but as a hash', async () => {
  const device = await store.device();
  const { body: legacy } = await signIn('owner', passwordOf('owner'));
  const { body: pin } = await store.pin('manager', device.token);
  await store.pin('server', device.token, '97531864');
  await signIn('server', 'a-wrong-canary-password');
  const { body: code } = await store.ask('POST', '/devices/codes', { token: pin.access_token });
  const { body: refreshed } = await store.ask('POST', '/auth/refresh', {
    json: { refresh_token: pin.refresh_token },
    device: device.token,
  });
  const written = store.written();
  const secrets = [
    device.token,
    legacy.access_token,
    pin.access_token,
    pin.refresh_token,
    refreshed.refresh_token,
    refreshed.access_token,
    code.code,
    'canary-password',
    '97531864',
    '"482913"',
  ];
  expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  expect(written).toContain('$argon2id$');
});

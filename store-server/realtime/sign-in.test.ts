import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { staffActor } from '../commands/caller.ts';
import { Problem } from '../kernel/verdict.ts';
import { type House, openHouse, pathTo, restaurantId } from './realtime.fixture.ts';

let house: House;
afterEach(() => house.close());

const authenticate = (token: string) => ({
  type: 'authenticate',
  token,
  user_id: 'whoever',
  restaurant_id: restaurantId,
  timestamp: '2025-06-18T19:30:00Z',
});

test('a client may show its token in four ways, and each hears the event that comes after', async () => {
  house = await openHouse();
  const byQuery = await house.join(house.tokens.server, 'pos');
  const flat = house.call(pathTo('pos'));
  flat.socket.on('open', () => flat.send(authenticate(house.tokens.server)));
  const wrapped = house.call(pathTo('pos'));
  wrapped.socket.on('open', () => wrapped.send({ type: 'authenticate', data: { token: house.tokens.server } }));
  const encoded = Buffer.from(house.tokens.server).toString('base64url');
  const bySubprotocol = house.call(pathTo('pos'), { protocols: ['token', encoded] });
  const byHeader = house.call(pathTo('pos'), { headers: { authorization: `Bearer ${house.tokens.server}` } });
  const all = [byQuery, flat, wrapped, bySubprotocol, byHeader];
  for (const phone of all) {
    const welcome = await phone.hears('authenticated');
    expect(welcome).toMatchObject({ event_type: 'authenticated', restaurant_id: restaurantId });
    expect(welcome.data).toMatchObject({ user_id: 'id-of-server', role: 'employee', room: 'pos' });
  }
  expect(bySubprotocol.socket.protocol).toBe('token');
  expect(flat.socket.protocol).toBe('');
  await house.happen(['floor', 'paid']);
  await expect.poll(() => all.map((phone) => phone.words())).toEqual(all.map(() => ['paid']));
});

test('a client that shows its token in the address and says it again is welcomed twice and hears things once', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server);
  phone.send(authenticate(house.tokens.server));
  await expect.poll(() => phone.frames.filter(({ type }) => type === 'authenticated').length).toBe(2);
  expect(house.listeners()).toBe(1);
  await house.happen(['everybody', 'once']);
  await expect.poll(() => phone.words()).toEqual(['once']);
  expect(phone.frames.filter(({ type }) => type === 'hello')).toHaveLength(1);
});

test('a wrong token hears why and is closed with 4001', async () => {
  house = await openHouse();
  const phone = house.call(`${pathTo()}?token=forged`);
  expect((await phone.hears('auth_error')).data).toMatchObject({ code: 'TOKEN_INVALID' });
  expect(await phone.closed()).toBe(4001);
  const later = house.call(pathTo());
  later.socket.on('open', () => later.send({ type: 'authenticate' }));
  expect(await later.closed()).toBe(4001);
  expect(house.listeners()).toBe(0);
});

test('another restaurant’s id in the first message is not found, as in the path, however good the token', async () => {
  house = await openHouse();
  const other = restaurantId.replace(/1$/, '2');
  const first = house.call(pathTo());
  first.socket.on('open', () => first.send({ ...authenticate(house.tokens.manager), restaurant_id: other }));
  const wrapped = house.call(pathTo());
  const data = { token: house.tokens.manager, restaurant_id: 7 };
  wrapped.socket.on('open', () => wrapped.send({ type: 'authenticate', data }));
  const later = await house.join(house.tokens.manager);
  later.send({ ...authenticate(house.tokens.manager), type: 'reauth', restaurant_id: other });
  for (const phone of [first, wrapped, later]) {
    expect((await phone.hears('auth_error')).data).toMatchObject({ code: 'NOT_FOUND' });
    expect(await phone.closed()).toBe(4003);
  }
  expect(house.listeners()).toBe(0);
  const upperCase = house.call(pathTo());
  const named = { ...authenticate(house.tokens.manager), restaurant_id: restaurantId.toUpperCase() };
  upperCase.socket.on('open', () => upperCase.send(named));
  await upperCase.hears('authenticated');
});

test('a socket that never signs in is closed with 4002, even one that does not answer', async () => {
  house = await openHouse({ limits: { signInMs: 80 } });
  const phone = house.call(pathTo());
  expect(await phone.closed()).toBe(4002);
  const orphan = house.call(pathTo());
  await new Promise((resolve) => orphan.socket.once('open', resolve));
  // Its app has forgotten it, but its operating system keeps it open.
  orphan.socket.pause();
  await pause(200);
  await expect.poll(() => house.serverSockets().length, { timeout: 5_000 }).toBe(0);
});

test('nobody hears anything before signing in', async () => {
  house = await openHouse();
  const phone = house.call(pathTo());
  await new Promise((resolve) => phone.socket.once('open', resolve));
  phone.send({ type: 'subscribe', data: { events: ['order_created'] } });
  phone.send({ type: 'resume', cursor: 'x' });
  await house.happen(['everybody', 'secret']);
  await expect.poll(() => phone.frames.length).toBe(2);
  expect(phone.frames.map(({ type }) => type)).toEqual(['error', 'error']);
});

test('rooms belong to roles: a cook has no business with money, nor a server in the office', async () => {
  house = await openHouse();
  for (const [token, room] of [
    [house.tokens.cook, 'pos'],
    [house.tokens.cook, 'management'],
    [house.tokens.server, 'management'],
    [house.tokens.idle, ''],
  ] as const) {
    const phone = house.call(`${pathTo(room)}?token=${token}`);
    expect((await phone.hears('auth_error')).data).toMatchObject({ code: 'FORBIDDEN' });
    expect(await phone.closed()).toBe(4003);
  }
});

test('a revoked device is cut off at once, and the others stay', async () => {
  house = await openHouse();
  const gone = await house.join(house.tokens.server, 'pos');
  const stays = await house.join(house.tokens.manager, 'management');
  house.identities.set(house.tokens.server, new Problem('TOKEN_INVALID'));
  const before = performance.now();
  await house.happen(['rights', 'revoked']);
  expect(await gone.closed()).toBe(4001);
  expect(performance.now() - before).toBeLessThan(2_000);
  await house.happen(['floor', 'after']);
  await expect.poll(() => stays.words()).toEqual(['revoked', 'after']);
  expect(gone.words()).not.toContain('after');
});

test('a token is announced to end, a new one goes on without a gap, an old one ends with 4001', async () => {
  let now = 1_000_000;
  house = await openHouse({ limits: { beatMs: 40, expiryNoticeMs: 10_000 }, now: () => now });
  house.person('short', 'employee', 'server', 60_000);
  const careless = await house.join('short', 'pos');
  const careful = await house.join('short', 'pos');
  expect(careful.frames.some(({ type }) => type === 'token_expired')).toBe(false);
  now += 55_000;
  const notice = await careful.hears('token_expired');
  expect(notice.data.seconds_until_expiry).toBe(5);
  house.person('fresh', 'employee', 'server', 600_000);
  careful.send({ type: 'reauth', data: { token: 'fresh' } });
  await expect.poll(() => careful.frames.filter(({ type }) => type === 'authenticated').length).toBe(2);
  now += 6_000;
  expect(await careless.closed()).toBe(4001);
  expect((await careless.hears('auth_error')).data.code).toBe('TOKEN_EXPIRED');
  await house.happen(['floor', 'on']);
  await expect.poll(() => careful.words()).toEqual(['on']);
});

test('somebody who becomes a cook hears the kitchen only, and is told to load anew', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server);
  await house.happen(['floor', 'paid']);
  await expect.poll(() => phone.words()).toEqual(['paid']);
  const actor = staffActor('id-of-server', 'employee', 'kitchen');
  house.identities.set(house.tokens.server, { actor, deviceId: null, expiresAt: Date.now() + 60_000 });
  await house.happen(['rights', 'now a cook']);
  expect((await phone.hears('resync')).data).toMatchObject({ reason: 'other_scope' });
  await house.happen(['floor', 'paid again'], ['kitchen', 'fired']);
  await expect.poll(() => phone.words()).toEqual(['paid', 'fired']);
});

test('a change of job that changes nothing of what may be heard goes by unnoticed', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server);
  const actor = staffActor('id-of-server', 'employee', 'bar');
  house.identities.set(house.tokens.server, { actor, deviceId: null, expiresAt: Date.now() + 60_000 });
  await house.happen(['rights', 'now at the bar']);
  await house.happen(['floor', 'paid']);
  await expect.poll(() => phone.words()).toEqual(['paid']);
  expect(phone.frames.some(({ type }) => type === 'resync')).toBe(false);
});

test('which device has a line is known, and when a line ended', async () => {
  let now = Date.now();
  house = await openHouse({ now: () => now });
  const actor = staffActor('id-of-server', 'employee', 'server');
  house.identities.set('at the bar', { actor, deviceId: 'iPad Bar', expiresAt: now + 60_000 });
  await house.join(house.tokens.manager);
  const phone = await house.join('at the bar');
  expect([house.devices(), house.lastSeen('iPad Bar')]).toEqual([['iPad Bar'], undefined]);
  now += 5_000;
  phone.socket.close();
  await expect.poll(() => house.devices()).toEqual([]);
  expect(house.lastSeen('iPad Bar')).toBe(now);
});

test('one person with too many sockets loses the oldest', async () => {
  house = await openHouse({ limits: { socketsPerUser: 2 } });
  const first = await house.join(house.tokens.server);
  const second = await house.join(house.tokens.server);
  const other = await house.join(house.tokens.cook);
  const third = await house.join(house.tokens.server);
  expect(await first.closed()).toBe(4009);
  expect([second, other, third].map(({ socket }) => socket.readyState)).toEqual([1, 1, 1]);
});

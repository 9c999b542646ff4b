import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createHostCheck } from '../http/own-hosts.ts';
import { type House, openHouse, type Phone, pathTo, restaurantId } from './realtime.fixture.ts';

let house: House;
afterEach(() => house.close());

/** Whether the server still does its work for somebody decent. */
const stillServes = async () => {
  const phone = await house.join(house.tokens.cook, 'kitchen');
  const words = `still here ${phone.frames.length}`;
  await house.happen(['kitchen', words]);
  await expect.poll(() => phone.words()).toContain(words);
  phone.socket.terminate();
};

const refusedWith = (phone: Phone): Promise<number> =>
  new Promise((resolve) =>
    phone.socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0)),
  );

test('all the paths that clients know lead in, others do not, and another restaurant is not here', async () => {
  house = await openHouse();
  for (const root of ['/api/v1/websocket/ws', '/websocket/ws', '/ws']) {
    const phone = house.call(`${root}/kitchen/${restaurantId.toUpperCase()}?user_id=x&token=${house.tokens.cook}`);
    expect((await phone.hears('authenticated')).data.room).toBe('kitchen');
  }
  for (const path of ['/ws', '/ws/pos', '/', '/api/v1/orders', `/ws/portal/${restaurantId}`, '/ws/pos/onboarding']) {
    expect([path, await refusedWith(house.call(`${path}?token=${house.tokens.cook}`))]).toEqual([path, 404]);
  }
  const foreign = `/ws/pos/0197b2c0-0000-7000-8000-000000000002?token=${house.tokens.server}`;
  expect(await refusedWith(house.call(foreign))).toBe(404);
});

test('a page of another site, or one that points its own name at us, does not get in', async () => {
  const check = createHostCheck([]);
  house = await openHouse({
    allowed: ({ headers, socket }) =>
      check({ host: headers.host, origin: headers.origin, localAddress: socket.localAddress }),
  });
  const path = `${pathTo('kitchen')}?token=${house.tokens.cook}`;
  const own = `127.0.0.1:${house.port()}`;
  const knock = (headers: Record<string, string>) => house.call(path, { headers });
  expect(await refusedWith(knock({ origin: 'http://evil.example' }))).toBe(403);
  expect(await refusedWith(knock({ host: 'evil.example' }))).toBe(403);
  expect(await refusedWith(knock({ origin: 'null' }))).toBe(403);
  await knock({}).hears('authenticated');
  await knock({ origin: `http://${own}` }).hears('authenticated');
});

test('messages that are broken, strange, binary or too long are answered or end that socket, and nothing else', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.cook);
  const strange = [
    '',
    '{',
    'null',
    '[]',
    '7',
    '"ping"',
    '{}',
    '{"type":7}',
    '{"type":"__proto__"}',
    '{"type":"toString"}',
  ];
  const odd = ['{"type":"resume"}', '{"type":"resume","cursor":{}}', '{"type":"subscribe","data":{"events":{"0":1}}}'];
  const before = phone.frames.length;
  for (const text of strange) phone.send(text);
  phone.socket.send(randomBytes(64));
  await expect
    .poll(() => phone.frames.slice(before).filter(({ type }) => type === 'error').length)
    .toBe(strange.length + 1);
  for (const text of odd) phone.send(text);
  phone.send({ type: 'x'.repeat(5_000) });
  await expect.poll(() => phone.frames.at(-1)?.data.message).toMatch(/^Unknown message type: x{60}$/);
  phone.send({ type: 'ping', data: { pad: 'x'.repeat(20_000) } });
  expect(await phone.closed()).toBe(1009);
  await stillServes();
});

test('bytes that are no WebSocket frames, halves of frames and sudden ends harm nobody', async () => {
  house = await openHouse();
  const key = randomBytes(16).toString('base64');
  const hello = [
    `GET ${pathTo()}?token=${house.tokens.cook} HTTP/1.1`,
    `Host: 127.0.0.1:${house.port()}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
  ];
  const openRaw = async (lines: readonly string[]) => {
    const socket = connect(house.port(), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await once(socket, 'data');
    return socket;
  };
  const garbage = [
    randomBytes(200),
    // Unmasked, reserved bits, a control frame in pieces, a length of 2^63, a lonely continuation, broken UTF-8.
    Buffer.from('8105484f4c4c4f', 'hex'),
    Buffer.from('f18000000000', 'hex'),
    Buffer.from('098000000000', 'hex'),
    Buffer.from('81ff8000000000000000', 'hex'),
    Buffer.from('808000000000', 'hex'),
    Buffer.from('81820000000' + '0fffe', 'hex'),
  ];
  for (const bytes of garbage) {
    const socket = await openRaw(hello);
    socket.write(bytes);
    await pause(10);
    socket.resetAndDestroy();
  }
  for (const lines of [hello.slice(0, 4), [...hello.slice(0, 5), 'Sec-WebSocket-Key: short'], hello.toSpliced(4, 1)]) {
    (await openRaw(lines)).destroy();
  }
  const half = connect(house.port(), '127.0.0.1');
  half.on('error', () => undefined);
  half.write(hello.join('\r\n').slice(0, 90));
  await pause(10);
  half.destroy();
  await stillServes();
  await expect.poll(() => house.listeners()).toBe(0);
});

test('somebody who talks without end is closed with 4008', async () => {
  house = await openHouse({ limits: { messagesPerBeat: 50 } });
  const chatty = await house.join(house.tokens.cook);
  for (let at = 0; at < 200; at += 1) chatty.send({ type: 'ping' });
  expect(await chatty.closed()).toBe(4008);
  expect(chatty.frames.filter(({ type }) => type === 'pong').length).toBeLessThanOrEqual(50);
  const pinging = await house.join(house.tokens.cook);
  for (let at = 0; at < 200; at += 1) pinging.socket.ping();
  expect(await pinging.closed()).toBe(4008);
  await stillServes();
});

test('strangers cannot take every place, and places have an end', async () => {
  house = await openHouse({ limits: { strangersPerAddress: 5, sockets: 8, signInMs: 400 } });
  const strangers = Array.from({ length: 5 }, () => house.call(pathTo()));
  await Promise.all(strangers.map((phone) => new Promise((resolve) => phone.socket.once('open', resolve))));
  expect(await refusedWith(house.call(pathTo()))).toBe(429);
  expect(await Promise.all(strangers.map((phone) => phone.closed()))).toEqual([4002, 4002, 4002, 4002, 4002]);
  await Promise.all(Array.from({ length: 8 }, () => house.join(house.tokens.cook)));
  expect(await refusedWith(house.call(`${pathTo()}?token=${house.tokens.cook}`))).toBe(503);
});

test('a failing sign-in check or journal ends a socket and not the server', async () => {
  house = await openHouse();
  house.identities.set('bug', undefined as never);
  house.identities.get = (token: string) => {
    if (token === 'bug') throw new Error('a bug');
    return Map.prototype.get.call(house.identities, token);
  };
  const unlucky = house.call(`${pathTo()}?token=bug`);
  expect(await unlucky.closed()).toBe(4000);
  expect(house.logged.join()).toContain('a bug');
  await stillServes();
});

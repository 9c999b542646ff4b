import { afterEach, expect, test } from 'vitest';
import { type House, openHouse } from './realtime.fixture.ts';

let house: House;
afterEach(() => house.close());

const limits = { bufferedBytes: 262_144, askMs: 80, beatMs: 60_000 };
const page = 'x'.repeat(20_000);

/** Bytes that wait inside this process for sockets that do not read; what the system holds for them is beyond us. */
const waitingInServer = () => house.serverSockets().reduce((sum, socket) => sum + socket.writableLength, 0);

test('one phone that stops reading costs a bounded amount of memory while 30 MB pass, and others notice nothing', async () => {
  house = await openHouse({ limits });
  const slow = await house.join(house.tokens.server, 'pos');
  const quick = await house.join(house.tokens.server, 'pos');
  await slow.hears('at');
  slow.socket.pause();
  let most = 0;
  let slowest = 0;
  const total = 1_500;
  for (let at = 0; at < total; at += 10) {
    const before = performance.now();
    await Promise.all(Array.from({ length: 10 }, (_, n) => house.happen(['floor', `${at + n} ${page}`])));
    slowest = Math.max(slowest, performance.now() - before);
    most = Math.max(most, waitingInServer());
  }
  await expect.poll(() => quick.words().length, { timeout: 10_000 }).toBe(total);
  // The limit, and the one event that went over it.
  expect(most).toBeLessThan(limits.bufferedBytes + 25_000);
  expect(slowest).toBeLessThan(2_000);
  // Once it reads again it hears that it is behind, asks nothing, and gets the rest all the same.
  slow.socket.resume();
  await slow.hears('behind', 8_000);
  await expect.poll(() => slow.words().length, { timeout: 15_000 }).toBe(total);
  expect(slow.words().map((words) => words.split(' ')[0])).toEqual(
    Array.from({ length: total }, (_, at) => String(at)),
  );
}, 60_000);

test('a phone that reads nothing at all is dropped, and comes back to everything it missed', async () => {
  house = await openHouse({ limits: { ...limits, drainMs: 300 } });
  const dead = await house.join(house.tokens.server, 'pos');
  const { cursor } = await dead.hears('at');
  dead.socket.pause();
  const total = 900;
  for (let at = 0; at < total; at += 30) {
    await Promise.all(Array.from({ length: 30 }, (_, n) => house.happen(['floor', `${at + n} ${page}`])));
  }
  await expect.poll(() => house.listeners(), { timeout: 5_000 }).toBe(0);
  const back = await house.join(house.tokens.server, 'pos', `&cursor=${cursor}`);
  await expect.poll(() => back.words().length, { timeout: 15_000 }).toBe(total);
}, 60_000);

test('a phone that keeps asking for everything without reading it is not given more than it reads', async () => {
  house = await openHouse({ limits: { ...limits, messagesPerBeat: 700, drainMs: 60_000, beatMs: 60_000 } });
  const greedy = await house.join(house.tokens.server, 'pos');
  const { cursor } = await greedy.hears('at');
  await Promise.all(Array.from({ length: 200 }, (_, at) => house.happen(['floor', `${at} ${page}`])));
  await expect.poll(() => greedy.words().length).toBe(200);
  greedy.socket.pause();
  let most = 0;
  for (let round = 0; round < 300; round += 1) {
    greedy.send({ type: 'resume', cursor });
    greedy.send({ type: 'ping', data: { timestamp: round } });
    if (round % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    most = Math.max(most, waitingInServer());
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  most = Math.max(most, waitingInServer());
  // The limit, one event, and the answers to its pings.
  expect(most).toBeLessThan(limits.bufferedBytes + 25_000 + 300 * 400);
  expect(house.listeners()).toBe(1);
});

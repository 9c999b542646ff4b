import { afterEach, expect, test, vi } from 'vitest';
import { type House, openHouse, pathTo, restaurantId } from './realtime.fixture.ts';

let house: House;
afterEach(() => house.close());

test('each room hears what is meant for it, in order, and a role never more than it may', async () => {
  house = await openHouse();
  const kitchen = await house.join(house.tokens.manager, 'kitchen');
  const pos = await house.join(house.tokens.server, 'pos');
  const office = await house.join(house.tokens.manager, 'management');
  const manager = await house.join(house.tokens.manager);
  const server = await house.join(house.tokens.server);
  const cook = await house.join(house.tokens.cook);
  await house.happen(['everybody', 'all'], ['kitchen', 'fire'], ['managers', 'set'], ['floor', 'paid']);
  await house.happen(['kitchen', 'fire 2']);
  const all = [kitchen, pos, office, manager, server, cook];
  await expect
    .poll(() => all.map((phone) => phone.words().join(' ')))
    .toEqual([
      'all fire fire 2',
      'all paid',
      'all set paid',
      'all fire set paid fire 2',
      'all fire paid fire 2',
      'all fire fire 2',
    ]);
});

test('an event says what old and new clients look for', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.manager);
  await house.happen(['floor', 'paid', 'payment-9'], ['managers', 'hours']);
  const event = await phone.hears('payment_completed');
  expect(event).toMatchObject({
    type: 'payment_completed',
    event_type: 'payment_completed',
    id: '1.0',
    seq: 1,
    cursor: expect.stringMatching(/^[\w-]{40,}$/),
    restaurant_id: restaurantId,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    data: { fact: 'payment.recorded', action: 'recorded', entity: 'payment', entity_id: 'payment-9', words: 'paid' },
  });
  const notice = await phone.hears('system_notification');
  expect(notice).toMatchObject({ id: '1.1', data: { type: 'settings.changed', priority: 'normal' } });
});

test('nobody is told of their own sign-in, everybody else who may know is', async () => {
  house = await openHouse();
  house.person('second', 'manager', null);
  const self = await house.join(house.tokens.manager, 'management');
  const other = await house.join('second', 'management');
  await house.happen(['signIn', 'came', 'id-of-manager']);
  await house.happen(['signIn', 'came too', 'id-of-second']);
  await expect.poll(() => self.words()).toEqual(['came too']);
  await expect.poll(() => other.words()).toEqual(['came']);
  expect((await other.hears('user_login')).data.entity_id).toBe('id-of-manager');
});

test('a subscription narrows what comes, an unsubscription narrows it further, and nothing is a choice', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.manager);
  const say = async (type: string, events: unknown) => {
    const before = phone.frames.length;
    phone.send({ type, data: { events } });
    await expect.poll(() => phone.frames.slice(before).some((one) => one.type === 'subscription_confirmed')).toBe(true);
    return phone.frames.findLast((one) => one.type === 'subscription_confirmed')?.data.events as string[];
  };
  expect(await say('subscribe', ['menu.updated', 7, null])).toHaveLength(12);
  expect(await say('subscribe', 'order_created')).toHaveLength(12);
  expect(await say('unsubscribe', ['kitchen_update'])).toHaveLength(11);
  expect(await say('subscribe', ['payment.completed'])).not.toContain('kitchen_update');
  await house.happen(['kitchen', 'fire'], ['floor', 'paid']);
  expect(await say('unsubscribe', ['payment_completed'])).not.toContain('payment_completed');
  await house.happen(['floor', 'paid more'], ['everybody', 'moved']);
  await expect.poll(() => phone.words()).toEqual(['paid', 'moved']);
  const none = phone.frames.findLast((one) => one.type === 'subscription_confirmed')?.data.events;
  expect(await say('unsubscribe', none)).toEqual([]);
  await house.happen(['everybody', 'not wanted']);
  phone.send({ type: 'ping' });
  await phone.hears('pong');
  expect(phone.words()).toEqual(['paid', 'moved']);
});

test('a ping is answered with its own time, or with ours', async () => {
  house = await openHouse({ now: () => 1_750_000_000_000 });
  const phone = await house.join(house.tokens.cook);
  phone.send({ type: 'ping', data: { timestamp: 1_700_000_000_123 } });
  expect(await phone.hears('pong')).toMatchObject({ event_type: 'pong', data: { timestamp: 1_700_000_000_123 } });
  phone.frames.length = 0;
  phone.send({ type: 'ping' });
  const pong = await phone.hears('pong');
  expect(pong.data.timestamp).toBe(1_750_000_000_000);
  expect(pong.timestamp).toBe('2025-06-15T15:06:40.000Z');
});

test('every beat a quiet client learns how far the journal has come, though it may see none of it', async () => {
  house = await openHouse({ limits: { beatMs: 60 } });
  const cook = await house.join(house.tokens.cook);
  await cook.hears('at');
  await house.happen(['floor', 'paid'], ['managers', 'set']);
  await house.happen(['floor', 'paid more']);
  await expect.poll(() => cook.frames.findLast(({ type }) => type === 'at')?.seq).toBe(2);
  const { cursor } = cook.frames.findLast(({ type }) => type === 'at') as { cursor: string };
  expect(cook.words()).toEqual([]);
  await house.happen(['kitchen', 'fire']);
  const back = await house.join(house.tokens.cook, '', `&cursor=${cursor}`);
  await expect.poll(() => back.words()).toEqual(['fire']);
});

test('a socket whose other end has died is dropped within two beats, a quiet living one stays', async () => {
  house = await openHouse({ limits: { beatMs: 80 } });
  const living = await house.join(house.tokens.cook);
  const dead = await house.join(house.tokens.cook);
  dead.socket.pause();
  await expect.poll(() => house.listeners(), { timeout: 3_000 }).toBe(1);
  await house.happen(['kitchen', 'fire']);
  await expect.poll(() => living.words()).toEqual(['fire']);
});

test('an event is put into words once for everybody who may hear the same', async () => {
  house = await openHouse();
  const { tokens } = house;
  const phones = [];
  for (let at = 0; at < 6; at += 1) {
    phones.push(await house.join(tokens.server, 'pos'), await house.join(tokens.manager, 'pos'));
    phones.push(await house.join(tokens.cook, 'kitchen'));
  }
  for (const phone of phones) await phone.hears('at');
  const spy = vi.spyOn(JSON, 'stringify');
  const texts = () => spy.mock.results.filter(({ value }) => String(value).includes('order_status_changed')).length;
  try {
    await house.happen(['everybody', 'counted']);
    expect(texts()).toBe(2);
    await house.happen(['everybody', 'again']);
    expect(texts()).toBe(4);
  } finally {
    spy.mockRestore();
  }
});

test('a restart closes with 1012, which makes clients come back, never with 1000', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.cook);
  const stranger = house.call(pathTo());
  await new Promise((resolve) => stranger.socket.once('open', resolve));
  await house.restart();
  expect(await phone.closed()).toBe(1012);
  expect(await stranger.closed()).toBe(1012);
});

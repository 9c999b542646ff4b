import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { factsBetween } from '../journal/tail.ts';
import { type Happening, type House, openHouse, type Phone, pathTo } from './realtime.fixture.ts';

let house: House;
afterEach(() => house.close());

const lastCursor = (phone: Phone): string => phone.frames.findLast(({ cursor }) => cursor !== undefined)?.cursor ?? '';

test('a device that was away hears everything it missed, once and in order, before anything new', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'one']);
  await expect.poll(() => phone.words()).toEqual(['one']);
  phone.socket.terminate();
  for (const words of ['two', 'three'])
    await house.happen(['floor', words], ['kitchen', 'unseen'], ['floor', `${words}b`]);
  await house.restart();
  const back = house.call(pathTo('pos'));
  back.socket.on('open', () => back.send({ type: 'authenticate', token: house.tokens.server }));
  await back.hears('hello');
  back.send({ type: 'resume', cursor: lastCursor(phone) });
  await house.happen(['floor', 'four']);
  await expect.poll(() => back.words()).toEqual(['two', 'twob', 'three', 'threeb', 'four']);
});

test('cut off within an entry, it gets the rest of that entry and nothing twice', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'a'], ['kitchen', 'x'], ['floor', 'b'], ['floor', 'c'], ['managers', 'y']);
  await expect.poll(() => phone.words()).toEqual(['a', 'b', 'c']);
  const events = phone.frames.filter(({ type }) => type === 'payment_completed');
  for (const [at, rest] of [['b', 'c'], ['c'], []].entries()) {
    const back = await house.join(house.tokens.server, 'pos', `&cursor=${events[at]?.cursor}`);
    await back.hears('at');
    expect(back.words()).toEqual(rest);
  }
});

test('a device that does not ask goes on from where it came in, without losing the moment in between', async () => {
  house = await openHouse({ limits: { askMs: 150 } });
  await house.happen(['floor', 'before']);
  const phone = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'while greeting']);
  await expect.poll(() => phone.words()).toEqual(['while greeting']);
});

test('events that come between the greeting and the question are heard once', async () => {
  house = await openHouse({ limits: { askMs: 5_000 } });
  const phone = await house.join(house.tokens.server, 'pos');
  phone.send({ type: 'resume', data: { cursor: 'nonsense' } });
  const { cursor } = await phone.hears('resync');
  await house.happen(['floor', 'missed']);
  await expect.poll(() => phone.words()).toEqual(['missed']);
  const back = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'between']);
  back.send({ type: 'resume', cursor });
  await house.happen(['floor', 'after']);
  await expect.poll(() => back.words()).toEqual(['missed', 'between', 'after']);
});

test('a long absence is sent in stretches and ends live', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server, 'pos');
  const cursor = (await phone.hears('at')).cursor;
  const words = Array.from({ length: 730 }, (_, at) => String(at));
  await Promise.all(words.map((word) => house.happen(['floor', word], ['kitchen', 'unseen'])));
  const back = await house.join(house.tokens.server, 'pos', `&cursor=${cursor}`);
  await house.happen(['floor', 'live']);
  await expect.poll(() => back.words().length, { timeout: 5_000 }).toBe(731);
  expect(back.words()).toEqual([...words, 'live']);
});

test('what cannot be continued is said with the reason, and life goes on from now', async () => {
  let now = 1_750_000_000_000;
  house = await openHouse({ now: () => now, limits: { replayMs: 1_000 } });
  const phone = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'old']);
  await expect.poll(() => phone.words()).toEqual(['old']);
  const start = (await phone.hears('at')).cursor as string;
  const now1 = lastCursor(phone);
  const reasonOf = async (token: string, room: string, cursor: string) => {
    const back = await house.join(token, room, `&cursor=${encodeURIComponent(cursor)}`);
    const { data, cursor: next } = await back.hears('resync');
    expect(data).toMatchObject({ epoch: expect.any(String), snapshot: expect.stringContaining('/api/v1/') });
    await house.happen(['everybody', 'next']);
    await expect.poll(() => back.words()).toEqual(['next']);
    expect(next).not.toBe(cursor);
    back.socket.terminate();
    return data.reason;
  };
  expect(await reasonOf(house.tokens.server, 'pos', 'garbage')).toBe('unknown');
  expect(await reasonOf(house.tokens.server, 'pos', `${now1.slice(0, -3)}AAA`)).toBe('unknown');
  expect(await reasonOf(house.tokens.server, '', now1)).toBe('other_scope');
  expect(await reasonOf(house.tokens.cook, '', now1)).toBe('other_scope');
  now += 5_000;
  expect(await reasonOf(house.tokens.server, 'pos', start)).toBe('too_old');
  // A restore opens a new epoch: what devices saw before it may have been undone.
  house.core.connection().sqlite.exec(`INSERT INTO epoch (id, started_at, reason) VALUES ('epoch-2', 2, 'restored')`);
  await house.restart();
  expect(await reasonOf(house.tokens.server, 'pos', now1)).toBe('other_epoch');
});

test('a device that was on a journal which lost its end hears that it is ahead', async () => {
  house = await openHouse();
  const phone = await house.join(house.tokens.server, 'pos');
  await house.happen(['floor', 'seen']);
  await expect.poll(() => phone.words()).toEqual(['seen']);
  const cursor = lastCursor(phone);
  await house.close();
  house = await openHouse();
  const back = await house.join(house.tokens.server, 'pos', `&cursor=${cursor}`);
  expect((await back.hears('resync')).data.reason).toBe('ahead');
});

const rooms = [
  { token: 'manager', room: '', hears: ['pos', 'kitchen', 'management'] },
  { token: 'server', room: '', hears: ['pos', 'kitchen'] },
  { token: 'server', room: 'pos', hears: ['pos'] },
  { token: 'cook', room: 'kitchen', hears: ['kitchen'] },
] as const;
const happenings: Happening[] = ['everybody', 'kitchen', 'floor', 'managers'];
const evening = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.array(fc.constantFrom(...happenings), { minLength: 1, maxLength: 5 }) },
    // Who loses the line, after how many further events, and how they come back.
    {
      weight: 3,
      arbitrary: fc.record({
        who: fc.nat({ max: rooms.length - 1 }),
        after: fc.nat({ max: 3 }),
        back: fc.constantFrom('query' as const, 'message' as const, 'question' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  ),
  { minLength: 5, maxLength: 25 },
);

/**
 * A device that processes events one by one and may lose its line between any two. Whatever arrives after the cut was
 * never processed; it comes back with the cursor of the last event it did process.
 */
class Device {
  readonly got: string[] = [];
  cursor = '';
  processed = 0;
  cutAfter = Number.POSITIVE_INFINITY;
  phone: Phone | null = null;
  back: 'query' | 'message' | 'question' = 'query';
  readonly token: string;
  readonly room: string;
  constructor(token: string, room: string) {
    this.token = token;
    this.room = room;
  }

  async connect(): Promise<void> {
    const { back } = this;
    const phone = house.call(
      back === 'query' && this.cursor !== ''
        ? `${pathTo(this.room)}?token=${this.token}&cursor=${this.cursor}`
        : pathTo(this.room),
    );
    this.phone = phone;
    let read = 0;
    const first = this.cursor === '';
    phone.socket.on('open', () => {
      if (back === 'query' && !first) return;
      const { cursor } = this;
      phone.send({ type: 'authenticate', token: this.token, ...(back === 'message' && !first ? { cursor } : {}) });
    });
    phone.socket.on('message', () => {
      for (; read < phone.frames.length && this.phone === phone; read += 1) {
        const frame = phone.frames[read] as Phone['frames'][number];
        if (frame.type === 'hello' && back === 'question' && !first) {
          phone.send({ type: 'resume', cursor: this.cursor });
        }
        if (frame.data?.fact !== undefined) {
          if (this.processed >= this.cutAfter) {
            this.phone = null;
            phone.socket.terminate();
            return;
          }
          this.processed += 1;
          this.got.push(frame.id as string);
        }
        if (frame.cursor !== undefined) this.cursor = frame.cursor;
      }
    });
    // The greeting ends with `at`; a first visit has to have it, or there is nothing to come back with.
    if (first) await phone.hears('at');
  }
}

test('whatever happens and whoever loses the line when, each device ends with what its role may see, once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(evening, async (steps) => {
      house = await openHouse({ limits: { askMs: 30 } });
      const devices = rooms.map(({ token, room }) => new Device(house.tokens[token], room));
      for (const device of devices) await device.connect();
      let entry = 0;
      for (const step of steps) {
        if (step === 'restart') {
          for (const device of devices) device.phone = null;
          await house.restart();
        } else if (Array.isArray(step)) {
          entry += 1;
          await house.happen(...step.map((what, n) => [what, `${entry}.${n}`] as const));
        } else {
          const device = devices[step.who] as Device;
          device.cutAfter = device.processed + step.after;
          device.back = step.back;
        }
        for (const device of devices) {
          if (device.phone !== null) continue;
          device.cutAfter = Number.POSITIVE_INFINITY;
          await device.connect();
        }
      }
      const connection = house.core.connection();
      for (const [at, device] of devices.entries()) {
        const hears: readonly string[] = rooms[at]?.hears ?? [];
        let seq = 0;
        let n = 0;
        const wanted = factsBetween(connection, 0, house.core.head().seq).flatMap((fact) => {
          n = fact.seq === seq ? n + 1 : 0;
          seq = fact.seq;
          return fact.audience.some((audience) => hears.includes(audience)) ? [`${fact.seq}.${n}`] : [];
        });
        const settled = async () => {
          if (device.phone === null) {
            device.cutAfter = Number.POSITIVE_INFINITY;
            await device.connect();
          }
          return device.got;
        };
        await expect.poll(settled, { timeout: 4_000 }).toEqual(wanted);
      }
      await house.close();
    }),
    { numRuns: 12, interruptAfterTimeLimit: 15_000, seed: 20250618 },
  );
  house = await openHouse();
}, 60_000);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMoney } from '../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { type Ipad, type People, type Person, peopleOf } from '../harness/people.ts';
import { type Dice, dice } from './dice.ts';
import { kinds, type Pantry, stock, type Wish, wish } from './keys/wishes.ts';
import { type Heard, type Line, line, type Sending } from './line.ts';
import { isLong, say, seed, tier } from './tier.ts';

/**
 * Bad Wi-Fi: an iPad sends what was tapped again and again, some answers are lost on the way back, the server is
 * restarted, the clock is put right. Whatever was tapped happens once, and every copy hears the same.
 */

const { runs, once } = tier({ ci: 200, long: 10_000 });
const MOST_COPIES = isLong ? 50 : 20;
/** How many keys are under way at once. */
const WAVE = 24;

let store: TestStore;
let people: People;
let wire: Line;
let senders: Person[];
let ipads: Ipad[];

/** A desk, whose keys are the user's, and two iPads, whose keys are the device's. */
async function signIn(): Promise<void> {
  people = peopleOf({ host: '127.0.0.1', port: store.server.port });
  const desk = await people.atDesk('manager@demo.test', 'demo-manager-1');
  ipads ??= [await people.ipad('pass', desk), await people.ipad('bar', desk)];
  const on = await Promise.all(ipads.map((ipad) => again(ipad)));
  senders = [desk, ...on];
  wire = line(store.server.port);
}

/** The same iPad against a server that may have another port by now. */
async function again(ipad: Ipad): Promise<Person> {
  const api = store.client();
  api.device = ipad.api.device;
  const all = (await api.must('GET', 'auth/staff')) as {
    id: string;
    name: string;
  }[];
  const user_id = all.find(({ name }) => name.startsWith('Marcus'))?.id;
  const { access_token, user } = await api.must('POST', 'auth/pin', {
    user_id,
    pin: '482913',
  });
  api.token = access_token;
  return {
    ...(senders?.[0] as Person),
    name: user.first_name,
    id: user.id,
    api,
  };
}

beforeAll(async () => {
  store = await openStore({ perSecond: 1_000_000 });
  await signIn();
});
afterAll(async () => {
  wire?.close();
  people?.goHome();
  await store?.close();
});

/** A wish and what has been heard of it so far. */
interface Tapped {
  readonly wish: Wish;
  readonly sender: number;
  readonly answers: Heard[];
}

function sendingOf({ wish: { method, path, header, key }, sender }: Tapped, body: object): Sending {
  const { token, device } = (senders[sender] as Person).api;
  const headers = {
    Authorization: `Bearer ${token}`,
    [header]: key,
    ...(device === null ? {} : { 'X-Device-Token': device }),
  };
  return { method, path, body, headers };
}

const hear = async (tapped: Tapped): Promise<void> =>
  void tapped.answers.push(await wire.send(sendingOf(tapped, tapped.wish.body)));

interface Count {
  copies: number;
  dropped: number;
  lost: number;
}

/** Sends some wishes in many copies at once, tears a third of the connections down, and sends those copies once more. */
async function wave(wishes: readonly Tapped[], at: Dice, count: Count): Promise<void> {
  const copies = at.shuffle(
    wishes.flatMap((tapped) => Array.from({ length: at.between(2, MOST_COPIES) }, () => tapped)),
  );
  const lost: Tapped[] = [];
  await Promise.all(
    copies.map(async (tapped, index) => {
      count.copies += 1;
      if (index % 3 !== 0) return hear(tapped);
      count.dropped += 1;
      const heard = await wire.sendAndDrop(sendingOf(tapped, tapped.wish.body), at.between(0, 6));
      if (heard === null) lost.push(tapped);
      else tapped.answers.push(heard);
    }),
  );
  count.lost += lost.length;
  await Promise.all(lost.map(hear));
}

/** What is not as it was promised for one wish, in words. */
function wrong({ wish: { kind, key, status, effects }, answers }: Tapped): string[] {
  const database = store.server.core.connection().sqlite;
  const [first] = answers;
  const done = effects(database);
  const entries = database.prepare('SELECT count(*) FROM journal WHERE key = ?').pluck().get(key);
  const expectedEntries = kind === 'refusal' ? 0 : 1;
  return [
    ...(first?.status === status ? [] : [`answered ${first?.status}: ${first?.text.slice(0, 300)}`]),
    ...(answers.every((one) => one.status === first?.status && one.text === first.text)
      ? []
      : ['copies heard different things']),
    ...(answers.filter(({ replayed }) => !replayed).length <= 1 ? [] : ['several copies were the first']),
    ...(done === 1 ? [] : [`it was done ${done} times`]),
    ...(entries === expectedEntries ? [] : [`it stands in the journal ${entries} times`]),
  ].map((sentence) => `${kind} ${key}: ${sentence}`);
}

async function inWaves(all: readonly Tapped[], work: (wishes: readonly Tapped[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += WAVE) await work(all.slice(from, from + WAVE));
}

const replayAll = (all: readonly Tapped[]) => inWaves(all, (some) => Promise.all(some.map(hear)));

/** The same key for something else: refused, and it does not become the answer of the key. */
async function misuse(all: readonly Tapped[]): Promise<string[]> {
  const wrongs: string[] = [];
  await inWaves(all, (some) =>
    Promise.all(
      some.map(async (tapped) => {
        const { status, text } = await wire.send(sendingOf(tapped, tapped.wish.other));
        const { code } = JSON.parse(text).error ?? {};
        if (status !== 422 || code !== 'IDEMPOTENCY_KEY_REUSED') wrongs.push(`${tapped.wish.kind}: ${status} ${text}`);
      }),
    ),
  );
  return wrongs;
}

const keyedEntries = (): number =>
  store.server.core
    .connection()
    .sqlite.prepare('SELECT count(*) FROM journal WHERE key IS NOT NULL')
    .pluck()
    .get() as number;

async function restarted(): Promise<void> {
  wire.close();
  people.goHome();
  store = await store.restart();
  await signIn();
}

test(
  `${runs} taps in up to ${MOST_COPIES} copies, answers lost, clock and server gone astray: each done once`,
  once,
  async () => {
    const at = dice(seed);
    const count: Count = { copies: 0, dropped: 0, lost: 0 };
    const before = keyedEntries();
    const desk = (senders[0] as Person).api;
    const session = (await desk.must('POST', 'pos/sessions', { opening_float: 500 })).id as number;
    let pantry: Pantry = await stock(desk, session);
    // Refusals come on top: what is promised is so many effects.
    const effective = kinds.filter((kind) => kind !== 'refusal');
    const all: Tapped[] = [];
    const total = runs + Math.ceil(runs / 20);
    while (all.length < total) {
      const some = await Promise.all(
        Array.from({ length: Math.min(WAVE, total - all.length) }, async (_, place): Promise<Tapped> => {
          const own = dice(seed + all.length + place + 1);
          const kind = all.length + place < runs ? own.pick(effective) : 'refusal';
          return {
            wish: await wish(pantry, kind, own),
            sender: own.between(0, senders.length - 1),
            answers: [],
          };
        }),
      );
      await wave(some, at, count);
      all.push(...some);
      if (all.length % 1_200 === 0) {
        await signIn();
        pantry = await stock((senders[0] as Person).api, session);
      }
    }
    expect(all.flatMap(wrong)).toEqual([]);
    expect(await misuse(all)).toEqual([]);

    const DAY = 86_400_000;
    store.clock.jump(2 * DAY);
    await signIn();
    await replayAll(all);
    expect(all.flatMap(wrong)).toEqual([]);

    store.clock.jump(-4 * DAY);
    await restarted();
    await replayAll(all);
    expect(all.flatMap(wrong)).toEqual([]);
    store.clock.jump(2 * DAY);

    const { core } = store.server;
    expect(keyedEntries() - before).toBe(runs);
    expect(checkMoney(core.connection())).toEqual([]);
    expect(count.lost).toBeGreaterThan(count.dropped / 4);
    say('keys', { keys: runs, ...count });
  },
);

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMoney } from '../../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../../harness/open-store.ts';
import { dice } from '../dice.ts';
import { removePrinters } from '../remove-printers.ts';
import { say, seed, tier } from '../tier.ts';
import { contradiction, named, opening, ownWritesLost } from './judge.ts';
import { overHttp, type Restaurant } from './over-http.ts';
import { type Plan, plans } from './plan.ts';
import { play } from './play.ts';
import type { Event } from './words.ts';
import type { World } from './world.ts';

/** Two to six iPads at once on the same tables: it has to look as if one hand had done it all, one thing at a time. */

const { runs, once } = tier({ ci: 120, long: 20_000 });
/** After so many histories the clock goes on to the next day. */
const DAY_OF = 300;

/** Histories that run side by side, each with tables, a drawer and a special of its own: a commit then serves several. */
const SIDE_BY_SIDE = 6;

let store: TestStore;
let corners: Restaurant[];

beforeAll(async () => {
  store = await openStore({ perSecond: 1_000_000 });
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  for (let n = 1; n < SIDE_BY_SIDE; n += 1) await manager.must('POST', 'pos/tills', { name: `Corner ${n + 1}` });
  await removePrinters(store);
  corners = await arrive();
});
afterAll(() => store?.close());

interface Listed {
  readonly id: number;
  readonly price: number;
  readonly needs_choice: boolean;
}

async function arrive(): Promise<Restaurant[]> {
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const server = await store.signedIn('server@demo.test', 'demo-server-1');
  const listed = (await manager.must('GET', 'products/mobile')) as Listed[];
  const plain = listed.filter(({ needs_choice }) => !needs_choice);
  const dish = (n: number) => ({ id: plain[n]?.id ?? 0, price: Math.round((plain[n]?.price ?? 0) * 100) });
  const { tables } = (await manager.must('GET', 'restaurants/floor-plan')) as {
    tables: { id: string; name: string; section_id: string }[];
  };
  const sections = [...new Set(tables.map(({ section_id }) => section_id))];
  return Array.from({ length: SIDE_BY_SIDE }, (_, n) => {
    const section = sections[n % sections.length] as string;
    const shared = Math.ceil(SIDE_BY_SIDE / sections.length);
    const own = tables
      .filter(({ section_id }) => section_id === section)
      .filter((_one, at) => at % shared === Math.floor(n / sections.length));
    return {
      manager,
      server,
      dishes: { soup: dish(0), steak: dish(1), special: dish(2 + n) },
      section,
      tables: Object.fromEntries(own.map(({ name, id }) => [name, id])),
      till: n + 1,
    };
  });
}

async function history(place: Restaurant, plan: Plan, number: number): Promise<{ start: World; events: Event[] }> {
  const at = dice(seed + number);
  const tables = at.shuffle(Object.keys(place.tables)).slice(0, plan.tables);
  const { dishes, manager } = place;
  await manager.must('POST', `products/${dishes.special.id}/availability`, { remaining: plan.portions });
  const prices = { soup: dishes.soup.price, steak: dishes.steak.price, special: dishes.special.price };
  const house = overHttp(place, tables, at);
  try {
    const events = await play(house, plan, at.uuid);
    return { start: opening(tables, prices, plan.portions), events: named(events, house.nameOf) };
  } finally {
    house.close();
  }
}

test(`${runs} histories of two to six iPads, each as if one thing had happened after the other`, once, async () => {
  let [number, requests, unheard, refused] = [0, 0, 0, 0];
  const one = async (place: Restaurant, plan: Plan): Promise<void> => {
    const own = ++number;
    const { start, events } = await history(place, plan, own);
    requests += events.length;
    unheard += events.filter(({ to }) => to === null).length;
    refused += events.filter(({ seen }) => seen?.code !== undefined).length;
    const wrong = contradiction(start, events);
    if (wrong !== null) throw new Error(`history ${own}, FYNLO_SEED=${seed}\n${wrong}`);
    expect(ownWritesLost(events)).toEqual([]);
  };
  const batches = fc.array(plans, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE });
  await fc.assert(
    fc.asyncProperty(batches, async (some) => {
      if (number % DAY_OF === 0 && number > 0) {
        store.clock.jump(86_400_000);
        corners = await arrive();
      }
      await Promise.all(some.map((plan, corner) => one(corners[corner] as Restaurant, plan)));
    }),
    // Once more it would go another way, so the recorded history itself is made small instead.
    { numRuns: Math.ceil(runs / SIDE_BY_SIDE), seed, endOnFailure: true },
  );
  expect(checkMoney(store.server.core.connection())).toEqual([]);
  say('histories', { histories: number, requests, unheard, refused });
});

import { join } from 'node:path';
import process from 'node:process';
import { createByHand, sampleOf } from './kit/by-hand.ts';
import { orderTaker } from './kit/orders.ts';
import { cpuPer, mean, type Pair } from './kit/rounds.ts';
import { demoFolder, openDoor } from './kit/store.ts';

/** CPU µs per order of each way, one value a round. */
export interface CpuResult {
  readonly alone: Pair[];
  readonly grouped: Pair[];
  /** Against statements whose rows lay ready, texts and digests included. */
  readonly aloneReady: Pair[];
  readonly groupedReady: Pair[];
  readonly rows: number;
}

const rounds = Number(process.argv[2]);
const turns = Number(process.argv[3]);
const orders = 32;

const door = openDoor(await demoFolder());
const take = orderTaker(door);
for (let n = 0; n < 200; n += 1) await take(n);

const sample = sampleOf(door);
const made = createByHand(join(await demoFolder(), 'store.db'), sample, true);
const ready = createByHand(join(await demoFolder(), 'store.db'), sample, false);
const repeat = (one: () => void) => () => {
  for (let n = 0; n < orders; n += 1) one();
};
const ways = {
  ready: repeat(ready.one),
  alone: async () => {
    for (let n = 0; n < orders; n += 1) await take(n);
  },
  made: repeat(made.one),
  grouped: () => Promise.all(Array.from({ length: orders }, (_, n) => take(n))),
};
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];

/** Many short turns make one round, so that a busy neighbour meets all four alike. */
async function round(): Promise<Record<Way, number>> {
  const cost: Record<Way, number[]> = { ready: [], alone: [], made: [], grouped: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(at + turn) % names.length] as Way;
      cost[name].push(await cpuPer(orders, ways[name]));
    }
  }
  return { ready: mean(cost.ready), alone: mean(cost.alone), made: mean(cost.made), grouped: mean(cost.grouped) };
}

for (let n = 0; n < 2; n += 1) await round();
const all: Record<Way, number>[] = [];
for (let n = 0; n < rounds; n += 1) all.push(await round());
const pairs = (subject: Way, anchor: Way): Pair[] => all.map((one) => ({ subject: one[subject], anchor: one[anchor] }));
const result: CpuResult = {
  alone: pairs('alone', 'made'),
  grouped: pairs('grouped', 'made'),
  aloneReady: pairs('alone', 'ready'),
  groupedReady: pairs('grouped', 'ready'),
  rows: sample.rows.length + 1,
};
process.send?.(result, () => process.exit(0));

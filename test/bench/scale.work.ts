import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Core } from '../../store-server/commands/core.ts';
import { catalogueOf } from '../../store-server/features/menu/menu.catalogue.ts';
import { openOrders, orderView, orderViewByRef } from '../../store-server/features/orders/index.ts';
import { ordersPage } from '../../store-server/features/orders/orders.reads.ts';
import { factsBetween } from '../../store-server/journal/tail.ts';
import { orderTaker } from './kit/orders.ts';
import { alternate, cpuPer, median, type Pair } from './kit/rounds.ts';
import { openDoor } from './kit/store.ts';

/** Per measure: the store with a history against the empty one, one pair a round. */
export interface ScaleResult {
  readonly create: Pair[];
  readonly createCpu: Pair[];
  readonly reads: Readonly<Record<string, Pair[]>>;
  /** WAL bytes of an order, its own transaction. */
  readonly walFull: number;
  readonly walEmpty: number;
}

const [fullFolder = '', emptyFolder = '', rounds = '5', size = '200'] = process.argv.slice(2);
const orders = Number(size);

function side(folder: string) {
  const core = openDoor(folder);
  const middle = 'SELECT (min(alias) + max(alias)) / 2 FROM orders WHERE alias >= 1000';
  const before = core.connection().sqlite.prepare<[], number>(middle).pluck().get() as number;
  return { core, file: join(folder, 'store.db'), take: orderTaker(core), before };
}
const full = side(fullFolder);
const empty = side(emptyFolder);
type Side = typeof full;

/** Both sides have the same number of open checks; only what lies behind them differs. */
for (let n = 0; n < 40; n += 1) for (const { take } of [full, empty]) await take(n);

async function createP50({ take }: Side): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < orders; n += 1) {
    const from = performance.now();
    await take(n);
    times.push(performance.now() - from);
  }
  return median(times);
}

const createCpu = ({ take }: Side) =>
  cpuPer(orders, async () => {
    for (let n = 0; n < orders; n += 1) await take(n);
  });

/** Counted in a WAL of its own, with no checkpoint in between. */
async function walBytes({ core, file, take }: Side): Promise<number> {
  const { sqlite } = core.connection();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.pragma('wal_autocheckpoint = 0');
  for (let n = 0; n < 200; n += 1) await take(n);
  const bytes = statSync(`${file}-wal`).size / 200;
  sqlite.pragma('wal_autocheckpoint = 1000');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  return bytes;
}

/** Closes what the rounds before left open, so that a board of the same forty checks is read on both sides. */
function fortyOpen({ core }: Side): void {
  core
    .connection()
    .sqlite.exec(
      "UPDATE orders SET status = 'cancelled' WHERE status = 'open' AND alias <= (SELECT max(alias) - 40 FROM orders)",
    );
}

const lastAlias = (core: Core): number =>
  core.connection().sqlite.prepare<[], number>('SELECT max(alias) FROM orders').pluck().get() ?? 0;

const reads: Readonly<Record<string, { times: number; read(side: Side): unknown }>> = {
  'the board: forty open checks': { times: 30, read: ({ core }) => openOrders(core.connection()) },
  'one order by its id': {
    times: 300,
    read: ({ core }) => orderView(core.connection(), orderViewByRef(core.connection(), lastAlias(core)).id),
  },
  'a page of fifty orders, half way back': {
    times: 50,
    read: ({ core, before }) => ordersPage(core.connection(), { status: 'all', before, limit: 50 }),
  },
  'the facts of a hundred entries after a cursor': {
    times: 50,
    read: ({ core }) => factsBetween(core.connection(), core.head().seq - 100, core.head().seq),
  },
};

for (const { core } of [full, empty]) catalogueOf(core.connection());
const turns = Number(rounds);
const create = await alternate(
  turns,
  () => createP50(full),
  () => createP50(empty),
);
const cpu = await alternate(
  turns,
  () => createCpu(full),
  () => createCpu(empty),
);
const [walFull, walEmpty] = [await walBytes(full), await walBytes(empty)];
for (const one of [full, empty]) fortyOpen(one);
const read: Record<string, Pair[]> = {};
for (const [name, { times, read: once }] of Object.entries(reads)) {
  const cost = (one: Side) => () =>
    cpuPer(times, () => {
      for (let n = 0; n < times; n += 1) once(one);
    });
  for (let n = 0; n < 3; n += 1) for (const one of [full, empty]) await cost(one)();
  read[name] = await alternate(turns * 3, cost(full), cost(empty));
}
const result: ScaleResult = { create, createCpu: cpu, reads: read, walFull, walEmpty };
process.send?.(result, () => process.exit(0));

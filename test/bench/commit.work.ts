import process from 'node:process';
import { openOrderCommand } from '../../store-server/features/orders/index.ts';
import { openPlainDoor, sendOrders } from './kit/doors.ts';
import { orderInputs } from './kit/orders.ts';
import { alternate, type Pair } from './kit/rounds.ts';
import { callerFor, demoFolder, openDoor } from './kit/store.ts';

/** What `bench:commit` learns from one process on one kind of disk. Rates are orders a second. */
export interface CommitResult {
  readonly together: Pair[];
  readonly alone: Pair[];
  readonly ordersPerCommit: number[];
}

const rounds = Number(process.argv[2]);
const ms = Number(process.argv[3]);

const grouped = openDoor(await demoFolder());
const single = openDoor(await demoFolder(), { groupLimit: 1 });
const direct = openPlainDoor(await demoFolder());

const input = orderInputs(grouped);
const inputs = Array.from({ length: 40 }, (_, n) => input(n));
const caller = callerFor(grouped);
const callerSingle = callerFor(single);
const callerDirect = callerFor(direct);

let commits = 0;
let commands = 0;
grouped.onCommit((commit) => {
  commits += 1;
  commands += commit.commands;
});
const ordersPerCommit: number[] = [];

const take = (door: Pick<typeof grouped, 'execute'>, as: typeof caller) => (n: number) => {
  const order = inputs[n % inputs.length] as (typeof inputs)[number];
  return door.execute(openOrderCommand, as(), order, { params: {}, body: order });
};

const together = await alternate(
  rounds,
  async () => {
    commits = 0;
    commands = 0;
    const rate = await sendOrders(ms, 32, take(grouped, caller));
    ordersPerCommit.push(commands / commits);
    return rate;
  },
  () => sendOrders(ms, 32, take(single, callerSingle)),
);
const alone = await alternate(
  rounds,
  () => sendOrders(ms, 1, take(grouped, caller)),
  () => sendOrders(ms, 1, take(direct, callerDirect)),
);
process.send?.({ together, alone, ordersPerCommit: ordersPerCommit.slice(1) } satisfies CommitResult, () =>
  process.exit(0),
);

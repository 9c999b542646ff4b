import process from 'node:process';
import { openPlainDoor, sendOrders } from './kit/doors.ts';
import { orderTaker } from './kit/orders.ts';
import { alternate, type Pair } from './kit/rounds.ts';
import { demoFolder, openDoor } from './kit/store.ts';

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

let commits = 0;
let commands = 0;
grouped.onCommit((commit) => {
  commits += 1;
  commands += commit.commands;
});
const ordersPerCommit: number[] = [];

const [takeGrouped, takeSingle, takeDirect] = [orderTaker(grouped), orderTaker(single), orderTaker(direct)];
const together = await alternate(
  rounds,
  async () => {
    commits = 0;
    commands = 0;
    const rate = await sendOrders(ms, 32, takeGrouped);
    ordersPerCommit.push(commands / commits);
    return rate;
  },
  () => sendOrders(ms, 32, takeSingle),
);
const alone = await alternate(
  rounds,
  () => sendOrders(ms, 1, takeGrouped),
  () => sendOrders(ms, 1, takeDirect),
);
process.send?.({ together, alone, ordersPerCommit: ordersPerCommit.slice(1) } satisfies CommitResult, () =>
  process.exit(0),
);

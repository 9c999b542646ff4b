import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../harness/api-client.ts';
import { folderWithHistory, noRoomFor } from './kit/bulk.ts';
import { type Bench, ratio, skipped } from './kit/findings.ts';
import { openLoop, type Stretch, type Target } from './kit/open-loop.ts';
import { fiveDishes, orderBody } from './kit/orders.ts';
import { alternate, median } from './kit/rounds.ts';
import { startServer } from './kit/server.ts';
import { openDoor } from './kit/store.ts';

/** Goal 8: orders go on while a manager has a day of a million lines added up, beside the same orders without it. */
export const isolation: Bench = {
  name: 'isolation',
  title: 'Orders while a very long day is added up',
  async run({ rounds, quick }) {
    const orders = quick ? 50_000 : 200_000;
    const what = 'p99 of an order at 100/s, with a report / without';
    const reason = noRoomFor(orders);
    if (reason !== null) return [skipped({ goal: 8, what, note: reason })];
    const folder = await folderWithHistory(orders, { isOneDay: true });
    const look = openDoor(folder);
    const dishes = fiveDishes(look.connection());
    await look.close();
    const store = await startServer(folder);
    const manager = new ApiClient(store.port);
    const login = { email: 'manager@demo.test', password: 'demo-manager-1' };
    manager.token = (await manager.must('POST', 'auth/login', login)).access_token;
    const target: Target = { port: store.port, path: '/api/v1/orders', token: store.api.token };

    const stretch = async (seen: Stretch[]): Promise<number> => {
      seen.push(await openLoop(target, 100, quick ? 3_000 : 6_000, (n) => orderBody(dishes, n)));
      return seen.at(-1)?.p99 ?? Number.NaN;
    };
    const reports: number[] = [];
    /** One report after the other, for as long as orders come. */
    async function readOn(isOver: () => boolean): Promise<void> {
      while (!isOver()) {
        const from = performance.now();
        const { summary } = await manager.must('GET', 'reports/daily-sales');
        if (summary.total_orders <= orders) throw new Error(`the report knows ${summary.total_orders} orders only`);
        reports.push(performance.now() - from);
      }
    }

    const [busy, calm]: [Stretch[], Stretch[]] = [[], []];
    const pairs = await alternate(
      rounds,
      async () => {
        let isOver = false;
        const reading = readOn(() => isOver);
        await pause(100);
        const p99 = await stretch(busy);
        isOver = true;
        await reading;
        return p99;
      },
      () => stretch(calm),
    );
    manager.close();
    await store.stop();
    const failed = [...busy, ...calm].reduce((sum, one) => sum + one.failed, 0);
    if (failed > 0) throw new Error(`${failed} orders were not taken`);
    const figures = (stretches: Stretch[]) =>
      `p50 ${median(stretches.map((one) => one.p50)).toFixed(1)}, p99 ${median(stretches.map((one) => one.p99)).toFixed(1)} ms`;
    const lines = (orders * 5).toLocaleString('en-GB');
    const took = `a report of ${lines} lines took ${(median(reports) / 1000).toFixed(1)} s`;
    return [ratio({ goal: 8, what, bound: { most: 2 }, pairs, note: `${figures(busy)} / ${figures(calm)}; ${took}` })];
  },
};

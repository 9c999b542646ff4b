import { type Bench, type Finding, ratio } from './kit/findings.ts';
import { openLoop, type Stretch, type Target } from './kit/open-loop.ts';
import { fiveDishes, orderBody } from './kit/orders.ts';
import { alternate, median } from './kit/rounds.ts';
import { startServer } from './kit/server.ts';
import { demoFolder, openDoor, ownFolder } from './kit/store.ts';
import { ask, end, start } from './kit/work.ts';

/** Goal 2: the whole path of an order over HTTP, sent on schedule, beside a mere write and sync. */
export const orderLatency: Bench = {
  name: 'order-latency',
  title: 'An order over HTTP, sent on schedule',
  async run({ rounds, quick }) {
    const folder = await demoFolder();
    const look = openDoor(folder);
    const dishes = fiveDishes(look.connection());
    await look.close();
    const store = await startServer(folder);
    const floor = start('sync-floor.work.ts', { args: [ownFolder()] });
    const { port } = await ask<{ port: number }>(floor, {});
    const ours: Target = { port: store.port, path: '/api/v1/orders', token: store.api.token };
    const theirs: Target = { port, path: '/', token: null };
    const findings: Finding[] = [];
    const body = (n: number) => orderBody(dishes, n);
    await openLoop(ours, 100, 1000, body);
    for (const perSecond of [50, 200]) {
      const ms = quick ? 1500 : perSecond === 50 ? 6000 : 4000;
      const [seen, floors]: [Stretch[], Stretch[]] = [[], []];
      const pairs = await alternate(
        rounds,
        async () => {
          const stretch = await openLoop(ours, perSecond, ms, body);
          seen.push(stretch);
          return stretch.p99;
        },
        async () => {
          const stretch = await openLoop(theirs, perSecond, ms, body);
          floors.push(stretch);
          return stretch.p99;
        },
      );
      const failed = seen.reduce((sum, one) => sum + one.failed, 0);
      if (failed > 0) throw new Error(`${failed} orders were not taken`);
      const figures = (stretches: Stretch[]) =>
        `p50 ${median(stretches.map((one) => one.p50)).toFixed(1)}, p99 ${median(stretches.map((one) => one.p99)).toFixed(1)} ms`;
      findings.push(
        ratio({
          goal: 2,
          what: `p99 of an order at ${perSecond}/s / of 64 KiB written and synced`,
          bound: { most: 1.5 },
          pairs,
          note: `${figures(seen)} / ${figures(floors)}; ${seen[0]?.sent} a round; printers switched off`,
        }),
      );
    }
    await store.stop();
    await end(floor);
    return findings;
  },
};

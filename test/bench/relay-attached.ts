import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, type Finding, ratio } from './kit/findings.ts';
import { openLoop, type Stretch } from './kit/open-loop.ts';
import { fiveDishes, orderBody } from './kit/orders.ts';
import { alternate, median } from './kit/rounds.ts';
import { type Running, startServer } from './kit/server.ts';
import { demoFolder, openDoor } from './kit/store.ts';
import { ask, end, start } from './kit/work.ts';

const PER_SECOND = 50;
/** A relay this slow is always busy with one request, which comes to its end just before the store gives up on it. */
const SLOW_MS = 5_000;

interface Attached {
  readonly store: Running;
  stop(): Promise<void>;
}

/** A store that belongs to a relay of its own and has sent it everything. */
async function attached(kind: 'dead' | 'slow' | 'live'): Promise<Attached> {
  const relay = start('relay-attached.work.ts');
  const { url } = await ask<{ url: string }>(relay, {});
  const store = await startServer(await demoFolder(), ['--relay', url, '--claim', 'LIME-RIVER-42']);
  for (let waited = 0; (await ask<{ acked: number }>(relay, {})).acked === 0; waited += 50) {
    if (waited > 20_000) throw new Error('the store never sent anything to its relay');
    await pause(50);
  }
  if (kind === 'slow') await ask(relay, { slowMs: SLOW_MS });
  if (kind === 'dead') await end(relay);
  return {
    store,
    async stop() {
      await store.stop();
      await end(relay);
    },
  };
}

/** What belonging to a relay costs an order: nothing that a guest could notice, whatever state the relay is in. */
export const relayAttached: Bench = {
  name: 'relay-attached',
  title: 'An order while the cloud relay is dead, slow or live, beside a store without one',
  async run({ rounds, quick }) {
    const folder = await demoFolder();
    const look = openDoor(folder);
    const dishes = fiveDishes(look.connection());
    await look.close();
    const alone = await startServer(folder);
    const body = (n: number) => orderBody(dishes, n);
    const ms = quick ? 2_000 : 6_000;
    const findings: Finding[] = [];
    for (const kind of ['dead', 'slow', 'live'] as const) {
      const { store, stop } = await attached(kind);
      const seen: Stretch[] = [];
      const p99 = async ({ port, api }: Running): Promise<number> => {
        const stretch = await openLoop({ port, path: '/api/v1/orders', token: api.token }, PER_SECOND, ms, body);
        seen.push(stretch);
        return stretch.p99;
      };
      const pairs = await alternate(
        rounds,
        () => p99(store),
        () => p99(alone),
      );
      const failed = seen.reduce((sum, one) => sum + one.failed, 0);
      if (failed > 0) throw new Error(`${failed} orders were not taken`);
      const of = (side: 'subject' | 'anchor') => median(pairs.map((pair) => pair[side])).toFixed(1);
      findings.push(
        ratio({
          goal: 2,
          what: `p99 of an order at ${PER_SECOND}/s, relay ${kind} / no relay`,
          bound: { most: 1.1 },
          pairs,
          note: `p99 ${of('subject')} / ${of('anchor')} ms; printers switched off`,
        }),
      );
      await stop();
    }
    await alone.stop();
    return findings;
  },
};

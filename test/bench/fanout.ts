import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, count, type Finding, ratio } from './kit/findings.ts';
import { alternate, median, type Pair } from './kit/rounds.ts';
import { ask, end, start } from './kit/work.ts';

type Side = 'ours' | 'plain';

/** Goal 7: one event to many sockets, beside a frame made once and written straight to every connection. */
export const fanout: Bench = {
  name: 'fanout',
  title: 'One event to many sockets',
  async run({ rounds, quick }) {
    const server = start('fanout.work.ts');
    const urls = await ask<Record<Side, string>>(server, { what: 'ports' });
    const clients = start('fanout.clients.ts');
    const findings: Finding[] = [];
    const costs = new Map<number, readonly number[]>();
    let bodies = 0;
    let connected = 0;

    async function settled(heard: number): Promise<void> {
      for (let tries = 0; tries < 1_500; tries += 1) {
        if ((await ask<{ heard: number }>(clients, { what: 'count' })).heard >= heard) return;
        await pause(10);
      }
      throw new Error('not every socket heard every event');
    }

    /** CPU µs of the server per socket and event. */
    async function cost(side: Side, sockets: number, events: number): Promise<number> {
      await ask(clients, { what: 'forget' });
      const burst = await ask<{ bodiesWritten: number }>(server, { what: 'burst', side, events });
      if (side === 'ours') bodies = burst.bodiesWritten / events;
      await settled(sockets * events);
      return (await ask<{ cpu: number }>(server, { what: 'cpu' })).cpu / (sockets * events);
    }

    for (const sockets of quick ? [10, 200] : [10, 50, 200, 1000]) {
      for (const side of ['ours', 'plain'] as const) {
        await ask(clients, { what: 'connect', url: urls[side], count: sockets - connected });
      }
      connected = sockets;
      // Whoever has just come is first sent what was missed, and only then hears events live.
      await pause(1_500);
      const events = Math.max(40, Math.round((quick ? 4_000 : 40_000) / sockets));
      const pairs: Pair[] = await alternate(
        rounds,
        () => cost('ours', sockets, events),
        () => cost('plain', sockets, events),
      );
      costs.set(
        sockets,
        pairs.map((pair) => pair.subject),
      );
      findings.push(
        ratio({
          goal: 7,
          what: `CPU of an event per socket, ${sockets} sockets, ours / one ready frame`,
          bound: { most: 1.2 },
          pairs,
          note: `${median(pairs.map((pair) => pair.subject)).toFixed(1)} µs a socket, ${events} events a round`,
        }),
      );
    }
    const [few, all] = [costs.get(200) ?? [], costs.get(1000) ?? []];
    if (all.length > 0) {
      findings.push(
        ratio({
          goal: 7,
          what: 'CPU of an event per socket, 1,000 sockets / 200',
          bound: { most: 1.1 },
          pairs: all.map((subject, n) => ({ subject, anchor: few[n] ?? Number.NaN })),
        }),
      );
    }
    findings.push(
      count({
        goal: 7,
        what: 'how often an event is written out, for one audience',
        bound: { most: 1 },
        values: [bodies],
        note: `to ${connected} sockets`,
      }),
    );
    await ask(clients, { what: 'hang up' });
    await end(clients);
    await end(server);
    return findings;
  },
};

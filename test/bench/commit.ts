import type { CommitResult } from './commit.work.ts';
import { type Bench, count, type Finding, type Options, ratio, skipped } from './kit/findings.ts';
import { resultOf, slowSync, start } from './kit/work.ts';

const measure = ({ rounds, quick }: Options, env: Record<string, string> = {}) =>
  resultOf<CommitResult>(start('commit.work.ts', { args: [String(rounds), quick ? '300' : '1000'], env }));

function judge(disk: string, least: number, { together, alone, ordersPerCommit }: CommitResult): Finding[] {
  return [
    ratio({
      goal: 1,
      what: `orders/s, 32 in flight, ${disk}`,
      bound: { least },
      pairs: together,
      note: 'grouped / one transaction each',
    }),
    count({
      goal: 1,
      what: `orders per commit, ${disk}`,
      bound: { least: 16 },
      values: ordersPerCommit,
      note: 'commands counted by the door itself',
    }),
    ratio({
      goal: 1,
      what: `orders/s, one in flight, ${disk}`,
      bound: { least: 0.95 },
      pairs: alone,
      note: 'through the queue / a transaction at once',
    }),
  ];
}

/** Goal 1: whoever waits in the same turn of the loop shares one sync, and somebody alone pays nothing for it. */
export const commit: Bench = {
  name: 'commit',
  title: 'Durable orders: one sync for all who wait',
  async run(options) {
    const native = judge('this disk', 2.5, await measure(options));
    const slow = slowSync();
    if ('reason' in slow) {
      return [...native, skipped({ goal: 1, what: 'the same with +4 ms a sync', note: slow.reason })];
    }
    return [...native, ...judge('+4 ms a sync', 12, await measure(options, { LD_PRELOAD: slow.library }))];
  },
};

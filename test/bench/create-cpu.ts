import type { CpuResult } from './create-cpu.work.ts';
import { type Bench, ratio } from './kit/findings.ts';
import { median, type Pair } from './kit/rounds.ts';
import { resultOf, start } from './kit/work.ts';

const shortly = (pairs: readonly Pair[]) => `${median(pairs.map((one) => one.subject / one.anchor)).toFixed(2)}x`;

/** Goal 5: what the one door costs beside the same rows written by hand, a transaction for each order. */
export const createCpu: Bench = {
  name: 'create-cpu',
  title: 'CPU of an order beside the same rows by hand',
  async run({ rounds, quick }) {
    const work = start('create-cpu.work.ts', { args: [String(rounds), quick ? '5' : '15'] });
    const { alone, grouped, aloneReady, groupedReady, rows } = await resultOf<CpuResult>(work);
    const anchor = `${rows} rows with their texts, digests and chain`;
    return [
      ratio({
        goal: 5,
        what: 'CPU of an order, one at a time',
        bound: { most: 1.4 },
        pairs: alone,
        note: `${anchor}; rows lying ready, SQLite alone: ${shortly(aloneReady)}`,
      }),
      ratio({
        goal: 5,
        what: 'CPU of an order, 32 in flight',
        bound: { most: 1.1 },
        pairs: grouped,
        note: `${anchor}; rows lying ready, SQLite alone: ${shortly(groupedReady)}`,
      }),
    ];
  },
};

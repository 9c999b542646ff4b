import { folderWithHistory, noRoomFor } from './kit/bulk.ts';
import { type Bench, count, ratio, skipped } from './kit/findings.ts';
import { resultOf, start } from './kit/work.ts';
import type { ScaleResult } from './scale.work.ts';

const bound = { most: 1.1 };

/** Goal 3: years of orders behind it, and an evening goes as fast as the first one did. */
export const scale: Bench = {
  name: 'scale',
  title: 'A full house beside an empty one',
  async run({ rounds, quick, million }) {
    const orders = million ? 1_000_000 : quick ? 20_000 : 200_000;
    const reason = noRoomFor(orders);
    if (reason !== null) return [skipped({ goal: 3, what: `with ${orders} orders behind it`, note: reason })];
    const full = await folderWithHistory(orders, { isOneDay: false });
    const empty = await folderWithHistory(200, { isOneDay: false });
    const args = [full, empty, String(rounds), quick ? '60' : '200'];
    const { create, createCpu, reads, walFull, walEmpty } = await resultOf<ScaleResult>(
      start('scale.work.ts', { args }),
    );
    const behind = `${orders.toLocaleString('en-GB')} orders / 200`;
    return [
      ratio({ goal: 3, what: 'p50 of an order, one at a time', bound, pairs: create, note: behind }),
      ratio({ goal: 3, what: 'CPU of an order, one at a time', bound, pairs: createCpu, note: behind }),
      count({
        goal: 3,
        what: 'WAL bytes of an order',
        bound,
        values: [walFull / walEmpty],
        note: `${(walFull / 1024).toFixed(1)} KiB / ${(walEmpty / 1024).toFixed(1)} KiB`,
      }),
      ...Object.entries(reads).map(([name, pairs]) => ratio({ goal: 3, what: `CPU of ${name}`, bound, pairs })),
    ];
  },
};

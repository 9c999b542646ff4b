import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inside } from '../lab/look-inside.ts';
import type { Verdict } from './cuts.ts';
import { cutAt } from './moments.ts';
import { type Bench, moveIn, moveOut } from './restaurant.ts';
import { BenchFault } from './volume.ts';

const full = '["synchronous", "FULL", 2]';
const normal = '["synchronous", "NORMAL", 1]';

/** A copy of the server that answers before its disk has flushed, as the driver does when it is left alone. */
export function weakened(entry: string): string {
  const text = readFileSync(entry, 'utf8');
  if (text.split(full).length !== 2) throw new Error(`The bundle does not say ${full} exactly once`);
  const copy = path.join(path.dirname(entry), 'entry-weakened.mjs');
  writeFileSync(copy, text.replace(full, normal));
  return copy;
}

/** The control: with `synchronous=NORMAL` something acknowledged has to be missing after one of the cuts. */
export async function controlCuts(bench: Bench, cuts: number): Promise<Verdict> {
  let cutsThatLost = 0;
  let lost = 0;
  let acked = 0;
  let faults = 0;
  for (let cut = 1; cut <= cuts; cut += 1) {
    const place = await moveIn(bench, `control-${cut}`);
    try {
      const mark = await cutAt('service', place, bench);
      place.volume.mount();
      const keys = place.waiters.flatMap((waiter) =>
        waiter.acked.filter(({ n }) => n <= mark).map(({ step }) => step.key),
      );
      const missing = missingKeys(place.dataDir, keys);
      acked += keys.length;
      lost += missing;
      if (missing > 0) cutsThatLost += 1;
    } catch (error) {
      if (!(error instanceof BenchFault)) throw error;
      faults += 1;
      console.log(`bench fault in control cut ${cut}: ${error.message}`);
    } finally {
      await moveOut(place, false);
    }
  }
  const holds = lost > 0 && faults <= 2;
  return {
    holds,
    report:
      `control, the same cuts with synchronous=NORMAL (${full} replaced in a copy of the bundle): ${lost} of ${acked} ` +
      `acknowledged requests lost in ${cutsThatLost} of ${cuts} cuts, ${holds ? 'as it must be' : 'so this harness is BLIND'}`,
  };
}

/** How many of these requests have left no receipt; all of them when the file cannot even be read. */
function missingKeys(dataDir: string, keys: readonly string[]): number {
  try {
    return inside(dataDir, ({ sqlite }) => {
      const find = sqlite.prepare<[string], { n: number }>('SELECT count(*) AS n FROM receipt WHERE key = ?');
      return keys.filter((key) => find.get(key)?.n !== 1).length;
    });
  } catch {
    return keys.length;
  }
}

import { copySources, slipIn } from '../../mutants/copy.ts';
import { mutants } from '../../mutants/list.ts';
import { inside } from '../lab/look-inside.ts';
import { buildServer } from '../lab/server.ts';
import type { Verdict } from './cuts.ts';
import { cutAt } from './moments.ts';
import { type Bench, moveIn, moveOut } from './restaurant.ts';
import { BenchFault } from './volume.ts';

/** A server that answers before its disk has flushed, as the database driver does when it is left alone. */
export function weakened(folder: string): string {
  const slip = mutants.find(({ file }) => file === 'store-server/db/connection.ts');
  if (slip === undefined) throw new Error('The list of mutants has none for the connection');
  copySources(folder);
  const obstacle = slipIn(folder, slip);
  if (obstacle !== null) throw new Error(obstacle);
  return buildServer(folder, folder);
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
      `control, the same cuts with synchronous=NORMAL (a mutant, built from a copy of the sources): ${lost} of ${acked} ` +
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

/** What one round brought on each side: the thing we judge and what it is held against, measured the same way. */
export interface Pair {
  readonly subject: number;
  readonly anchor: number;
}

type Measure = () => number | Promise<number>;

/**
 * Takes turns within one run, so that whatever else the machine does weighs on both sides alike; who goes first changes
 * from round to round. A first, shorter turn of each is thrown away: it pays for compiling and cold pages.
 */
export async function alternate(rounds: number, subject: Measure, anchor: Measure): Promise<Pair[]> {
  await anchor();
  await subject();
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const held = await anchor();
      pairs.push({ anchor: held, subject: await subject() });
    } else {
      const ours = await subject();
      pairs.push({ anchor: await anchor(), subject: ours });
    }
  }
  return pairs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** The value below which the given share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How many times the smallest value the largest is. */
export const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);

export const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** CPU µs of this process (all its threads) per operation. */
export async function cpuPer(operations: number, work: () => unknown): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / operations;
}

/** Operations a second by the clock on the wall. */
export async function ratePer(operations: number, work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return (operations * 1000) / (performance.now() - from);
}

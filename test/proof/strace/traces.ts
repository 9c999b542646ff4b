import { isDeepStrictEqual } from 'node:util';
import { inside } from '../lab/look-inside.ts';

/** The tables into which creating and paying an order write, and which nothing else changes meanwhile. */
const tables = [
  'orders',
  'order_line',
  'order_line_modifier',
  'payment',
  'ledger_entry',
  'ledger_posting',
  'job',
] as const;

/** How many rows of each kind there are. */
export type Rows = Readonly<Record<string, number>>;

/** Counts everything that requests with these keys can have left. */
export function rowsIn(dataDir: string): Rows {
  return inside(dataDir, ({ sqlite }) => {
    const count = (from: string): number =>
      sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${from}`).get()?.n ?? -1;
    return {
      ...Object.fromEntries(tables.map((table) => [table, count(table)])),
      receipt: count("receipt WHERE key LIKE 'trace-%'"),
      journal: count("journal WHERE key LIKE 'trace-%'"),
      journal_part: count("journal_part WHERE seq IN (SELECT seq FROM journal WHERE key LIKE 'trace-%')"),
    };
  });
}

/** What came in between two counts. */
export const between = (before: Rows, after: Rows): Rows =>
  Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)]));

export const isNothing = (rows: Rows): boolean => Object.values(rows).every((count) => count === 0);

/** Whether there is all of it or none of it; `null` when it is half done. */
export function wholeOrNothing(found: Rows, whole: Rows): 'whole' | 'nothing' | null {
  if (isNothing(found)) return 'nothing';
  return isDeepStrictEqual(found, whole) ? 'whole' : null;
}

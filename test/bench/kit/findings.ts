import { mean, median, type Pair, spread } from './rounds.ts';

export type Verdict = 'PASS' | 'MISSED' | 'INCONCLUSIVE' | 'SKIPPED';

/** A goal and what one run found, ready to be printed beside each other. */
export interface Finding {
  /** The goal's number. */
  readonly goal: number;
  readonly what: string;
  /** Such as `>= 12` or `<= 1.25`. */
  readonly bound: string;
  readonly result: string;
  /** From the smallest to the largest of the rounds; empty where there is only one count. */
  readonly range: string;
  readonly verdict: Verdict;
  /** What stands behind the ratio: counts, the anchor, what was left out. */
  readonly note: string;
}

/** What a benchmark may be asked for on its command line. */
export interface Options {
  /** How often A and B take turns. */
  readonly rounds: number;
  /** A look rather than a measurement: fewer rounds, shorter ones. */
  readonly quick: boolean;
  /** A million orders where the usual number is 200,000. */
  readonly million: boolean;
}

export interface Bench {
  readonly name: string;
  /** Shown above its findings. */
  readonly title: string;
  run(options: Options): Promise<Finding[]>;
}

type Bound = { readonly least: number } | { readonly most: number };

interface Judged {
  readonly goal: number;
  readonly what: string;
  readonly note?: string;
}

const holds = (bound: Bound, value: number): boolean => ('least' in bound ? value >= bound.least : value <= bound.most);
const inWords = (bound: Bound): string => ('least' in bound ? `>= ${bound.least}` : `<= ${bound.most}`);
const short = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

/** An anchor that moved by more than this between rounds proves nothing: the machine was busy with something else. */
const STEADY = 2;

/** The median of subject / anchor over the rounds, against a bound. */
export function ratio(about: Judged & { readonly pairs: readonly Pair[]; readonly bound: Bound }): Finding {
  const { goal, what, pairs, bound, note = '' } = about;
  const ratios = pairs.map(({ subject, anchor }) => subject / anchor);
  const anchors = pairs.map(({ anchor }) => anchor);
  const result = median(ratios);
  const moved = spread(anchors);
  const steady = moved <= STEADY;
  return {
    goal,
    what,
    bound: inWords(bound),
    result: `${short(result)}x`,
    range: `${short(Math.min(...ratios))}-${short(Math.max(...ratios))}, ${pairs.length} rounds`,
    verdict: steady ? (holds(bound, result) ? 'PASS' : 'MISSED') : 'INCONCLUSIVE',
    note: [note, steady ? '' : `anchor moved ${moved.toFixed(1)}x`].filter(Boolean).join('; '),
  };
}

/** Something that was counted: no noise, so no anchor. */
export function count(about: Judged & { readonly values: readonly number[]; readonly bound: Bound }): Finding {
  const { goal, what, values, bound, note = '' } = about;
  const value = mean(values);
  const range = values.length < 2 ? '' : `${short(Math.min(...values))}-${short(Math.max(...values))}`;
  const verdict = holds(bound, value) ? 'PASS' : 'MISSED';
  return { goal, what, bound: inWords(bound), result: short(value), range, verdict, note };
}

/** A goal that this machine cannot try, and why. */
export const skipped = ({ goal, what, note = '' }: Judged): Finding => ({
  goal,
  what,
  bound: '',
  result: '-',
  range: '',
  verdict: 'SKIPPED',
  note,
});

/** The table people read: goal beside result. */
export function table(findings: readonly Finding[]): string {
  const rows = findings.map(({ goal, what, bound, result, range, verdict, note }) => ({
    cells: [String(goal), what, bound, result, range, verdict],
    note,
  }));
  const head = ['goal', 'what', 'bound', 'result', 'rounds', 'verdict'];
  const widths = head.map((name, n) => Math.max(name.length, ...rows.map(({ cells }) => (cells[n] ?? '').length)));
  const line = (cells: readonly string[]) => cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ');
  return [line(head), ...rows.map(({ cells, note }) => `${line(cells)}${note === '' ? '' : `  ${note}`}`)].join('\n');
}

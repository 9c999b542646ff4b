/** What is known of a snapshot when it is decided whether to keep it. */
export interface Kept {
  readonly name: string;
  /** Epoch ms. */
  readonly madeAt: number;
  /** YYYY-MM-DD. */
  readonly businessDay: string;
}

const DAY = 86_400_000;
/** Every snapshot of a day, one for each of a fortnight's days, one for each of a year's months. */
const ALL_MS = DAY;
const DAILY_MS = 14 * DAY;
const MONTHLY_MS = 366 * DAY;

/**
 * The snapshots that have had their time. The newest always stays, and so does one from what looks like the future: a
 * clock that was set back must cost no snapshot.
 * @param now epoch ms
 */
export function outlived(all: readonly Kept[], now: number): string[] {
  const newestFirst = [...all].sort((a, b) => b.madeAt - a.madeAt);
  const days = new Set<string>();
  const months = new Set<string>();
  return newestFirst
    .filter(({ madeAt, businessDay }, at) => {
      const age = now - madeAt;
      const month = businessDay.slice(0, 7);
      const isLastOfDay = !days.has(businessDay);
      const isLastOfMonth = !months.has(month);
      days.add(businessDay);
      months.add(month);
      if (at === 0 || age < ALL_MS) return false;
      return !((isLastOfDay && age < DAILY_MS) || (isLastOfMonth && age < MONTHLY_MS));
    })
    .map(({ name }) => name);
}

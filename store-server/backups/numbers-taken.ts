import type { RestoreCause, Restored } from '#contract/backups.ts';
import type { Connection } from '../db/connection.ts';
import { nextOrderAlias, nextOrderNumber } from '../features/orders/index.ts';
import { nextPaymentAlias } from '../features/payments/index.ts';
import { type Series, settingsOf, takenIn } from '../features/settings/index.ts';
import { nextSessionAlias, nextZNumber } from '../features/shifts/index.ts';
import { lastBusinessDay } from '../journal/tail.ts';
import { addDays, businessDayOf, daysBetween } from '../kernel/business-day.ts';

interface Numbered {
  readonly series: Series;
  readonly next: (of: Connection) => number;
  /** More than a busy restaurant can use up since the backup. */
  readonly perhaps: number;
}
const DAY_MS = 86_400_000;

/** @param days for how many days of work numbers may be lost */
const numbered = (days: number): readonly Numbered[] => [
  { series: 'order', next: nextOrderAlias, perhaps: 2_000 * days },
  { series: 'payment', next: nextPaymentAlias, perhaps: 3_000 * days },
  { series: 'session', next: nextSessionAlias, perhaps: 10 * days },
  { series: 'z', next: nextZNumber, perhaps: 10 * days },
];
/** The number that an order is called by is called out: it stays short. */
const called = (day: string): Numbered => ({
  series: `order_number:${day}`,
  next: (of) => nextOrderNumber(of, day),
  perhaps: 500,
});

/** Whose databases were whole when they were left. */
const believed: ReadonlySet<RestoreCause> = new Set(['by_hand', 'not_starting']);

interface LeftBehind extends Pick<Restored, 'cause' | 'lost_from' | 'lost_to' | 'snapshot_at'> {
  /** The database that is left behind; null where there is none, or it cannot be read. */
  readonly old: Connection | null;
}

/** What a database says, where it can still be asked. */
function said<Value>(of: Connection | null, read: (of: Connection) => Value): Value | null {
  try {
    return of === null ? null : read(of);
  } catch {
    return null;
  }
}

/**
 * Up to where what is lost may have been numbered. A database that was whole says so itself, with what earlier restores
 * had left to it. Otherwise it is reckoned, rather too high: every number needs an entry, and a day has only so many of
 * them. A gap is explained by the restore; a number that stands on two papers is not.
 * @param into what the restaurant goes on with
 * @param now epoch ms
 */
export function numbersTaken(into: Connection, left: LeftBehind, now: number): Map<Series, number> {
  const taken = new Map<Series, number>();
  const { lost_from, lost_to, snapshot_at } = left;
  if (lost_from === null) return taken;
  const whole = believed.has(left.cause) ? left.old : null;
  const entries = lost_to === null ? Number.POSITIVE_INFINITY : lost_to - lost_from + 1;

  function upTo({ series, next, perhaps }: Numbered, last: number): number {
    const there = said(whole, next);
    if (there !== null) return there - 1;
    // An earlier restore leaves numbers out for which there is no entry.
    const leftOut = said(left.old, (of) => takenIn(of, series));
    return leftOut === null ? last + perhaps : Math.max(last + Math.min(entries, perhaps), ...leftOut);
  }
  const days = 1 + Math.max(0, Math.ceil((now - (snapshot_at ?? now)) / DAY_MS));
  for (const one of [...numbered(days), ...daysToCome(into, whole, now).map(called)]) {
    const last = one.next(into) - 1;
    const lost = upTo(one, last);
    if (lost > last) taken.set(one.series, lost);
  }
  return taken;
}

/** The business days in which orders of the left-behind database are, and others can still be taken. */
function daysToCome(into: Connection, whole: Connection | null, now: number): string[] {
  const { time_zone, day_ends_at } = settingsOf(into);
  const today = businessDayOf(now, time_zone, day_ends_at);
  const first = lastBusinessDay(into) ?? today;
  const ahead = [today, said(whole, lastBusinessDay) ?? today].map((day) => daysBetween(first, day));
  return Array.from({ length: Math.max(0, ...ahead) + 1 }, (_, at) => addDays(first, at));
}

import type { RestoreCause, Restored } from '#contract/backups.ts';
import type { Connection } from '../db/connection.ts';
import { type Series, settingsOf } from '../features/settings/index.ts';
import { lastBusinessDay } from '../journal/tail.ts';
import { businessDayOf } from '../kernel/business-day.ts';

interface Numbered {
  /** The last number, 0 where there is none. */
  readonly last: (of: Connection) => number;
  /** More than a busy restaurant uses up in a day. */
  readonly aDay: number;
}

const numbered: Readonly<Record<'order' | 'payment' | 'session' | 'z', Numbered>> = {
  order: {
    last: ({ sqlite }) => sqlite.prepare<[], number>('SELECT coalesce(max(alias), 0) FROM orders').pluck().get() ?? 0,
    aDay: 2_000,
  },
  payment: {
    last: ({ sqlite }) => sqlite.prepare<[], number>('SELECT coalesce(max(alias), 0) FROM payment').pluck().get() ?? 0,
    aDay: 3_000,
  },
  session: {
    last: ({ sqlite }) =>
      sqlite.prepare<[], number>('SELECT coalesce(max(alias), 0) FROM pos_session').pluck().get() ?? 0,
    aDay: 10,
  },
  z: {
    last: ({ sqlite }) =>
      sqlite.prepare<[], number>('SELECT coalesce(max(number), 0) FROM z_report').pluck().get() ?? 0,
    aDay: 10,
  },
};
/** The number that an order is called by is called out: it stays short. */
const CALLED_A_DAY = 500;
const DAY_MS = 86_400_000;

const lastCalled = ({ sqlite }: Connection, day: string): number =>
  sqlite
    .prepare<[string], number>('SELECT coalesce(max(order_number), 0) FROM orders WHERE business_day = ?')
    .pluck()
    .get(day) ?? 0;
const daysFrom = ({ sqlite }: Connection, day: string): string[] =>
  sqlite.prepare<[string], string>('SELECT DISTINCT business_day FROM orders WHERE business_day >= ?').pluck().all(day);

/** Whose databases were whole when they were left. */
const believed: ReadonlySet<RestoreCause> = new Set(['by_hand', 'not_starting']);

interface LeftBehind extends Pick<Restored, 'cause' | 'lost_from' | 'lost_to' | 'snapshot_at'> {
  /** The database that is left behind; null where there is none, or it cannot be read. */
  readonly old: Connection | null;
}

/** What a database says, where it can still be asked. */
function said<Value>(old: Connection | null, read: (of: Connection) => Value): Value | null {
  try {
    return old === null ? null : read(old);
  } catch {
    return null;
  }
}

/**
 * Up to where what is lost may have been numbered. A database that was whole says so itself. Otherwise it is reckoned,
 * rather too high: every number needs an entry, and a day has only so many of them. A gap is explained by the restore;
 * a number that stands on two papers is not.
 * @param into what the restaurant goes on with
 * @param now epoch ms
 */
export function numbersTaken(into: Connection, left: LeftBehind, now: number): Map<Series, number> {
  const taken = new Map<Series, number>();
  const { lost_from, lost_to, snapshot_at } = left;
  if (lost_from === null) return taken;
  const old = believed.has(left.cause) ? left.old : null;
  const days = 1 + Math.max(0, Math.ceil((now - (snapshot_at ?? now)) / DAY_MS));
  const most = lost_to === null ? Number.POSITIVE_INFINITY : lost_to - lost_from + 1;
  const note = (series: Series, here: number, there: number | null, perhaps: number): void => {
    const upTo = there ?? here + Math.min(most, perhaps);
    if (upTo > here) taken.set(series, upTo);
  };
  for (const [series, { last, aDay }] of Object.entries(numbered)) {
    note(series as Series, last(into), said(old, last), aDay * days);
  }
  const { time_zone, day_ends_at } = settingsOf(into);
  const today = businessDayOf(now, time_zone, day_ends_at);
  const since = lastBusinessDay(into) ?? today;
  const known = said(old, (of) => daysFrom(of, since));
  for (const day of new Set(known ?? [since, today])) {
    const called = (of: Connection): number => lastCalled(of, day);
    note(`order_number:${day}`, called(into), said(known === null ? null : old, called), CALLED_A_DAY);
  }
  return taken;
}

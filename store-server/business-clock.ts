import type { Settings } from '#contract/settings.ts';
import { businessDayOf, guardedDay } from './kernel/business-day.ts';
import type { Log } from './log.ts';

/** Tells the store's present business day; it never goes back, even if the wall clock does. */
export interface BusinessClock {
  /** YYYY-MM-DD for an instant in epoch ms. */
  day(now: number): string;
}

/**
 * @param lastRecorded the business day of the last journal entry, null for a new store
 * @param settings the present settings: time zone and cut-off may change while the store runs
 */
export function createBusinessClock(lastRecorded: string | null, settings: () => Settings, log: Log): BusinessClock {
  let last = lastRecorded;
  let told = false;
  return {
    day(now) {
      const { time_zone, day_ends_at } = settings();
      const { day, heldBack } = guardedDay(last, businessDayOf(now, time_zone, day_ends_at));
      if (heldBack && !told) log('warn', 'the clock shows an earlier business day; the last one is kept', { day });
      told = heldBack;
      last = day;
      return day;
    },
  };
}

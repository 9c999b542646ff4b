/**
 * A restaurant's day does not end at midnight but at its cut-off, at 04:00 say: a sale at one in the morning belongs
 * to the evening before. A business day D runs from the first instant at which the store's wall clock reads the
 * cut-off on D, or later, to the same on the next day. So it has 23 or 25 hours where the clocks change, none is
 * skipped, and none comes back when the wall clock repeats an hour.
 */

/** YYYY-MM-DD, the date on which the business day began. */
export type BusinessDay = string;

/** Epoch ms; `start` belongs to the day, `end` to the next one. */
export interface DayBounds {
  readonly start: number;
  readonly end: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The day that was asked for last. Nearly every command falls into the same one, so this is nearly always the answer. */
let latest: (DayBounds & { readonly zone: string; readonly cutOff: string; readonly day: BusinessDay }) | null = null;
let latestHour: { readonly quarter: number; readonly zone: string; readonly hour: string } | null = null;

/**
 * The business day of an instant.
 * @param ms epoch ms
 * @param zone IANA time zone, such as `Europe/London`; RangeError if it is unknown
 * @param cutOff store time as `HH:MM`; RangeError otherwise
 */
export function businessDayOf(ms: number, zone: string, cutOff: string): BusinessDay {
  if (latest && ms >= latest.start && ms < latest.end && zone === latest.zone && cutOff === latest.cutOff) {
    return latest.day;
  }
  let day = dateOf(wallTime(ms, zone));
  let bounds = dayBounds(day, zone, cutOff);
  // The wall clock may stand before the cut-off, and where it is set back over it even before its own day's start.
  for (; ms < bounds.start; bounds = dayBounds(day, zone, cutOff)) day = addDays(day, -1);
  for (; ms >= bounds.end; bounds = dayBounds(day, zone, cutOff)) day = addDays(day, 1);
  latest = { ...bounds, zone, cutOff, day };
  return day;
}

/** From when to when a business day runs, in epoch ms. Throws RangeError for a day, zone or cut-off that is none. */
export function dayBounds(day: BusinessDay, zone: string, cutOff: string): DayBounds {
  const intoDay = readCutOff(cutOff);
  return {
    start: firstReading(midnightOf(day) + intoDay, zone),
    end: firstReading(midnightOf(day) + dayMs + intoDay, zone),
  };
}

/** The hour of an instant on the store's wall clock, as `HH:00`. */
export function hourInStore(ms: number, zone: string): string {
  // Clocks have changed on quarters of an hour only since 1972, so an answer is good for its quarter.
  const quarter = Math.floor(ms / (hourMs / 4));
  if (latestHour?.quarter !== quarter || latestHour.zone !== zone) {
    latestHour = { quarter, zone, hour: `${new Date(wallTime(ms, zone)).toISOString().slice(11, 13)}:00` };
  }
  return latestHour.hour;
}

/** The day `count` days after `day`, or before it if `count` is negative. */
export function addDays(day: BusinessDay, count: number): BusinessDay {
  return dateOf(midnightOf(day) + count * dayMs);
}

/** How many days `to` is after `from`; negative where it is before. */
export function daysBetween(from: BusinessDay, to: BusinessDay): number {
  return (midnightOf(to) - midnightOf(from)) / dayMs;
}

/**
 * The business day that counts when the wall clock may have jumped back: never one before `lastKnown`, the day of the
 * last recorded entry, because that day may be closed. `heldBack` says that the wall clock shows an earlier day, which
 * somebody should be told. `lastKnown` is null before the first entry, or when a manager has put a clock right that
 * ran years ahead.
 */
export function guardedDay(lastKnown: BusinessDay | null, today: BusinessDay): { day: BusinessDay; heldBack: boolean } {
  // Days as text sort as days do.
  const heldBack = lastKnown !== null && today < lastKnown;
  return { day: heldBack ? lastKnown : today, heldBack };
}

/** What the wall clock in `zone` reads at an instant, as if it were UTC, in epoch ms. */
function wallTime(ms: number, zone: string): number {
  if (!Number.isFinite(ms)) throw new RangeError('an instant has to be a finite number of milliseconds');
  const whole = Math.floor(ms / 1000) * 1000;
  const read: Record<string, number> = {};
  for (const part of formatterFor(zone).formatToParts(whole)) read[part.type] = Number(part.value);
  return (
    Date.UTC(read['year']!, read['month']! - 1, read['day']!, read['hour']!, read['minute']!, read['second']!) +
    (ms - whole)
  );
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times what using it does. */
function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

/**
 * The first instant at which the wall clock in `zone` reads `wall` or later. An hour that is left out in spring is
 * reached when the clock jumps over it; of an hour that comes twice in autumn the first one counts.
 */
function firstReading(wall: number, zone: string): number {
  const before = offsetAt(wall - dayMs, zone);
  const after = offsetAt(wall + dayMs, zone);
  if (before === after || offsetAt(wall - before, zone) === before) return wall - before;
  if (offsetAt(wall - after, zone) === after) return wall - after;
  let old = wall - after;
  let changed = wall - before;
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2);
    if (offsetAt(middle, zone) === before) old = middle;
    else changed = middle;
  }
  return changed;
}

/** How far the wall clock in `zone` is ahead of UTC at an instant, in ms. */
function offsetAt(ms: number, zone: string): number {
  return wallTime(ms, zone) - ms;
}

function readCutOff(cutOff: string): number {
  const read = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(cutOff);
  if (!read) throw new RangeError('the cut-off has to be a time as HH:MM');
  return Number(read[1]) * hourMs + Number(read[2]) * 60_000;
}

/** Midnight of a date as if the store stood in UTC. */
function midnightOf(day: BusinessDay): number {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || dateOf(midnight) !== day)
    throw new RangeError('a business day is a date as YYYY-MM-DD');
  return midnight;
}

function dateOf(wall: number): BusinessDay {
  return new Date(wall).toISOString().slice(0, 10);
}

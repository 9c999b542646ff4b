import { serverNow } from '#api/server-clock.ts';

const DAY_MS = 86_400_000;
const long = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthOf = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const local = new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' });

const noonOf = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** Wed, 18 Jun: of a business day, which is a date and no moment. */
export const dayName = (day: string): string => long.format(noonOf(day));
/** 18 Jun */
export const dayShort = (day: string): string => short.format(noonOf(day));
/** June 2025, of `2025-06`. */
export const monthName = (month: string): string => monthOf.format(noonOf(`${month}-01`));

/** The date on this computer's wall, by the relay's clock: `2025-06-18`. */
export const today = (): string => local.format(serverNow());

/** @param by days, may be negative */
export const dayPlus = (day: string, by: number): string =>
  new Date(noonOf(day) + by * DAY_MS).toISOString().slice(0, 10);

/** The last day that anything can be of: who closed early, or is east of here, is in tomorrow already. */
export function lastDayOf(restaurants: readonly { live: { business_day: string } | null }[]): string {
  const tomorrow = dayPlus(today(), 1);
  return restaurants.some(({ live }) => live?.business_day === tomorrow) ? tomorrow : today();
}

/** @param by months, may be negative */
export function monthPlus(month: string, by: number): string {
  const at = new Date(noonOf(`${month}-01`));
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

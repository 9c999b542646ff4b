import { useMemo } from 'react';
import { settings } from '#api/operations/settings.ts';
import { useRead } from '#api/queries.ts';
import { useSession } from '#api/session.ts';

const money = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** £2,184.50 of the pounds that the server gives. */
export const pounds = (amount: number): string => money.format(amount);

const whole = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 });

/** £2,000, for the marks of an axis. */
export const wholePounds = (amount: number): string => whole.format(amount);

/** £2,184.50 of the smallest units that the relay gives, in whichever currency. */
export function moneyOf(currency: string | null) {
  const shown = new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency || 'GBP' });
  const places = shown.resolvedOptions().maximumFractionDigits ?? 2;
  return (minor: number): string => shown.format(minor / 10 ** places);
}

/** Adds amounts of the wire without the errors of binary fractions. Pounds. */
export const addPounds = (amounts: readonly number[]): number =>
  amounts.reduce((pence, amount) => pence + Math.round(amount * 100), 0) / 100;

/** How long ago, as staff say it: "just now", "12 min", "2 h 5 min". Both in epoch ms. */
export function ageOf(since: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** Times of day and dates on the restaurant's own clock, wherever the window is. Takes ISO text or epoch ms. */
export function clockOf(timeZone: string) {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  const time = of({ hour: '2-digit', minute: '2-digit' });
  const exact = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = of({ weekday: 'long', day: 'numeric', month: 'long' });
  const short = of({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const dated = of({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const at = (moment: string | number) => new Date(moment);
  return {
    /** 19:42 */
    time: (moment: string | number) => time.format(at(moment)),
    /** 19:42:10 */
    exact: (moment: string | number) => exact.format(at(moment)),
    /** Wednesday 18 June */
    day: (moment: string | number) => day.format(at(moment)),
    /** 18 Jun, 19:42 */
    short: (moment: string | number) => short.format(at(moment)),
    /** 18 Jun 2025, 19:42 */
    dated: (moment: string | number) => dated.format(at(moment)),
  };
}

export function useClock() {
  const { restaurant, platform } = useSession();
  // The settings, since the restaurant may have been given another zone after this person signed in.
  const zone = useRead(settings.read, {}, { wanted: platform === undefined }).data?.time_zone ?? restaurant.time_zone;
  return useMemo(() => clockOf(zone), [zone]);
}

import type { z } from 'zod';
import type { DashboardDto, PlatformCommandDto, RestaurantDto } from '#contract/platform.ts';
import { ageOf, clockOf } from '#ui/format.ts';
import type { Level } from '#ui/signs.tsx';
import { texts } from './restaurants.texts.ts';

type Told = z.output<typeof DashboardDto>;
type RestaurantTold = z.output<typeof RestaurantDto>;

/** As the relay says it; and `unknown` while the relay itself does not answer, which says nothing about the restaurant. */
export type Freshness = RestaurantTold['freshness'] | 'unknown';
export type Restaurant = Omit<RestaurantTold, 'freshness'> & { readonly freshness: Freshness };
export type Dashboard = Omit<Told, 'restaurants'> & {
  readonly restaurants: readonly (Omit<Told['restaurants'][number], 'freshness'> & { readonly freshness: Freshness })[];
};
export type Verdict = z.output<typeof PlatformCommandDto>['state'];

export const freshnessLevels: Readonly<Record<Freshness, Level>> = {
  live: 'ok',
  quiet: 'info',
  silent: 'bad',
  never: 'warn',
  revoked: 'neutral',
  unknown: 'neutral',
};

export const verdictLevels: Readonly<Record<Verdict, Level>> = {
  waiting: 'info',
  sent: 'info',
  late: 'warn',
  applied: 'ok',
  duplicate: 'ok',
  refused: 'bad',
  undone: 'warn',
};

/** Those that need somebody first, in the relay's own order; then by sales; those that were cut off last. */
export function ranked({ restaurants, attention }: Dashboard): Dashboard['restaurants'] {
  const need = new Map(attention.map(({ id }, at) => [id, at]));
  const rank = ({ id, freshness }: Restaurant): number =>
    freshness === 'revoked' ? Number.POSITIVE_INFINITY : (need.get(id) ?? attention.length);
  const sales = ({ live }: Restaurant): number => live?.sales_minor ?? -1;
  return restaurants.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    return first === second ? sales(b) - sales(a) : first - second;
  });
}

/** Whether a store's word is of this moment, or only the last that was heard. */
export const isOld = ({ freshness }: Restaurant): boolean =>
  freshness === 'silent' || freshness === 'revoked' || freshness === 'unknown';

/** What the relay said last, seen at `now` (epoch ms by its clock): nobody is live by an answer of the past. */
export function asThen(all: Dashboard, now: number): Dashboard {
  const since = Math.max(0, now - Date.parse(all.generated_at));
  return {
    ...all,
    restaurants: all.restaurants.map((one) => ({
      ...one,
      freshness: one.freshness === 'live' || one.freshness === 'quiet' ? 'unknown' : one.freshness,
      live: one.live && { ...one.live, age_ms: one.live.age_ms + since },
    })),
  };
}

/**
 * How far a store's detail has come. `nothing`: not an entry was received. `unknown`: some were, and the store has not
 * said how many more it has. `behind` and `complete` are by its own word, so of a silent store they were true then.
 */
export type Progress = 'nothing' | 'unknown' | 'behind' | 'complete';

export const progressLevels: Readonly<Record<Progress, Level>> = {
  nothing: 'neutral',
  unknown: 'neutral',
  behind: 'info',
  complete: 'ok',
};

export function progressOf({ live, detail }: Restaurant): Progress {
  if (detail.backlog > 0) return 'behind';
  if (detail.complete_to === null) return 'nothing';
  return live === null ? 'unknown' : 'complete';
}

/** "2 s ago", "12 min ago": of a word that is `ageMs` old. */
export const agoOf = (ageMs: number): string =>
  ageMs < 60_000 ? texts.seconds(Math.round(ageMs / 1000)) : texts.ago(ageOf(0, ageMs));

/** The time of day where the restaurant is; null while it has not told whose clock it goes by, or one unknown here. */
export function localTimeOf({ health }: Restaurant, now: number): string | null {
  try {
    return health?.time_zone == null ? null : clockOf(health.time_zone).time(now);
  } catch {
    return null;
  }
}

/** How far a store's detail has come, in words. */
export function progressText(one: Restaurant): string {
  const words = texts.progress[progressOf(one)];
  return typeof words === 'string' ? words : words(one.detail.backlog.toLocaleString('en-GB'));
}

/** Minor units of what somebody typed, such as `12.50`; null for what is no amount. */
export function minorOf(typed: string, places: number): number | null {
  const found = /^(\d{1,6})(?:[.,](\d+))?$/.exec(typed.trim());
  if (found === null || (found[2]?.length ?? 0) > places) return null;
  return Number(`${found[1]}${(found[2] ?? '').padEnd(places, '0')}`);
}

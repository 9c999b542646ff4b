import type { z } from 'zod';
import type { CommissionDto } from '#contract/platform.ts';
import type { Dashboard } from '../restaurants/restaurants.rules.ts';
import type { Choice } from './chosen.ts';

type Commission = z.output<typeof CommissionDto>;

/** The chosen one alone, or all of them. */
export const only = <One extends { readonly id: string }>(all: readonly One[], choice: Choice | null): One[] =>
  all.filter(({ id }) => choice === null || id === choice.id);

/** The day of one restaurant. Who needs somebody is told of all: a choice hides no alarm. */
export function dashboardOf(all: Dashboard, choice: Choice | null): Dashboard {
  if (choice === null) return all;
  const restaurants = only(all.restaurants, choice);
  const totals = restaurants.flatMap(({ live, today }): Dashboard['totals'] => {
    if (live === null) return [];
    const { currency, sales_minor, orders_settled, orders_open, open_minor } = live;
    const detail = { sales_minor: today?.sales_minor ?? 0, orders: today?.orders ?? 0 };
    return [{ currency, restaurants: 1, live: { sales_minor, orders_settled, orders_open, open_minor }, detail }];
  });
  return { ...all, restaurants, totals };
}

/** The statement of one restaurant, with its own sum. */
export function commissionOf(all: Commission, choice: Choice | null): Commission {
  if (choice === null) return all;
  const statements = only(all.statements, choice);
  const totals = statements.flatMap(({ currency, base_minor, commission_minor }) =>
    currency === null ? [] : [{ currency, base_minor, commission_minor }],
  );
  return { ...all, statements, totals };
}

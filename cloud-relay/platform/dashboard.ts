import type { z } from 'zod';
import type { DashboardDto } from '#contract/platform.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import type { Database } from '../db/database.ts';
import { attentionOf } from './attention.ts';
import { todaysOf } from './days.ts';
import { restaurantDto, restaurantsOf } from './restaurants.ts';

type Dashboard = z.output<typeof DashboardDto>;

/** Everything the owner sees first: each restaurant with its freshness, today's sums, and which one needs somebody. */
export function dashboard(database: Database, tenantId: string, now: number): Promise<Dashboard> {
  return database.inTenant(tenantId, async (sql) => {
    const rows = await restaurantsOf(sql, tenantId);
    const todays = await todaysOf(sql, tenantId);
    const restaurants = rows.map((row) => ({ ...restaurantDto(row, now), today: todays.get(row.id) ?? null }));
    return {
      generated_at: isoTime(now),
      restaurants,
      totals: totalsOf(restaurants.filter(({ revoked_at }) => revoked_at === null)),
      attention: attentionOf(rows, now),
    };
  });
}

function totalsOf(restaurants: Dashboard['restaurants']): Dashboard['totals'] {
  const heard = restaurants.flatMap(({ live, today }) => (live === null ? [] : [{ live, today }]));
  return [...Map.groupBy(heard, ({ live }) => live.currency)].map(([currency, own]) => {
    const add = (pick: (one: (typeof own)[number]) => number) => own.reduce((sum, one) => sum + pick(one), 0);
    return {
      currency,
      restaurants: own.length,
      live: {
        sales_minor: add(({ live }) => live.sales_minor),
        orders_settled: add(({ live }) => live.orders_settled),
        orders_open: add(({ live }) => live.orders_open),
        open_minor: add(({ live }) => live.open_minor),
      },
      detail: {
        sales_minor: add(({ today }) => today?.sales_minor ?? 0),
        orders: add(({ today }) => today?.orders ?? 0),
      },
    };
  });
}

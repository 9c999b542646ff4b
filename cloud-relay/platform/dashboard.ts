import type { z } from 'zod';
import type { AnalyticsDto, DashboardDto } from '#contract/platform.ts';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import type { Database } from '../db/database.ts';
import { daysOf, sumOf } from './days.ts';
import { freshnessOf, needsAttention, type RestaurantRow, restaurantDto, restaurantsOf } from './restaurants.ts';

type Dashboard = z.output<typeof DashboardDto>;

const worst = ['never', 'silent', 'quiet', 'live', 'revoked'];

/** Everything the owner sees first: each restaurant with its freshness, today's sums, and which one needs somebody. */
export function dashboard(database: Database, tenantId: string, now: number): Promise<Dashboard> {
  return database.inTenant(tenantId, async (sql) => {
    const rows = await restaurantsOf(sql, tenantId);
    // Today is the store's own business day, which need not be the relay's date.
    const nearly = isoTime(now).slice(0, 10);
    const days = await daysOf(sql, tenantId, null, addDays(nearly, -31), addDays(nearly, 2));
    const restaurants = rows.map((row) => ({
      ...restaurantDto(row, now),
      today: days.get(row.id)?.find(({ business_day }) => business_day === row.live?.business_day) ?? null,
    }));
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

const attentionOf = (rows: readonly RestaurantRow[], now: number): Dashboard['attention'] =>
  rows
    .toSorted((a, b) => worst.indexOf(freshnessOf(a, now)) - worst.indexOf(freshnessOf(b, now)))
    .flatMap((row) => {
      const reason = needsAttention(row, now);
      return reason === null ? [] : [{ id: row.id, name: row.name, reason }];
    });

/** Sales across restaurants between two days, by restaurant and by day. */
export function analytics(
  database: Database,
  tenantId: string,
  { from, to }: { from: string; to: string },
): Promise<z.output<typeof AnalyticsDto>> {
  return database.inTenant(tenantId, async (sql) => {
    const rows = await restaurantsOf(sql, tenantId);
    const days = await daysOf(sql, tenantId, null, from, to);
    const all = [...days.values()].flat();
    return {
      from,
      to,
      restaurants: rows
        .map(({ id, name }) => {
          const own = days.get(id) ?? [];
          const currency = own.find((day) => day.currency !== null)?.currency ?? null;
          return { id, name, currency, days: own.length, ...sumOf(own) };
        })
        .sort((a, b) => b.sales_minor - a.sales_minor),
      days: [...Map.groupBy(all, (day) => `${day.business_day} ${day.currency}`).values()]
        .flatMap(([first, ...more]) =>
          first === undefined
            ? []
            : [{ business_day: first.business_day, currency: first.currency, ...sumOf([first, ...more]) }],
        )
        .sort((a, b) => (a.business_day < b.business_day ? -1 : 1)),
    };
  });
}

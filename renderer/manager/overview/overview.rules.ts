import type { z } from 'zod';
import type { OrderDto } from '#contract/orders.dto.ts';
import type { DailySalesDto } from '#contract/reports.ts';
import type { Row } from '#ui/chart.tsx';
import { addPounds } from '#ui/format.ts';

export type Order = z.output<typeof OrderDto>;
export type DailySales = z.output<typeof DailySalesDto>;

/** What is open on the floor now. Pounds; times in epoch ms, null where nothing is open. */
export function openNow(orders: readonly Order[]) {
  return {
    checks: orders.length,
    covers: orders.reduce((all, { covers }) => all + covers, 0),
    due: addPounds(orders.map(({ amount_due }) => amount_due)),
    oldest: earliest(orders.map(({ created_at }) => created_at)),
  };
}

/** What the kitchen has in hand: dishes it was told of and that are not ready, and those nobody has fetched yet. */
export function kitchenNow(orders: readonly Order[]) {
  const lines = orders.flatMap((order) => order.lines);
  const making = lines.filter(({ status }) => status === 'fired' || status === 'preparing');
  const dishes = (of: typeof lines): number => of.reduce((all, { quantity }) => all + quantity, 0);
  return {
    making: dishes(making),
    ready: dishes(lines.filter(({ status }) => status === 'ready')),
    longest: earliest(making.flatMap(({ fired_at }) => fired_at ?? [])),
  };
}

const earliest = (times: readonly string[]): number | null =>
  times.length === 0 ? null : Math.min(...times.map((time) => Date.parse(time)));

/** The same weekday a week earlier. @param day YYYY-MM-DD */
export function weekBefore(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 7);
  return date.toISOString().slice(0, 10);
}

/**
 * Sales by hour of two days side by side: every hour from the first to the last in which either sold something, so that
 * a quiet hour shows as one. The hours come in the order of the business day.
 */
export function hoursOf(today: DailySales, before: DailySales | undefined): Row[] {
  const own = new Map(today.hourly_breakdown.map(({ hour, sales }) => [hour, sales]));
  const others = new Map((before?.hourly_breakdown ?? []).map(({ hour, sales }) => [hour, sales]));
  const known = [...own.keys(), ...others.keys()].map((hour) => Number(hour.slice(0, 2)));
  if (known.length === 0) return [];
  // After midnight still belongs to the evening before.
  const turned = known.map((hour) => (hour < DAY_TURNS ? hour + 24 : hour));
  const from = Math.min(...turned);
  return Array.from({ length: Math.max(...turned) - from + 1 }, (_, at) => {
    const hour = `${String((from + at) % 24).padStart(2, '0')}:00`;
    const last = others.get(hour) ?? (before === undefined ? null : 0);
    return { label: hour, values: [own.get(hour) ?? 0, last] };
  });
}

/** No restaurant's day ends later in the morning than this. */
const DAY_TURNS = 6;

import { expect, test } from 'vitest';
import { type Kept, outlived } from './retention.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-06-18T22:00:00Z');
const at = (age: number): Kept => {
  const madeAt = now - age;
  return { name: String(age), madeAt, businessDay: new Date(madeAt).toISOString().slice(0, 10) };
};
const kept = (all: Kept[]): Kept[] => {
  const gone = new Set(outlived(all, now));
  return all.filter(({ name }) => !gone.has(name));
};

test('of two years of quarter-hours there stay a day’s, a fortnight’s days and a year’s months', () => {
  const all = Array.from({ length: 2 * 365 * 24 * 4 }, (_, n) => at((n * HOUR) / 4));
  const left = kept(all);
  const ages = left.map(({ madeAt }) => (now - madeAt) / HOUR);
  expect(ages.filter((age) => age < 24)).toHaveLength(96);
  const days = new Set(left.filter((_, n) => (ages[n] ?? 0) < 14 * 24).map(({ businessDay }) => businessDay));
  expect(days.size).toBeGreaterThanOrEqual(14);
  const months = new Set(left.map(({ businessDay }) => businessDay.slice(0, 7)));
  expect(months.size).toBeGreaterThanOrEqual(12);
  expect(left.length).toBeLessThan(96 + 15 + 14);
});

test('the newest stays however old it is, and a clock that was set back costs nothing', () => {
  const old = [at(3 * 366 * 24 * HOUR), at(4 * 366 * 24 * HOUR)];
  expect(kept(old).map(({ name }) => name)).toEqual([old[0]?.name]);
  const future = [at(-5 * HOUR), at(-4 * HOUR), at(0)];
  expect(kept(future)).toHaveLength(3);
});

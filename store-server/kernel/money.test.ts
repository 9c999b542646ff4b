import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addUp,
  allocate,
  fromPounds,
  type Minor,
  minor,
  percentOf,
  portion,
  splitEvenly,
  timesQuantity,
  toPounds,
  zero,
} from './money.ts';

const amounts = fc.maxSafeInteger().map(minor);
const bills = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(minor);
const total = (parts: readonly Minor[]) => parts.reduce((sum, part) => sum + BigInt(part), 0n);
const runs = { numRuns: 3000 };

describe('a number becomes money', () => {
  test('only when it is a whole number of pence', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)]) {
      expect(() => minor(wrong)).toThrow(RangeError);
    }
    expect(minor(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
    expect(Object.is(minor(-0), 0)).toBe(true);
  });

  test('sums and multiples stay whole, and past the safe integers they refuse', () => {
    expect(addUp([])).toBe(zero);
    expect(addUp([minor(999), minor(450), minor(-49)])).toBe(1400);
    expect(timesQuantity(minor(450), 2)).toBe(900);
    expect(timesQuantity(minor(-50), 3)).toBe(-150);
    expect(() => timesQuantity(minor(450), 0.5)).toThrow(RangeError);
    expect(() => addUp([minor(Number.MAX_SAFE_INTEGER), minor(1)])).toThrow(RangeError);
  });
});

describe('a percentage is rounded half up, once', () => {
  test.each([
    [4101, 1000, 410],
    [3691, 1250, 461],
    [1, 5000, 1],
    [3, 5000, 2],
    [1, 4999, 0],
    [100, 12_500, 125],
    [0, 2000, 0],
  ])('%i at %i basis points is %i', (amount, basisPoints, expected) => {
    expect(percentOf(minor(amount), basisPoints)).toBe(expected);
    expect(percentOf(minor(-amount), basisPoints)).toBe(expected === 0 ? 0 : -expected);
  });

  test('never further than half a penny from the true figure, and half goes away from zero', () => {
    fc.assert(
      fc.property(amounts, fc.nat(20_000), fc.integer({ min: 1, max: 30_000 }), (amount, part, whole) => {
        fc.pre(Math.abs(amount) * part < 9e15 * whole);
        const twiceOff = 2n * (BigInt(portion(amount, part, whole)) * BigInt(whole) - BigInt(amount) * BigInt(part));
        const outwards = amount < 0 ? -twiceOff : twiceOff;
        expect(outwards <= BigInt(whole) && outwards > -BigInt(whole)).toBe(true);
      }),
      runs,
    );
  });

  test('a rate that is negative or not whole, and a whole of nothing, are bugs', () => {
    expect(() => percentOf(minor(100), -1)).toThrow(RangeError);
    expect(() => percentOf(minor(100), 12.5)).toThrow(RangeError);
    expect(() => portion(minor(100), 1, 0)).toThrow(RangeError);
  });
});

describe('splitting evenly', () => {
  test('gives the spare pennies to the first guests', () => {
    expect(splitEvenly(minor(1000), 3)).toEqual([334, 333, 333]);
    expect(splitEvenly(minor(-1000), 3)).toEqual([-334, -333, -333]);
    expect(splitEvenly(minor(2), 3)).toEqual([1, 1, 0]);
    expect(splitEvenly(minor(0), 2)).toEqual([0, 0]);
  });

  test('loses no penny, and no two guests differ by more than one', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 100 }), (amount, ways) => {
        const parts = splitEvenly(amount, ways);
        expect(parts).toHaveLength(ways);
        expect(total(parts)).toBe(BigInt(amount));
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
        const bySize = parts.map(Math.abs);
        expect(bySize).toEqual([...bySize].sort((a, b) => b - a));
      }),
      runs,
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('into %s ways is refused', (ways) => {
    expect(() => splitEvenly(minor(1), ways)).toThrow(RangeError);
  });
});

describe('allocating by weight', () => {
  test('a discount of 4.10 over three lines goes by the largest remainder', () => {
    expect(allocate(minor(410), [2900, 695, 506])).toEqual([290, 69, 51]);
  });

  test('ties go to the earlier line', () => {
    expect(allocate(minor(1), [5, 5])).toEqual([1, 0]);
    expect(allocate(minor(-1), [5, 5])).toEqual([-1, 0]);
    expect(allocate(minor(2), [1, 1, 1, 1])).toEqual([1, 1, 0, 0]);
  });

  test('nothing to go by means evenly, and nobody to carry it is a bug', () => {
    expect(allocate(minor(5), [0, 0])).toEqual([3, 2]);
    expect(allocate(zero, [])).toEqual([]);
    expect(() => allocate(minor(1), [])).toThrow(RangeError);
    expect(() => allocate(minor(1), [1, -1])).toThrow(RangeError);
    expect(() => allocate(minor(1), [0.5])).toThrow(RangeError);
    expect(() => allocate(minor(1), [Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });

  const weights = fc.array(fc.oneof(fc.nat(5), fc.nat(10_000), fc.nat(2 ** 45)), { minLength: 1, maxLength: 30 });

  test('adds up exactly, within one penny of each quota, and nothing to who weighs nothing', () => {
    fc.assert(
      fc.property(fc.oneof(amounts, bills), weights, (amount, list) => {
        const parts = allocate(amount, list);
        expect(total(parts)).toBe(BigInt(amount));
        const whole = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
        fc.pre(whole > 0n);
        parts.forEach((part, index) => {
          const off = BigInt(part) * whole - BigInt(amount) * BigInt(list[index]!);
          expect(off < whole && off > -whole).toBe(true);
          if (list[index] === 0) expect(part).toBe(0);
        });
      }),
      runs,
    );
  });

  test('the penny goes to the larger remainder, and of equals to the earlier', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000).map(minor),
        fc.array(fc.nat(3000), { minLength: 2, maxLength: 8 }),
        (amount, list) => {
          const whole = list.reduce((sum, weight) => sum + weight, 0);
          fc.pre(whole > 0);
          const parts = allocate(amount, list).map((part, index) => {
            const rest = (amount * list[index]!) % whole;
            return { rest, lifted: part > (amount * list[index]! - rest) / whole };
          });
          parts.forEach((later, j) => {
            for (const earlier of parts.slice(0, j)) {
              if (later.lifted && !earlier.lifted) expect(later.rest).toBeGreaterThan(earlier.rest);
              if (earlier.lifted && !later.lifted) expect(earlier.rest).toBeGreaterThanOrEqual(later.rest);
            }
          });
        },
      ),
      runs,
    );
  });

  test('a refund mirrors its sale', () => {
    fc.assert(
      fc.property(bills, weights, (amount, list) => {
        expect(allocate(minor(-amount), list)).toEqual(allocate(amount, list).map((part) => minor(-part)));
      }),
      runs,
    );
  });
});

describe('pounds on the wire', () => {
  test('every amount a till can take comes back as it went', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }).map(minor), (amount) => {
        const pounds = toPounds(amount);
        expect(fromPounds(JSON.parse(JSON.stringify(pounds)))).toEqual({ ok: true, value: amount });
        expect(JSON.stringify(pounds)).toMatch(/^-?\d+(\.\d{1,2})?$/);
      }),
      runs,
    );
  });

  test.each([
    [0.1 + 0.2, 30],
    [1.1 * 3, 330],
    [4.35 * 100, 43_500],
    [-12.34, -1234],
    [-0, 0],
    [1e9, 1e11],
  ])('%d is read as %i pence, noise and all', (pounds, pence) => {
    expect(fromPounds(pounds)).toEqual({ ok: true, value: pence });
  });

  test.each([
    [Number.NaN, 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'not_a_number'],
    [Number.NEGATIVE_INFINITY, 'not_a_number'],
    [1e9 + 0.01, 'too_large'],
    [-1e300, 'too_large'],
    [1.005, 'too_many_decimals'],
    [999_999_999.001, 'too_many_decimals'],
    [999_999_999.9999, 'too_many_decimals'],
    [0.0001, 'too_many_decimals'],
  ])('%d is refused: %s', (pounds, reason) => {
    expect(fromPounds(pounds)).toEqual({ ok: false, reason });
  });
});

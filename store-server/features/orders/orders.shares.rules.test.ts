import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceOf } from '../../kernel/breakdown.ts';
import { addUp, minor } from '../../kernel/money.ts';
import { type SharePlan, sharesOf } from './orders.shares.rules.ts';
import { type CheckSums, type CheckTerms, sumCheck } from './orders.sums.rules.ts';

const line = (id: string, gross: number, vatBps = 2000) => ({ id, gross: minor(gross), vatBps });
const lunch = sumCheck({
  lines: [line('burrito', 2900), line('wine', 695), line('water', 506, 0)],
  discountBps: 1000,
  service: { bps: 1250, mandatory: false, removed: false },
  vatInclusive: true,
});

function split(sums: CheckSums, plan: SharePlan) {
  const answer = sharesOf(sums, plan);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.shares;
}

describe('splitting lunch', () => {
  test('by three: 13.84 each, and the service charge is 1.54, 1.54 and 1.53', () => {
    const shares = split(lunch, { mode: 'even', ways: 3 });
    expect(shares.map((share) => share.total)).toEqual([1384, 1384, 1384]);
    expect(shares.map((share) => share.service)).toEqual([154, 154, 153]);
    expect(shares.map((share) => share.tax)).toEqual([180, 179, 180]);
    expect(shares.map((share) => share.discount)).toEqual([137, 136, 137]);
    expect(shares.map((share) => share.vatByRate.map((rate) => rate.gross))).toEqual([
      [1079, 151],
      [1078, 152],
      [1079, 152],
    ]);
  });

  test('by who had what, each with the discount and service of their own dishes', () => {
    const shares = split(lunch, { mode: 'items', shares: [{ lineIds: ['burrito', 'water'] }, { lineIds: ['wine'] }] });
    expect(shares[0]).toMatchObject({ itemsTotal: 3406, discount: 341, service: 383, total: 3448, tax: 435 });
    expect(shares[1]).toMatchObject({ itemsTotal: 695, discount: 69, service: 78, total: 704, tax: 104 });
    expect(shares.map((share) => share.lineIds)).toEqual([['burrito', 'water'], ['wine']]);
  });

  test('by seat, with the water for the table shared by both', () => {
    const seats = [
      { id: 'burrito', seat: 2 },
      { id: 'wine', seat: 1 },
      { id: 'water', seat: null },
    ];
    const shares = split(lunch, { mode: 'seats', lines: seats });
    expect(shares.map((share) => share.seat)).toEqual([1, 2]);
    expect(shares.map((share) => share.lineIds)).toEqual([['wine'], ['burrito']]);
    expect(shares.map((share) => share.total - share.service)).toEqual([626 + 228, 2610 + 227]);
    expect(shares.map((share) => share.itemsTotal)).toEqual([626 + 228 + 69 + 26, 2610 + 227 + 290 + 25]);
    expect(split(lunch, { mode: 'seats', lines: seats.slice(0, 2) })).toEqual(shares);
  });

  test('ten plates for the table cost no seat more than one spare penny', () => {
    const plates = Array.from({ length: 10 }, (_, index) => line(`plate-${index}`, 1001, index % 2 === 0 ? 2000 : 0));
    const sums = sumCheck({
      lines: [line('beer', 500), line('ale', 500), line('cola', 500), ...plates],
      service: { bps: 0, mandatory: false, removed: false },
      vatInclusive: true,
    });
    const shares = split(sums, {
      mode: 'seats',
      lines: [
        { id: 'beer', seat: 1 },
        { id: 'ale', seat: 2 },
        { id: 'cola', seat: 3 },
      ],
    });
    expect(shares.map((share) => share.total)).toEqual([3837, 3837, 3836]);
  });
});

describe('a plan that does not add up is refused', () => {
  const items = (...shares: string[][]): SharePlan => ({
    mode: 'items',
    shares: shares.map((lineIds) => ({ lineIds })),
  });
  const seats = (...list: [string, number | null][]): SharePlan => ({
    mode: 'seats',
    lines: list.map(([id, seat]) => ({ id, seat })),
  });

  test.each<[string, SharePlan, string, object]>([
    ['one way', { mode: 'even', ways: 1 }, 'ways', {}],
    ['no way', { mode: 'even', ways: 0 }, 'ways', {}],
    ['half a guest', { mode: 'even', ways: 2.5 }, 'ways', {}],
    ['a hundred and one ways', { mode: 'even', ways: 101 }, 'ways', {}],
    ['one share', items(['burrito', 'wine', 'water']), 'shares', {}],
    ['a share of nothing', items(['burrito', 'wine', 'water'], []), 'shares.1.line_ids', {}],
    ['a foreign line', items(['burrito', 'cake'], ['wine', 'water']), 'shares.0.line_ids', { line_id: 'cake' }],
    ['a line in two', items(['burrito', 'wine'], ['wine', 'water']), 'shares.1.line_ids', { line_id: 'wine' }],
    ['a line twice in one', items(['burrito', 'burrito'], ['wine']), 'shares.0.line_ids', { line_id: 'burrito' }],
    ['a line in none', items(['burrito'], ['water']), 'shares', { line_ids: ['wine'] }],
    ['one seat', seats(['burrito', 1], ['wine', null]), 'mode', { seats: [1] }],
    ['no seat', seats(), 'mode', { seats: [] }],
    ['a foreign line on a seat', seats(['burrito', 1], ['cake', 2]), 'lines', { line_id: 'cake' }],
  ])('%s', (_, plan, field, details) => {
    expect(sharesOf(lunch, plan)).toMatchObject({ ok: false, code: 'VALIDATION_ERROR', field, details });
  });

  test('and there is nothing to split on an empty check', () => {
    const empty = sumCheck({ lines: [], service: { bps: 0, mandatory: false, removed: false }, vatInclusive: true });
    expect(sharesOf(empty, { mode: 'even', ways: 2 })).toMatchObject({ ok: false, code: 'VALIDATION_ERROR' });
  });

  test('while a hundred ways are as many as a table can have', () => {
    expect(split(lunch, { mode: 'even', ways: 100 })).toHaveLength(100);
    expect(split(lunch, { mode: 'even', ways: 2 })).toHaveLength(2);
  });
});

const checks: fc.Arbitrary<CheckTerms> = fc
  .record({
    lines: fc
      .array(fc.tuple(fc.oneof(fc.nat(3), fc.nat(20_000)), fc.constantFrom(0, 500, 2000)), {
        minLength: 2,
        maxLength: 10,
      })
      .map((list) => list.map(([gross, vatBps], index) => line(`line-${index}`, gross, vatBps))),
    discount: fc.oneof(
      fc.constant({}),
      fc.record({ discountBps: fc.integer({ min: 0, max: 10_000 }) }),
      fc.record({ discountMinor: fc.nat(30_000).map(minor) }),
    ),
    service: fc.record({ bps: fc.constantFrom(0, 1250), mandatory: fc.boolean(), removed: fc.constant(false) }),
    vatInclusive: fc.boolean(),
  })
  .map(({ discount, ...rest }) => ({ ...rest, ...discount }));

const plans = (check: CheckTerms): fc.Arbitrary<SharePlan> =>
  fc.oneof(
    fc.record({ mode: fc.constant('even' as const), ways: fc.integer({ min: 2, max: 12 }) }),
    fc
      .array(fc.nat(3), { minLength: check.lines.length, maxLength: check.lines.length })
      .map((guests) => [...new Set(guests)].map((guest) => check.lines.filter((_, index) => guests[index] === guest)))
      .filter((shares) => shares.length > 1)
      .map((shares) => ({
        mode: 'items' as const,
        shares: shares.map((own) => ({ lineIds: own.map(({ id }) => id) })),
      })),
    fc
      .array(fc.option(fc.integer({ min: 1, max: 4 })), {
        minLength: check.lines.length,
        maxLength: check.lines.length,
      })
      .filter((seats) => new Set(seats.filter((seat) => seat !== null)).size > 1)
      .map((seats) => ({
        mode: 'seats' as const,
        lines: check.lines.map(({ id }, index) => ({ id, seat: seats[index]! })),
      })),
  );
const splits = checks.chain((check) => fc.tuple(fc.constant(check), plans(check)));

test('however a table divides its check, every figure adds up to the check and none is negative', () => {
  fc.assert(
    fc.property(splits, ([check, plan]) => {
      const sums = sumCheck(check);
      const shares = split(sums, plan);
      for (const figure of ['itemsTotal', 'discount', 'subtotal', 'tax', 'service', 'serviceVat', 'total'] as const) {
        expect([figure, addUp(shares.map((share) => share[figure]))]).toEqual([figure, sums[figure]]);
      }
      expect(addUp(shares.map((share) => share.breakdown.untaxedService))).toBe(sums.breakdown.untaxedService);
      for (const [index, rate] of sums.breakdown.rates.entries()) {
        for (const figure of ['goodsNet', 'goodsVat', 'serviceNet', 'serviceVat'] as const) {
          const parts = shares.map((share) => share.breakdown.rates[index]![figure]);
          expect([figure, addUp(parts)]).toEqual([figure, rate[figure]]);
          expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
        }
      }
      for (const share of shares) {
        expect(share.total).toBe(share.subtotal + share.tax + share.service - share.discount);
        expect(Math.min(share.itemsTotal, share.discount, share.service, share.total)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 3000 },
  );
});

test('an even split is even: totals, and service charge, to a penny', () => {
  fc.assert(
    fc.property(checks, fc.integer({ min: 2, max: 100 }), (check, ways) => {
      const shares = split(sumCheck(check), { mode: 'even', ways });
      const range = (list: number[]) => Math.max(...list) - Math.min(...list);
      expect(shares).toHaveLength(ways);
      expect(range(shares.map((share) => share.total))).toBeLessThanOrEqual(1);
      expect(range(shares.map((share) => serviceOf(share.breakdown)))).toBeLessThanOrEqual(1);
      expect(range(shares.map((share) => share.tax))).toBeLessThanOrEqual(10 * shares[0]!.vatByRate.length);
    }),
    { numRuns: 1000 },
  );
});

test('who pays for named lines pays for these lines, whatever the others had', () => {
  fc.assert(
    fc.property(splits, ([check, plan]) => {
      fc.pre(plan.mode === 'items');
      const sums = sumCheck(check);
      for (const share of split(sums, plan)) {
        const own = sums.lines.filter((row) => share.lineIds.includes(row.id));
        expect(share.itemsTotal).toBe(addUp(own.map((row) => row.gross)));
        expect(share.discount).toBe(addUp(own.map((row) => row.discount)));
        for (const { bps, goodsNet, goodsVat } of share.breakdown.rates) {
          const left = own.filter((row) => row.vatBps === bps).map((row) => minor(row.gross - row.discount));
          expect(goodsNet + (sums.vatInclusive ? goodsVat : 0)).toBe(addUp(left));
        }
      }
    }),
    { numRuns: 2000 },
  );
});

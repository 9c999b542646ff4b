import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headlinesOf } from '../../kernel/breakdown.ts';
import { addUp, allocate, minor, percentOf } from '../../kernel/money.ts';
import { exclusiveVat, inclusiveVat } from '../../kernel/vat.ts';
import { type CheckTerms, sumCheck } from './orders.sums.rules.ts';

const noService = { bps: 0, mandatory: false, removed: false };
const optional = { bps: 1250, mandatory: false, removed: false };
const mandatory = { bps: 1250, mandatory: true, removed: false };
const line = (id: string, gross: number, vatBps = 2000) => ({ id, gross: minor(gross), vatBps });
const lunch = [line('burrito', 2900), line('wine', 695), line('water', 506, 0)];

describe('a British check', () => {
  test('a burrito, two beers and churros without service', () => {
    const lines = [line('burrito', 999), line('beers', 900), line('churros', 325)];
    expect(sumCheck({ lines, service: noService, vatInclusive: true })).toMatchObject({
      itemsTotal: 2224,
      discount: 0,
      subtotal: 1853,
      tax: 371,
      service: 0,
      total: 2224,
      vatByRate: [{ bps: 2000, net: 1853, vat: 371, gross: 2224 }],
    });
  });

  test('lunch with ten per cent off and 12.5 % service', () => {
    expect(sumCheck({ lines: lunch, discountBps: 1000, service: optional, vatInclusive: true })).toEqual({
      vatInclusive: true,
      itemsTotal: 4101,
      discount: 410,
      subtotal: 3562,
      tax: 539,
      service: 461,
      serviceVat: 0,
      total: 4152,
      vatByRate: [
        { bps: 2000, net: 2697, vat: 539, gross: 3236 },
        { bps: 0, net: 455, vat: 0, gross: 455 },
      ],
      breakdown: {
        rates: [
          { bps: 2000, goodsNet: 2697, goodsVat: 539, serviceNet: 0, serviceVat: 0 },
          { bps: 0, goodsNet: 455, goodsVat: 0, serviceNet: 0, serviceVat: 0 },
        ],
        untaxedService: 461,
      },
      lines: [
        { id: 'burrito', vatBps: 2000, gross: 2900, discount: 290, vat: 435, netOfVat: 2175 },
        { id: 'wine', vatBps: 2000, gross: 695, discount: 69, vat: 104, netOfVat: 522 },
        { id: 'water', vatBps: 0, gross: 506, discount: 51, vat: 0, netOfVat: 455 },
      ],
    });
  });

  test('a mandatory service charge carries VAT at the rates of what was eaten', () => {
    const sums = sumCheck({ lines: lunch, discountBps: 1000, service: mandatory, vatInclusive: true });
    // 4.61 follows 32.36 and 4.55: 4.04 at 20 %, 0.57 at nought; VAT in 36.40 is 6.07.
    expect(sums).toMatchObject({ service: 461, serviceVat: 67, tax: 607, subtotal: 3494, total: 4152 });
    expect(sums.breakdown).toEqual({
      rates: [
        { bps: 2000, goodsNet: 2696, goodsVat: 540, serviceNet: 337, serviceVat: 67 },
        { bps: 0, goodsNet: 455, goodsVat: 0, serviceNet: 57, serviceVat: 0 },
      ],
      untaxedService: 0,
    });
    expect(headlinesOf(sums.breakdown)).toEqual({ netItems: 3151, vat: 607, service: 394, total: 4152 });
  });

  test('a service charge that was removed is gone, VAT and all', () => {
    const sums = sumCheck({ lines: lunch, service: { ...mandatory, removed: true }, vatInclusive: true });
    expect(sums).toMatchObject({ service: 0, serviceVat: 0, total: 4101 });
  });

  test('a service charge that a client sent counts as far as the house’s own rate goes', () => {
    const service = (amount: number) =>
      sumCheck({ lines: lunch, service: { ...optional, amount: minor(amount) }, vatInclusive: true }).service;
    expect(service(0)).toBe(0);
    expect(service(400)).toBe(400);
    expect(service(513)).toBe(513);
    expect(service(514)).toBe(513);
    expect(service(-100)).toBe(0);
  });
});

describe('a restaurant whose prices come without VAT', () => {
  test('adds it to what is left', () => {
    const sums = sumCheck({ lines: lunch, discountBps: 1000, service: optional, vatInclusive: false });
    expect(sums).toMatchObject({
      itemsTotal: 4101,
      subtotal: 4101,
      discount: 410,
      tax: 647,
      service: 461,
      total: 4799,
    });
    expect(sums.lines.map((row) => row.vat)).toEqual([522, 125, 0]);
    expect(sums.lines.map((row) => row.netOfVat)).toEqual([2610, 626, 455]);
  });

  test('and to a mandatory service charge', () => {
    const sums = sumCheck({ lines: lunch, discountBps: 1000, service: mandatory, vatInclusive: false });
    expect(sums).toMatchObject({ subtotal: 4101, tax: 728, service: 461, serviceVat: 81, total: 4880 });
  });
});

describe('discounts', () => {
  test('an amount counts only up to the worth of what is still on the check', () => {
    const sums = sumCheck({ lines: lunch, discountMinor: minor(5000), service: optional, vatInclusive: true });
    expect(sums).toMatchObject({ itemsTotal: 4101, discount: 4101, tax: 0, subtotal: 4101, service: 0, total: 0 });
  });

  test('two at once, a negative one and more than everything are bugs', () => {
    const terms: CheckTerms = { lines: lunch, service: noService, vatInclusive: true };
    expect(() => sumCheck({ ...terms, discountBps: 1000, discountMinor: minor(1) })).toThrow(RangeError);
    expect(() => sumCheck({ ...terms, discountMinor: minor(-1) })).toThrow(RangeError);
    expect(() => sumCheck({ ...terms, discountBps: 10_001 })).toThrow(RangeError);
    expect(() => sumCheck({ ...terms, discountBps: -1 })).toThrow(RangeError);
    expect(() => sumCheck({ ...terms, lines: [line('odd', -1)] })).toThrow(RangeError);
  });
});

test('an empty check is nought throughout', () => {
  expect(sumCheck({ lines: [], service: mandatory, vatInclusive: true })).toMatchObject({
    itemsTotal: 0,
    subtotal: 0,
    tax: 0,
    service: 0,
    total: 0,
    vatByRate: [],
  });
});

const lines = fc
  .array(fc.tuple(fc.oneof(fc.nat(3), fc.nat(30_000)), fc.constantFrom(0, 500, 1250, 2000)), { maxLength: 15 })
  .map((list) => list.map(([gross, vatBps], index) => line(`line-${index}`, gross, vatBps)));
const service = fc.record({
  bps: fc.constantFrom(0, 1000, 1250, 1333),
  amount: fc.option(fc.nat(5000).map(minor), { nil: undefined }),
  mandatory: fc.boolean(),
  removed: fc.boolean(),
});
const discounts = fc.oneof(
  fc.constant({}),
  fc.record({ discountBps: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ discountMinor: fc.nat(40_000).map(minor) }),
);
const checks: fc.Arbitrary<CheckTerms> = fc
  .record({ lines, service, discount: discounts, vatInclusive: fc.boolean() })
  .map(({ discount, ...rest }) => ({ ...rest, ...discount }));

test('whatever is on a check, its figures agree with each other to the penny', () => {
  fc.assert(
    fc.property(checks, (check) => {
      const sums = sumCheck(check);
      const left = sums.itemsTotal - sums.discount;
      const heads = headlinesOf(sums.breakdown);
      expect(sums.itemsTotal).toBe(addUp(check.lines.map((row) => row.gross)));
      expect(sums.total).toBe(sums.subtotal + sums.tax + sums.service - sums.discount);
      expect(sums.subtotal).toBe(check.vatInclusive ? sums.itemsTotal - sums.tax : sums.itemsTotal);
      expect(sums.total).toBe(left + sums.service + (check.vatInclusive ? 0 : sums.tax));
      expect(heads.total).toBe(sums.total);
      expect(heads.vat).toBe(sums.tax);
      expect(addUp(sums.vatByRate.map((rate) => rate.vat))).toBe(sums.tax);
      for (const rate of sums.vatByRate) expect(rate.net + rate.vat).toBe(rate.gross);
    }),
    { numRuns: 3000 },
  );
});

test('lines add up to the check, and none gives more than it is worth', () => {
  fc.assert(
    fc.property(checks, (check) => {
      const { lines: rows, discount, breakdown, vatInclusive } = sumCheck(check);
      expect(rows.map((row) => row.id)).toEqual(check.lines.map((row) => row.id));
      expect(rows.map((row) => row.discount)).toEqual(
        allocate(
          discount,
          check.lines.map((row) => row.gross),
        ),
      );
      for (const rate of breakdown.rates) {
        const own = rows.filter((row) => row.vatBps === rate.bps);
        expect(addUp(own.map((row) => row.vat))).toBe(rate.goodsVat);
        expect(addUp(own.map((row) => row.netOfVat))).toBe(rate.goodsNet);
      }
      for (const row of rows) {
        expect(row.discount >= 0 && row.discount <= row.gross).toBe(true);
        expect(row.vat >= 0 && row.netOfVat >= 0).toBe(true);
        expect(row.netOfVat + (vatInclusive ? row.vat : 0)).toBe(row.gross - row.discount);
      }
    }),
    { numRuns: 3000 },
  );
});

test('percentages and VAT are rounded once, on the check', () => {
  fc.assert(
    fc.property(checks, (check) => {
      const sums = sumCheck(check);
      if (check.discountBps !== undefined) expect(sums.discount).toBe(percentOf(sums.itemsTotal, check.discountBps));
      const due = percentOf(minor(sums.itemsTotal - sums.discount), check.service.bps);
      const { amount = due, removed } = check.service;
      expect(sums.service).toBe(removed ? 0 : Math.min(amount, due));
      const vat = check.vatInclusive ? inclusiveVat : exclusiveVat;
      for (const rate of sums.vatByRate) {
        expect(rate.vat).toBe(vat.vatOf(check.vatInclusive ? rate.gross : rate.net, rate.bps));
      }
      if (!check.service.mandatory) expect(sums.serviceVat).toBe(0);
    }),
    { numRuns: 3000 },
  );
});

test('totals do not depend on the order in which things were ordered', () => {
  const shuffled = checks.chain((check) =>
    fc.tuple(fc.constant(check), fc.shuffledSubarray([...check.lines], { minLength: check.lines.length })),
  );
  fc.assert(
    fc.property(shuffled, ([check, order]) => {
      const { lines: _, ...first } = sumCheck(check);
      const { lines: __, ...second } = sumCheck({ ...check, lines: order });
      // Where a discount's penny falls between equal lines of two rates, their order decides, and VAT with it.
      if (first.discount === 0) expect(second).toEqual(first);
      else {
        expect([second.itemsTotal, second.discount, second.service]).toEqual([
          first.itemsTotal,
          first.discount,
          first.service,
        ]);
        if (check.vatInclusive) expect(second.total).toBe(first.total);
        expect(Math.abs(second.tax - first.tax)).toBeLessThanOrEqual(1 + check.lines.length);
      }
    }),
    { numRuns: 3000 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addUp, minor } from './money.ts';
import { exclusiveVat, inclusiveVat, vatByRate } from './vat.ts';

const entries = fc.array(fc.record({ amount: fc.nat(50_000).map(minor), bps: fc.constantFrom(0, 500, 1250, 2000) }), {
  minLength: 1,
  maxLength: 20,
});

describe('VAT inside a menu price', () => {
  test.each([
    [2224, 2000, 371],
    [3236, 2000, 539],
    [120, 2000, 20],
    [3, 2000, 1],
    [2, 2000, 0],
    [506, 0, 0],
    [1050, 500, 50],
  ])('%i at %i basis points holds %i', (gross, bps, vat) => {
    expect(inclusiveVat.vatOf(minor(gross), bps)).toBe(vat);
    expect(inclusiveVat.netOf(minor(gross), minor(vat))).toBe(gross - vat);
  });
});

test('VAT on top of a menu price leaves the price as it is', () => {
  expect(exclusiveVat.vatOf(minor(3236), 2000)).toBe(647);
  expect(exclusiveVat.vatOf(minor(5), 1000)).toBe(1);
  expect(exclusiveVat.netOf(minor(3236), minor(647))).toBe(3236);
});

test('three coffees at 0.05 hold three pence of VAT together, though each alone would be rounded to one', () => {
  const three = [1, 2, 3].map(() => ({ amount: minor(5), bps: 2000 }));
  expect(vatByRate(inclusiveVat, three)).toEqual({
    rates: [{ bps: 2000, net: 12, vat: 3, gross: 15 }],
    vats: [1, 1, 1],
  });
  const five = [1, 2, 3, 4, 5].map(() => ({ amount: minor(4), bps: 2000 }));
  expect(vatByRate(inclusiveVat, five).vats).toEqual([1, 1, 1, 0, 0]);
});

test('rates are listed once each, the highest first', () => {
  const mixed = [0, 2000, 500, 2000].map((bps) => ({ amount: minor(1200), bps }));
  expect(vatByRate(inclusiveVat, mixed).rates).toEqual([
    { bps: 2000, net: 2000, vat: 400, gross: 2400 },
    { bps: 500, net: 1143, vat: 57, gross: 1200 },
    { bps: 0, net: 1200, vat: 0, gross: 1200 },
  ]);
  expect(vatByRate(exclusiveVat, mixed).rates[0]).toEqual({ bps: 2000, net: 2400, vat: 480, gross: 2880 });
});

test.each([
  ['inside', inclusiveVat],
  ['on top of', exclusiveVat],
])('with VAT %s the prices, the lines of a rate add up to the figure of the rate, which is rounded once', (_, vat) => {
  fc.assert(
    fc.property(entries, (list) => {
      const { rates, vats } = vatByRate(vat, list);
      for (const rate of rates) {
        const own = list.filter((entry) => entry.bps === rate.bps);
        expect(rate.vat).toBe(vat.vatOf(addUp(own.map((entry) => entry.amount)), rate.bps));
        expect(addUp(vats.filter((_part, index) => list[index]!.bps === rate.bps))).toBe(rate.vat);
        expect(rate.gross).toBe(rate.net + rate.vat);
      }
      const carried = addUp(rates.map((rate) => (vat.inclusive ? rate.gross : rate.net)));
      expect(carried).toBe(addUp(list.map((entry) => entry.amount)));
      vats.forEach((part, index) => {
        expect(part >= 0 && part <= list[index]!.amount).toBe(true);
      });
    }),
    { numRuns: 3000 },
  );
});

import { expect, test } from 'vitest';
import { type Breakdown, figuresOf, headlinesOf, without } from './breakdown.ts';
import { divideByGoods, spread } from './dividing.ts';
import { minor, zero } from './money.ts';

const dinner: Breakdown = {
  rates: [
    { bps: 2000, goodsNet: minor(1000), goodsVat: minor(200), serviceNet: minor(100), serviceVat: minor(20) },
    { bps: 0, goodsNet: minor(300), goodsVat: zero, serviceNet: minor(30), serviceVat: zero },
  ],
  untaxedService: zero,
};

test('what the ledger posts adds up to what the guest pays', () => {
  expect(headlinesOf(dinner)).toEqual({ netItems: 1300, vat: 220, service: 130, total: 1650 });
});

test('clients see a service charge with its VAT where prices hold theirs, and without it elsewhere', () => {
  expect(figuresOf(dinner, minor(50), true)).toMatchObject({
    itemsTotal: 1550,
    subtotal: 1330,
    tax: 220,
    service: 150,
    serviceVat: 20,
    total: 1650,
  });
  expect(figuresOf(dinner, minor(50), false)).toMatchObject({ itemsTotal: 1350, subtotal: 1350, service: 130 });
});

test('taking from a figure more than it holds is a bug, even if the total would still do', () => {
  const water: Breakdown = {
    rates: [{ bps: 0, goodsNet: minor(301), goodsVat: zero, serviceNet: zero, serviceVat: zero }],
    untaxedService: zero,
  };
  expect(() => without(dinner, [water])).toThrow(RangeError);
  expect(headlinesOf(without(dinner, [dinner])).total).toBe(0);
});

test('prices without VAT give each guest the VAT of their own dishes', () => {
  const [first, second] = divideByGoods(
    dinner,
    [
      [minor(250), minor(300)],
      [minor(750), zero],
    ],
    false,
  );
  expect(first!.rates.map((rate) => rate.goodsVat)).toEqual([50, 0]);
  expect(second!.rates.map((rate) => rate.goodsVat)).toEqual([150, 0]);
  // The dishes are worth 6.00 and 9.00, so 1.50 of service is 0.60 and 0.90.
  expect([first, second].map((part) => headlinesOf(part!).total)).toEqual([660, 990]);
});

test('a table with given sums of rows and columns keeps both', () => {
  const rows = [1, 1, 1].map(minor);
  const columns = [2, 1].map(minor);
  expect(spread(rows, columns)).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
});

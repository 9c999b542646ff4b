import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Breakdown, totalOf, without } from '../../kernel/breakdown.ts';
import { divideByTotals } from '../../kernel/dividing.ts';
import { addUp, type Minor, minor, percentOf, splitEvenly, zero } from '../../kernel/money.ts';
import { inclusiveVat, vatByRate } from '../../kernel/vat.ts';
import {
  type Refund,
  type RefundableCheck,
  type RefundableLine,
  type RefundRequest,
  refundMethod,
  refundOf,
} from './payments.refund.rules.ts';

const line = (id: string, amount: number, quantity = 1, vatBps = 2000): RefundableLine => ({
  id,
  vatBps,
  quantity,
  amount: minor(amount),
});

/** A check of these lines whose service charge is outside VAT, or laid on the first rate. */
function checkOf(lines: readonly RefundableLine[], service: number, mandatory: boolean, paid?: number) {
  const { rates } = vatByRate(
    inclusiveVat,
    lines.map(({ amount, vatBps: bps }) => ({ amount, bps })),
  );
  const onFirst = mandatory ? minor(service) : zero;
  const breakdown: Breakdown = {
    rates: rates.map(({ bps, net, vat }, index) => {
      const charge = index === 0 ? onFirst : zero;
      const serviceVat = inclusiveVat.vatOf(charge, bps);
      return { bps, goodsNet: net, goodsVat: vat, serviceNet: minor(charge - serviceVat), serviceVat };
    }),
    untaxedService: minor(service - onFirst),
  };
  return { breakdown, lines, paid: minor(paid ?? totalOf(breakdown)) };
}

function give(check: RefundableCheck, earlier: readonly Refund[], request: RefundRequest): Refund {
  const answer = refundOf(check, earlier, request);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.refund;
}

const lunch = checkOf([line('beers', 1000, 3), line('burrito', 2600), line('water', 400, 2, 0)], 500, false);

describe('refunding by line', () => {
  test('a burrito goes back with its VAT and its part of the service charge', () => {
    expect(give(lunch, [], { by: 'lines', lines: [{ lineId: 'burrito', quantity: 1 }] })).toEqual({
      amount: 2925,
      overpaid: 0,
      shareId: null,
      lines: [{ lineId: 'burrito', quantity: 1 }],
      breakdown: {
        untaxedService: 325,
        rates: [
          { bps: 2000, goodsNet: 2167, goodsVat: 433, serviceNet: 0, serviceVat: 0 },
          { bps: 0, goodsNet: 0, goodsVat: 0, serviceNet: 0, serviceVat: 0 },
        ],
      },
    });
  });

  test('water at no VAT takes none', () => {
    const { breakdown } = give(lunch, [], { by: 'lines', lines: [{ lineId: 'water', quantity: 1 }] });
    expect(breakdown.rates).toEqual([
      { bps: 2000, goodsNet: 0, goodsVat: 0, serviceNet: 0, serviceVat: 0 },
      { bps: 0, goodsNet: 200, goodsVat: 0, serviceNet: 0, serviceVat: 0 },
    ]);
  });

  test('three beers for 10.00 go back one by one as 3.34, 3.33 and 3.33, and a fourth does not', () => {
    const beer: RefundRequest = { by: 'lines', lines: [{ lineId: 'beers', quantity: 1 }] };
    const back: Refund[] = [];
    for (let glass = 0; glass < 3; glass += 1) back.push(give(lunch, back, beer));
    expect(back.map((refund) => refund.amount - refund.breakdown.untaxedService)).toEqual([334, 333, 333]);
    expect(refundOf(lunch, back, beer)).toMatchObject({
      ok: false,
      code: 'VALIDATION_ERROR',
      field: 'lines.0.quantity',
      details: { line_id: 'beers', quantity_left: 0 },
    });
  });

  test('all lines together are the whole check', () => {
    const all = lunch.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
    expect(give(lunch, [], { by: 'lines', lines: all })).toMatchObject({ amount: 4500, breakdown: lunch.breakdown });
  });

  test.each<[string, { lineId: string; quantity: number }[], string]>([
    ['no line', [], 'lines'],
    ['a foreign line', [{ lineId: 'cake', quantity: 1 }], 'lines.0.line_id'],
    [
      'a line named twice',
      [
        { lineId: 'beers', quantity: 1 },
        { lineId: 'beers', quantity: 1 },
      ],
      'lines.1.line_id',
    ],
    ['none of a line', [{ lineId: 'beers', quantity: 0 }], 'lines.0.quantity'],
    ['less than none', [{ lineId: 'beers', quantity: -1 }], 'lines.0.quantity'],
    ['half a beer', [{ lineId: 'beers', quantity: 0.5 }], 'lines.0.quantity'],
    ['more than there were', [{ lineId: 'beers', quantity: 4 }], 'lines.0.quantity'],
  ])('%s is refused', (_, lines, field) => {
    expect(refundOf(lunch, [], { by: 'lines', lines })).toMatchObject({ ok: false, code: 'VALIDATION_ERROR', field });
  });

  test('a free birthday dessert has nothing to give back', () => {
    const check = checkOf([line('dessert', 0), line('coffee', 300)], 0, false);
    expect(refundOf(check, [], { by: 'lines', lines: [{ lineId: 'dessert', quantity: 1 }] })).toMatchObject({
      code: 'VALIDATION_ERROR',
      field: 'lines',
    });
  });

  test('a line of which an earlier refund by amount paid back a part is refused with what is left of it', () => {
    const check = checkOf([line('steak', 2000), line('bread', 500, 1, 0)], 0, false);
    const first = give(check, [], { by: 'amount', amount: minor(500) });
    expect(refundOf(check, [first], { by: 'lines', lines: [{ lineId: 'steak', quantity: 1 }] })).toMatchObject({
      ok: false,
      code: 'AMOUNT_OVER_DUE',
      field: 'lines',
      details: { amount_left: 16 },
    });
  });
});

describe('the ceiling', () => {
  test('a refund beyond what was paid is refused with the amount that is left', () => {
    const first = give(lunch, [], { by: 'amount', amount: minor(4000) });
    expect(refundOf(lunch, [first], { by: 'amount', amount: minor(501) })).toMatchObject({
      ok: false,
      code: 'AMOUNT_OVER_DUE',
      field: 'amount',
      details: { amount_left: 5 },
    });
    expect(give(lunch, [first], { by: 'amount', amount: minor(500) }).amount).toBe(500);
  });

  test('what is not paid yet cannot go back', () => {
    const partly = { ...lunch, paid: minor(1000) };
    expect(give(partly, [], { by: 'rest' }).amount).toBe(1000);
    const burrito: RefundRequest = { by: 'lines', lines: [{ lineId: 'burrito', quantity: 1 }] };
    expect(refundOf(partly, [], burrito)).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_left: 10 } });
    const unpaid = { ...lunch, paid: zero };
    for (const request of [burrito, { by: 'rest' }, { by: 'amount', amount: minor(1) }] as const) {
      expect(refundOf(unpaid, [], request)).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_left: 0 } });
    }
  });

  test.each([0, -100])('a refund of %i is refused', (amount) => {
    expect(refundOf(lunch, [], { by: 'amount', amount: minor(amount) })).toMatchObject({
      code: 'VALIDATION_ERROR',
      field: 'amount',
    });
  });

  test('money taken twice goes back first, and undoes no sale', () => {
    const twice = { ...lunch, paid: minor(9000) };
    const first = give(twice, [], { by: 'amount', amount: minor(4000) });
    expect([first.overpaid, totalOf(first.breakdown)]).toEqual([4000, 0]);
    const second = give(twice, [first], { by: 'amount', amount: minor(1000) });
    expect([second.overpaid, totalOf(second.breakdown)]).toEqual([500, 500]);
    expect(give(twice, [first, second], { by: 'rest' }).amount).toBe(4000);
  });
});

describe('refunding a share', () => {
  const [half, otherHalf] = divideByTotals(lunch.breakdown, splitEvenly(totalOf(lunch.breakdown), 2)) as [
    Breakdown,
    Breakdown,
  ];
  const ask = (breakdown: Breakdown, paid = totalOf(breakdown)): RefundRequest => ({
    by: 'share',
    shareId: breakdown === half ? 'half' : 'other-half',
    breakdown,
    paid,
  });

  test('takes the figures of that share, once', () => {
    const first = give(lunch, [], ask(half));
    expect(first).toMatchObject({ amount: 2250, shareId: 'half', breakdown: half });
    expect(refundOf(lunch, [first], ask(half))).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_left: 0 } });
    expect(give(lunch, [first], ask(otherHalf))).toMatchObject({ amount: 2250, breakdown: otherHalf });
  });

  test('goes back in proportion where an earlier refund has eaten into its figures', () => {
    const water = give(lunch, [], { by: 'lines', lines: [{ lineId: 'water', quantity: 2 }] });
    const share = give(lunch, [water], ask(half));
    expect(share.amount).toBe(2250);
    expect(share.breakdown.rates[1]!.goodsNet).toBe(0);
    const last = give(lunch, [water, share], { by: 'rest' });
    expect(totalOf(without(lunch.breakdown, [water.breakdown, share.breakdown, last.breakdown]))).toBe(0);
  });

  test('goes back out of the goods where the service charge has gone back before', () => {
    const noGoods = lunch.breakdown.rates.map((rate) => ({ ...rate, goodsNet: zero, goodsVat: zero }));
    const breakdown = { rates: noGoods, untaxedService: minor(500) };
    const service: Refund = { amount: minor(500), overpaid: zero, breakdown, shareId: null, lines: [] };
    const share = give(lunch, [service], ask(half));
    expect([share.amount, share.breakdown.untaxedService]).toEqual([2250, 0]);
  });

  test('is refused while the share is not paid, whatever the others paid', () => {
    expect(refundOf(lunch, [], ask(half, minor(1000)))).toMatchObject({
      code: 'AMOUNT_OVER_DUE',
      field: 'share_id',
      details: { amount_left: 10 },
    });
  });

  test('is refused once its dishes went back by line, even if the check was paid twice', () => {
    const all = lunch.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
    const dishes = give(lunch, [], { by: 'lines', lines: all });
    expect(refundOf({ ...lunch, paid: minor(9000) }, [dishes], ask(half))).toMatchObject({
      code: 'AMOUNT_OVER_DUE',
      details: { amount_left: 0 },
    });
  });

  test('is refused for a share that was nothing', () => {
    const [nothing] = divideByTotals(lunch.breakdown, [zero, totalOf(lunch.breakdown)]) as [Breakdown];
    expect(refundOf(lunch, [], ask(nothing))).toMatchObject({ code: 'VALIDATION_ERROR', field: 'share_id' });
  });
});

describe('how the money goes back', () => {
  test('to the one tender, without asking', () => {
    expect(refundMethod(['card'])).toEqual({ ok: true, method: 'card' });
    expect(refundMethod(['cash', 'cash'])).toEqual({ ok: true, method: 'cash' });
  });

  test('as somebody says, if they say', () => {
    expect(refundMethod(['cash', 'card'], 'cash')).toEqual({ ok: true, method: 'cash' });
  });

  test('with several tenders, or none, somebody has to say', () => {
    const refusal = { ok: false, code: 'VALIDATION_ERROR', field: 'method' };
    expect(refundMethod(['cash', 'card', 'cash'])).toMatchObject({
      ...refusal,
      details: { methods: ['cash', 'card'] },
    });
    expect(refundMethod([])).toMatchObject(refusal);
  });
});

const checks: fc.Arbitrary<RefundableCheck> = fc
  .record({
    lines: fc
      .array(
        fc.tuple(fc.oneof(fc.nat(3), fc.nat(9000)), fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 500, 2000)),
        { minLength: 1, maxLength: 8 },
      )
      .map((list) => list.map(([amount, quantity, bps], index) => line(`line-${index}`, amount, quantity, bps))),
    serviceBps: fc.constantFrom(0, 1250),
    mandatory: fc.boolean(),
    excess: fc.oneof(fc.constant(0), fc.integer({ min: -3000, max: 3000 })),
  })
  .map(({ lines, serviceBps, mandatory, excess }) => {
    const check = checkOf(lines, percentOf(addUp(lines.map((row) => row.amount)), serviceBps), mandatory);
    return { ...check, paid: minor(Math.max(0, check.paid + excess)) };
  });

type Wish = { readonly kind: 'share' | 'lines' | 'amount'; readonly pick: number; readonly size: number };
const wishes = fc.array(
  fc.record({
    kind: fc.constantFrom('share' as const, 'lines' as const, 'amount' as const),
    pick: fc.nat(7),
    size: fc.nat(4000),
  }),
  { maxLength: 12 },
);

function requestFor(check: RefundableCheck, { kind, pick, size }: Wish): RefundRequest {
  if (kind === 'amount') return { by: 'amount', amount: minor(size) };
  if (kind === 'lines') {
    const own = check.lines.filter((_, index) => index % 8 === pick || (index + size) % 3 === 0);
    return { by: 'lines', lines: own.map(({ id }) => ({ lineId: id, quantity: 1 + (size % 3) })) };
  }
  const shares = divideByTotals(check.breakdown, splitEvenly(totalOf(check.breakdown), 3));
  const breakdown = shares[pick % 3]!;
  return { by: 'share', shareId: `share-${pick % 3}`, breakdown, paid: totalOf(breakdown) };
}

test('whatever was refunded before, nothing goes below nought and the last refund takes exactly the rest', () => {
  let refunds = 0;
  fc.assert(
    fc.property(checks, wishes, (check, list) => {
      const back: Refund[] = [];
      const given = (): Minor => addUp(back.map((refund) => refund.amount));
      for (const wish of list) {
        const answer = refundOf(check, back, requestFor(check, wish));
        if (!answer.ok) continue;
        const { refund } = answer;
        back.push(refund);
        refunds += 1;
        expect(refund.amount).toBeGreaterThan(0);
        expect(refund.amount).toBe(refund.overpaid + totalOf(refund.breakdown));
        expect(given()).toBeLessThanOrEqual(check.paid);
        for (const { bps: _, ...figures } of refund.breakdown.rates) {
          expect(Math.min(...Object.values(figures))).toBeGreaterThanOrEqual(0);
        }
        expect(Math.min(refund.overpaid, refund.breakdown.untaxedService)).toBeGreaterThanOrEqual(0);
        // Throws if any figure has gone below nought.
        without(
          check.breakdown,
          back.map((one) => one.breakdown),
        );
      }
      if (given() < check.paid) back.push(give(check, back, { by: 'rest' }));
      expect(given()).toBe(check.paid);
      expect(refundOf(check, back, { by: 'rest' })).toMatchObject({ ok: false, details: { amount_left: 0 } });

      const total = totalOf(check.breakdown);
      expect(addUp(back.map((refund) => refund.overpaid))).toBe(Math.max(0, check.paid - total));
      const left = without(
        check.breakdown,
        back.map((refund) => refund.breakdown),
      );
      expect(totalOf(left)).toBe(Math.max(0, total - check.paid));
    }),
    { numRuns: 3000 },
  );
  // A generator whose wishes were all refused would prove nothing.
  expect(refunds).toBeGreaterThan(3000);
});

test('a refund by amount stays in proportion: within pennies of its part of every figure', () => {
  fc.assert(
    fc.property(checks, fc.nat(), (check, pick) => {
      const total = totalOf(check.breakdown);
      fc.pre(total > 0 && check.paid === total);
      const amount = minor(1 + (pick % total));
      const { breakdown } = give(check, [], { by: 'amount', amount });
      expect(totalOf(breakdown)).toBe(amount);
      for (const [index, rate] of breakdown.rates.entries()) {
        const whole = check.breakdown.rates[index]!;
        for (const figure of ['goodsNet', 'goodsVat', 'serviceNet', 'serviceVat'] as const) {
          expect(Math.abs(rate[figure] - (whole[figure] * amount) / total)).toBeLessThan(5);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

import { describe, expect, test } from 'vitest';
import { minor, zero } from '../../kernel/money.ts';
import { returnOf } from './payments.return.rules.ts';
import { type Asked, canBePaid, canCopyReceipt, dueOnShare, takePayment } from './payments.rules.ts';

const asked = (fields: Partial<Record<keyof Asked, unknown>>): Asked =>
  ({ method: 'cash', amount: minor(0), tip: zero, tendered: null, ...fields }) as Asked;
const take = (fields: Partial<Record<keyof Asked, unknown>>, due: number) => takePayment(asked(fields), minor(due));

describe('cash over the counter', () => {
  test('a twenty for 13.84 gives 6.16 back', () => {
    expect(take({ amount: minor(2000) }, 1384)).toEqual({
      ok: true,
      taken: { amount: 1384, tendered: 2000, change: 616 },
    });
  });

  test('a ten for 13.84 leaves 3.84 to pay', () => {
    expect(take({ amount: minor(1000) }, 1384)).toMatchObject({ taken: { amount: 1000, tendered: 1000, change: 0 } });
  });

  test('with what was handed over, the amount is what counts and the tip stays in the drawer', () => {
    const notes = { amount: minor(1384), tip: minor(116), tendered: minor(2000) };
    expect(take(notes, 1384)).toMatchObject({ taken: { amount: 1384, tendered: 2000, change: 500 } });
  });

  test('fourteen pounds are too little for 13.84 and a tip of 1.16', () => {
    const notes = { amount: minor(1384), tip: minor(116), tendered: minor(1400) };
    expect(take(notes, 1384)).toMatchObject({
      code: 'TENDERED_TOO_LITTLE',
      field: 'tendered',
      details: { needed: 15 },
    });
  });

  test('an amount above what is due is no change but a mistake, once somebody says what was handed over', () => {
    const notes = { amount: minor(2000), tendered: minor(2000) };
    expect(take(notes, 1384)).toMatchObject({ code: 'AMOUNT_OVER_DUE', details: { amount_due: 13.84 } });
  });

  test('money for a check on which nothing is due stays with the guest', () => {
    expect(take({ amount: minor(500) }, 0)).toMatchObject({ code: 'AMOUNT_OVER_DUE' });
    expect(take({ amount: zero }, 0)).toMatchObject({ ok: true });
  });
});

describe('cards and the rest', () => {
  test('never take more than is due; a tip has its own field', () => {
    expect(take({ method: 'card', amount: minor(1385) }, 1384)).toMatchObject({
      ok: false,
      code: 'AMOUNT_OVER_DUE',
      field: 'amount',
      details: { amount_due: 13.84 },
    });
    expect(take({ method: 'card', amount: minor(1384), tip: minor(200) }, 1384)).toEqual({
      ok: true,
      taken: { amount: 1384, tendered: null, change: 0 },
    });
  });

  test('nothing is handed over', () => {
    expect(take({ method: 'card', amount: minor(100), tendered: minor(200) }, 1384)).toMatchObject({
      code: 'VALIDATION_ERROR',
      field: 'tendered',
    });
  });

  test('a payment of nothing is none', () => {
    expect(take({ method: 'card' }, 1384)).toMatchObject({ code: 'VALIDATION_ERROR', field: 'amount' });
  });
});

test('a check takes money while it is open and there is something on it', () => {
  const check = { id: 'o', status: 'open', standingLines: 2 } as const;
  expect(canBePaid(check)).toEqual({ ok: true });
  expect(canBePaid({ ...check, standingLines: 0 })).toMatchObject({ code: 'VALIDATION_ERROR' });
  expect(canBePaid({ ...check, status: 'closed' })).toMatchObject({ code: 'ORDER_ALREADY_PAID' });
  expect(canBePaid({ ...check, status: 'cancelled' })).toMatchObject({ code: 'ORDER_CLOSED' });
});

test('a share never has to pay more than is left of the check', () => {
  expect(dueOnShare({ id: 's', dueMinor: 900 }, 5000)).toBe(900);
  expect(dueOnShare({ id: 's', dueMinor: 900 }, 400)).toBe(400);
  expect(dueOnShare({ id: 's', dueMinor: 0 }, 400)).toBeNull();
});

describe('a copy of the receipt', () => {
  const check = (status: 'open' | 'closed' | 'cancelled', dueMinor: number, paidMinor: number) => ({
    status,
    dueMinor,
    money: { paidMinor },
  });
  const paid = { dueMinor: 0, paidMinor: 900 };

  test('is for a check that is paid, or for a share that is', () => {
    expect(canCopyReceipt(check('closed', 0, 1800), null)).toEqual({ ok: true });
    expect(canCopyReceipt(check('closed', 0, 0), null)).toEqual({ ok: true });
    expect(canCopyReceipt(check('closed', 0, 1800), paid)).toEqual({ ok: true });
    expect(canCopyReceipt(check('open', 900, 900), paid)).toEqual({ ok: true });
  });

  test.each([
    ['nothing is paid', check('open', 1800, 0), null, 18, /Nothing has been paid/],
    ['the other guest paid', check('open', 900, 900), { dueMinor: 900, paidMinor: 0 }, 9, /Nothing has been paid/],
    ['the table paid together', check('closed', 0, 1800), { dueMinor: 900, paidMinor: 0 }, 9, /by itself/],
  ])('is refused where %s', (_, order, share, amount_due, message) => {
    const refusal = canCopyReceipt(order, share);
    expect(refusal).toMatchObject({ ok: false, code: 'PAYMENT_REQUIRED', details: { amount_due } });
    expect(refusal).toMatchObject({ details: { message: expect.stringMatching(message) } });
  });

  test('is refused while a part is still to be paid, and for a cancelled check', () => {
    expect(canCopyReceipt(check('open', 800, 1000), null)).toMatchObject({
      code: 'PAYMENT_REQUIRED',
      details: { amount_due: 8 },
    });
    expect(canCopyReceipt(check('open', 800, 100), { dueMinor: 1, paidMinor: 99 })).toMatchObject({ ok: false });
    expect(canCopyReceipt(check('cancelled', 0, 0), null)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

describe('giving money back while the check is open', () => {
  const paid = minor(3000);
  const share = {
    by: 'share',
    shareId: 's',
    breakdown: { rates: [], untaxedService: zero },
    paid: minor(1000),
  } as const;

  test('undoes no sale, and never gives more than was paid', () => {
    const first = returnOf({ paid, earlier: [] }, { by: 'amount', amount: minor(2000) });
    if (!first.ok) throw new Error('refused');
    expect(first.refund).toEqual({
      amount: 2000,
      overpaid: 2000,
      breakdown: { rates: [], untaxedService: 0 },
      shareId: null,
      lines: [],
    });
    const earlier = [first.refund];
    const over = returnOf({ paid, earlier }, { by: 'amount', amount: minor(1001) });
    expect(over).toMatchObject({ code: 'AMOUNT_OVER_DUE', field: 'amount', details: { amount_left: 10 } });
    expect(returnOf({ paid, earlier }, { by: 'rest' })).toMatchObject({ refund: { amount: 1000 } });
  });

  test('a share gets its own money back, once', () => {
    const back = returnOf({ paid, earlier: [] }, share);
    if (!back.ok) throw new Error('refused');
    expect(back.refund).toMatchObject({ amount: 1000, shareId: 's' });
    expect(returnOf({ paid, earlier: [back.refund] }, share)).toMatchObject({ code: 'AMOUNT_OVER_DUE' });
  });

  test('a dish is voided, not refunded', () => {
    expect(returnOf({ paid, earlier: [] }, { by: 'lines', lines: [] })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(returnOf({ paid, earlier: [] }, { by: 'amount', amount: zero })).toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});

import type { PaymentMethod } from '#contract/payments.ts';
import { type Minor, minor, toPounds } from '../../kernel/money.ts';
import { allowed, Problem, type Refusal, refuse, type Verdict } from '../../kernel/verdict.ts';

/** What somebody says was paid. Minor units; `amount` never holds the tip. */
export interface Asked {
  readonly method: PaymentMethod;
  readonly amount: Minor;
  readonly tip: Minor;
  /** What was handed over in all; null where nobody said. */
  readonly tendered: Minor | null;
}

/** What is recorded. `change` goes back over the counter. */
export interface Taken {
  readonly amount: Minor;
  readonly tendered: Minor | null;
  readonly change: Minor;
}

export type TakenOrNot = { readonly ok: true; readonly taken: Taken } | Refusal;

/**
 * How much of what was handed over counts towards what is due. Cash without `tendered` is what was handed over: what
 * is due is recorded and the rest is change. Nothing else may be more than is due; a tip has a field of its own.
 */
export function takePayment({ method, amount, tip, tendered }: Asked, due: Minor): TakenOrNot {
  if (amount === 0 && due > 0) return no('amount', 'A payment has to be more than nothing.');
  if (method !== 'cash' && tendered !== null) return no('tendered', 'Only cash is handed over.');
  const overDue = refuse('AMOUNT_OVER_DUE', { field: 'amount', amount_due: toPounds(due) });
  if (method !== 'cash') return amount > due ? overDue : given(amount, null, 0);
  if (tendered === null) {
    const applied = minor(Math.min(amount, due));
    return due === 0 && amount > 0 ? overDue : given(applied, minor(amount + tip), amount - applied);
  }
  if (amount > due) return overDue;
  const needed = amount + tip;
  if (tendered >= needed) return given(amount, tendered, tendered - needed);
  return refuse('TENDERED_TOO_LITTLE', { field: 'tendered', needed: toPounds(minor(needed)) });
}

interface Payable {
  readonly id: string;
  readonly status: 'open' | 'closed' | 'cancelled';
  readonly standingLines: number;
}

/** Whether a check takes money at all. */
export function canBePaid(check: Payable): Verdict {
  if (check.status === 'closed') return refuse('ORDER_ALREADY_PAID', { order_id: check.id });
  if (check.status === 'cancelled') return refuse('ORDER_CLOSED', { order_id: check.id, state: check.status });
  return check.standingLines > 0 ? allowed : no('order_id', 'There is nothing on this check to pay.');
}

/** What one share still has to pay; never more than the whole check. */
export function dueOnShare(share: { readonly id: string; readonly dueMinor: number }, orderDue: number): Minor | null {
  return share.dueMinor === 0 ? null : minor(Math.min(share.dueMinor, orderDue));
}

interface Receiptable {
  readonly status: 'open' | 'closed' | 'cancelled';
  readonly dueMinor: number;
  readonly money: { readonly paidMinor: number };
}

/** A receipt is for money that was taken: all of the check's, or all of one share's. Before that there is the bill. */
export function canCopyReceipt(
  check: Receiptable,
  share: { readonly dueMinor: number; readonly paidMinor: number } | null,
): Verdict {
  if (check.status === 'cancelled') return refuse('ILLEGAL_TRANSITION', { state: 'cancelled', possible: [] });
  const { dueMinor } = share ?? check;
  const amount_due = toPounds(minor(dueMinor));
  if (share?.paidMinor === 0 && check.status === 'closed') {
    return refuse('PAYMENT_REQUIRED', {
      amount_due,
      message: 'Nothing was paid for this share by itself, so it has no receipt of its own.',
      suggestion: 'Print the receipt of the whole order.',
    });
  }
  if (check.status === 'closed' || (share !== null && share.paidMinor > 0 && dueMinor === 0)) return allowed;
  if ((share?.paidMinor ?? check.money.paidMinor) > 0) return refuse('PAYMENT_REQUIRED', { amount_due });
  return refuse('PAYMENT_REQUIRED', {
    amount_due,
    message: 'Nothing has been paid here yet, so there is no receipt.',
    suggestion: 'Print the bill instead, or take the payment first.',
  });
}

/** A refusal as commands throw it. */
export const problemOf = ({ code, details, field }: Refusal): Problem =>
  new Problem(code, { ...details, ...(field === null ? {} : { field }) });

const given = (amount: Minor, tendered: Minor | null, change: number): TakenOrNot => ({
  ok: true,
  taken: { amount, tendered, change: minor(change) },
});

const no = (field: string, reason: string): Refusal => refuse('VALIDATION_ERROR', { field, reason });

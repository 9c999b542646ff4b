import { figuresOf, goodsOf } from '../../kernel/breakdown.ts';
import { divideByTotals } from '../../kernel/dividing.ts';
import { addUp, allocate, type Minor, minor } from '../../kernel/money.ts';
import type { CheckSums } from './orders.sums.rules.ts';

/**
 * The sums of what is left to pay when part of a check was paid on account: nobody said for what, so each figure of
 * the check counts as paid in proportion. `paid` is from nought to the check's total.
 */
export function leftToPay(sums: CheckSums, paid: number): CheckSums {
  if (paid === 0) return sums;
  const totals: Minor[] = [minor(paid), minor(sums.total - paid)];
  const parts = divideByTotals(sums.breakdown, totals);
  const discounts = allocate(
    sums.discount,
    parts.map((part) => addUp(part.rates.map(goodsOf))),
  );
  return {
    ...figuresOf(parts[1]!, discounts[1]!, sums.vatInclusive),
    vatInclusive: sums.vatInclusive,
    lines: sums.lines,
  };
}

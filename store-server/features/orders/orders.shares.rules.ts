import { type Breakdown, type Figures, figuresOf, goodsOf } from '../../kernel/breakdown.ts';
import { divideByGoods, divideByTotals, spread } from '../../kernel/dividing.ts';
import { addUp, allocate, type Minor, minor, splitEvenly } from '../../kernel/money.ts';
import { type Refusal, refuse } from '../../kernel/verdict.ts';
import type { CheckSums, LineSums } from './orders.sums.rules.ts';

export type SharePlan =
  | { readonly mode: 'even'; readonly ways: number }
  | { readonly mode: 'items'; readonly shares: readonly { readonly lineIds: readonly string[] }[] }
  /** The seat of each line; null is for the table. A line that is not named is for the table too. */
  | { readonly mode: 'seats'; readonly lines: readonly { readonly id: string; readonly seat: number | null }[] };

/** One guest's part of a check: its figures, which add up to the check's over all shares, each to the penny. */
export interface Share extends Figures {
  /** The lines that are this share's alone. Empty in an even split. */
  readonly lineIds: readonly string[];
  readonly seat: number | null;
}

export type Shares = { readonly ok: true; readonly shares: readonly Share[] } | Refusal;

/** A table can be divided into this many bills at most. */
export const mostShares = 100;

/** Divides a check as the guests wish. Refuses with VALIDATION_ERROR a plan that leaves something unpaid or pays it twice. */
export function sharesOf(sums: CheckSums, plan: SharePlan): Shares {
  if (sums.lines.length === 0) return no('mode', 'There is nothing on this check to split.');
  switch (plan.mode) {
    case 'even':
      return evenShares(sums, plan.ways);
    case 'items':
      return itemShares(
        sums,
        plan.shares.map((share) => share.lineIds),
      );
    case 'seats':
      return seatShares(sums, new Map(plan.lines.map((line) => [line.id, line.seat])));
  }
}

/** Everybody pays the same; spare pennies are the first guests'. */
function evenShares(sums: CheckSums, ways: number): Shares {
  if (!Number.isSafeInteger(ways) || ways < 2 || ways > mostShares) {
    return no('ways', `A check can be split 2 to ${mostShares} ways.`);
  }
  const parts = divideByTotals(sums.breakdown, splitEvenly(sums.total, ways));
  const discounts = allocate(
    sums.discount,
    parts.map((part) => addUp(part.rates.map(goodsOf))),
  );
  return shared(sums, parts, discounts, () => ({ lineIds: [], seat: null }));
}

/** Everybody pays for named lines; each line is in exactly one share. */
function itemShares(sums: CheckSums, shares: readonly (readonly string[])[]): Shares {
  if (shares.length < 2 || shares.length > mostShares) {
    return no('shares', `A check can be split into 2 to ${mostShares} shares.`);
  }
  const open = new Map(sums.lines.map((line) => [line.id, line]));
  const known = new Set(open.keys());
  const taken: LineSums[][] = [];
  for (const [index, ids] of shares.entries()) {
    const field = `shares.${index}.line_ids`;
    if (ids.length === 0) return no(field, 'Every share needs at least one line.');
    const own: LineSums[] = [];
    for (const id of ids) {
      const line = open.get(id);
      if (!known.has(id)) return no(field, 'This line is not on the check.', { line_id: id });
      if (!line) return no(field, 'This line is in two shares.', { line_id: id });
      open.delete(id);
      own.push(line);
    }
    taken.push(own);
  }
  if (open.size > 0) return no('shares', 'Some lines are in no share.', { line_ids: [...open.keys()] });
  const goods = taken.map((lines) => goodsByRate(sums, lines));
  return shared(sums, divideByGoods(sums.breakdown, goods, sums.vatInclusive), taken.map(discountOf), (index) => ({
    lineIds: shares[index]!,
    seat: null,
  }));
}

/**
 * Everybody pays for what came to their seat. What came for the table is shared evenly by the seats that ordered
 * something, all of it in one go, so that ten shared plates do not cost the first seat ten spare pennies.
 */
function seatShares(sums: CheckSums, seatOf: ReadonlyMap<string, number | null>): Shares {
  const stray = [...seatOf.keys()].find((id) => !sums.lines.some((line) => line.id === id));
  if (stray !== undefined) return no('lines', 'This line is not on the check.', { line_id: stray });
  const seatFor = (line: LineSums) => seatOf.get(line.id) ?? null;
  const seats = [...new Set(sums.lines.map(seatFor))].filter((seat) => seat !== null).sort((a, b) => a - b);
  if (seats.length < 2 || seats.length > mostShares) {
    return no('mode', `Splitting by seat needs lines on 2 to ${mostShares} seats.`, { seats });
  }
  const table = sums.lines.filter((line) => seatFor(line) === null);
  const tableGoods = goodsByRate(sums, table);
  const portions = spread(splitEvenly(addUp(tableGoods), seats.length), tableGoods);
  const discounts = splitEvenly(discountOf(table), seats.length);

  const own = seats.map((seat) => sums.lines.filter((line) => seatFor(line) === seat));
  const goods = own.map((lines, seat) =>
    goodsByRate(sums, lines).map((amount, rate) => minor(amount + portions[seat]![rate]!)),
  );
  return shared(
    sums,
    divideByGoods(sums.breakdown, goods, sums.vatInclusive),
    own.map((lines, seat) => minor(discountOf(lines) + discounts[seat]!)),
    (index) => ({ lineIds: own[index]!.map((line) => line.id), seat: seats[index]! }),
  );
}

/** What is left of some lines after discount, as on the menu, in the order of the check's rates. */
function goodsByRate(sums: CheckSums, lines: readonly LineSums[]): Minor[] {
  return sums.breakdown.rates.map(({ bps }) =>
    addUp(lines.filter((line) => line.vatBps === bps).map((line) => minor(line.gross - line.discount))),
  );
}

function discountOf(lines: readonly LineSums[]): Minor {
  return addUp(lines.map((line) => line.discount));
}

function shared(
  sums: CheckSums,
  parts: readonly Breakdown[],
  discounts: readonly Minor[],
  whose: (index: number) => Pick<Share, 'lineIds' | 'seat'>,
): Shares {
  const shares = parts.map((part, index) => ({
    ...figuresOf(part, discounts[index]!, sums.vatInclusive),
    ...whose(index),
  }));
  return { ok: true, shares };
}

function no(field: string, reason: string, details: Readonly<Record<string, unknown>> = {}): Refusal {
  return refuse('VALIDATION_ERROR', { ...details, field, reason });
}

import { type Breakdown, goodsOf, totalOf, without } from '../../kernel/breakdown.ts';
import { divideByGoods, divideByTotals } from '../../kernel/dividing.ts';
import { addUp, type Minor, minor, toPounds, zero } from '../../kernel/money.ts';
import { type Refusal, refuse } from '../../kernel/verdict.ts';

/** A line of the check. `amount` is what the guest pays for all of it: after discount, with VAT, without service. */
export interface RefundableLine {
  readonly id: string;
  readonly vatBps: number;
  readonly quantity: number;
  readonly amount: Minor;
}

export interface RefundableCheck {
  readonly breakdown: Breakdown;
  readonly lines: readonly RefundableLine[];
  /** All that was taken for the check, without tips. May be more than it came to. */
  readonly paid: Minor;
}

export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: number;
}

export type RefundRequest =
  | { readonly by: 'share'; readonly shareId: string; readonly breakdown: Breakdown; readonly paid: Minor }
  | { readonly by: 'lines'; readonly lines: readonly LineQuantity[] }
  | { readonly by: 'amount'; readonly amount: Minor }
  /** All that was paid and has not gone back yet. */
  | { readonly by: 'rest' };

/** A refund taken apart: `amount` = `overpaid` + everything in `breakdown`. */
export interface Refund {
  readonly amount: Minor;
  /** What goes back because more was taken than the check came to: no sale is undone by it. */
  readonly overpaid: Minor;
  readonly breakdown: Breakdown;
  readonly shareId: string | null;
  readonly lines: readonly LineQuantity[];
}

export type RefundAnswer = { readonly ok: true; readonly refund: Refund } | Refusal;

/**
 * What a refund takes from which figure of its check. All of it comes out of what earlier refunds have left, so the
 * last one takes exactly the rest. Never more than was paid and has not gone back: beyond it AMOUNT_OVER_DUE with
 * `amount_left` in pounds; a request that makes no sense is VALIDATION_ERROR with its field.
 */
export function refundOf(check: RefundableCheck, earlier: readonly Refund[], request: RefundRequest): RefundAnswer {
  const standing = standingOf(check, earlier);
  switch (request.by) {
    case 'share':
      return refundShare(standing, earlier, request);
    case 'lines':
      return refundLines(standing, check.lines, earlier, request.lines);
    case 'amount':
      if (request.amount <= 0) return no('amount', 'A refund has to be more than nothing.');
      return refundAmount(standing, request.amount);
    case 'rest':
      return standing.ceiling === 0 ? tooMuch(zero) : refundAmount(standing, standing.ceiling);
  }
}

/**
 * How the money goes back: as the person says, else by the one tender that the guest used. With several, somebody has
 * to choose: VALIDATION_ERROR naming `method`.
 */
export function refundMethod<Method extends string>(
  tenders: readonly Method[],
  method?: Method | undefined,
): { readonly ok: true; readonly method: Method } | Refusal {
  if (method !== undefined) return { ok: true, method };
  const [only, ...others] = new Set(tenders);
  if (only !== undefined && others.length === 0) return { ok: true, method: only };
  return refuse('VALIDATION_ERROR', {
    field: 'method',
    reason: 'Say how the money goes back to the guest.',
    methods: [...new Set(tenders)],
  });
}

/** What is left of a check: of its figures, of an overpayment, and of the money that was paid for it. */
interface Standing {
  readonly left: Breakdown;
  readonly overpaid: Minor;
  readonly ceiling: Minor;
}

function standingOf(check: RefundableCheck, earlier: readonly Refund[]): Standing {
  const excess = Math.max(0, check.paid - totalOf(check.breakdown));
  return {
    left: without(
      check.breakdown,
      earlier.map((refund) => refund.breakdown),
    ),
    overpaid: minor(excess - addUp(earlier.map((refund) => refund.overpaid))),
    ceiling: minor(check.paid - addUp(earlier.map((refund) => refund.amount))),
  };
}

/** An overpayment goes back first; the rest undoes a part of the sale in proportion to what is left of it. */
function refundAmount(standing: Standing, amount: Minor): RefundAnswer {
  if (amount > standing.ceiling) return tooMuch(standing.ceiling, 'amount');
  const overpaid = minor(Math.min(amount, standing.overpaid));
  return given(proportionOf(standing.left, minor(amount - overpaid)), { overpaid });
}

/** A share goes back as it was charged; where an earlier refund has eaten into it, its amount in proportion. */
function refundShare(
  standing: Standing,
  earlier: readonly Refund[],
  share: RefundRequest & { by: 'share' },
): RefundAnswer {
  const amount = totalOf(share.breakdown);
  const back = addUp(earlier.filter((refund) => refund.shareId === share.shareId).map((refund) => refund.amount));
  // What was paid twice is not the share's: of the sale itself there may be less left than of the money.
  const ceiling = minor(Math.min(share.paid - back, standing.ceiling, totalOf(standing.left)));
  if (amount === 0) return no('share_id', 'There is nothing to refund on this share.');
  if (amount > ceiling) return tooMuch(minor(Math.max(0, ceiling)), 'share_id');
  const breakdown = holds(standing.left, share.breakdown) ? share.breakdown : proportionOf(standing.left, amount);
  return given(breakdown, { shareId: share.shareId });
}

/** Lines go back at what the guest paid for them, with their part of the service charge. */
function refundLines(
  standing: Standing,
  lines: readonly RefundableLine[],
  earlier: readonly Refund[],
  wanted: readonly LineQuantity[],
): RefundAnswer {
  if (wanted.length === 0) return no('lines', 'Name at least one line.');
  const taken = standing.left.rates.map(() => 0);
  for (const [index, { lineId, quantity }] of wanted.entries()) {
    const line = lines.find((candidate) => candidate.id === lineId);
    if (!line) return no(`lines.${index}.line_id`, 'This line is not on the check.', { line_id: lineId });
    if (wanted.findIndex((other) => other.lineId === lineId) < index) {
      return no(`lines.${index}.line_id`, 'This line is named twice.', { line_id: lineId });
    }
    const back = earlier.flatMap((refund) => refund.lines).filter((other) => other.lineId === lineId);
    const gone = back.reduce((sum, other) => sum + other.quantity, 0);
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > line.quantity - gone) {
      const quantityLeft = line.quantity - gone;
      return no(`lines.${index}.quantity`, `Up to ${quantityLeft} of this line can still be refunded.`, {
        line_id: lineId,
        quantity_left: quantityLeft,
      });
    }
    const rate = standing.left.rates.findIndex((row) => row.bps === line.vatBps);
    taken[rate]! += worthOfFirst(line, gone + quantity) - worthOfFirst(line, gone);
  }

  const goods = taken.map(minor);
  if (addUp(goods) === 0) return no('lines', 'These lines cost nothing, so there is nothing to refund.');
  const held = standing.left.rates.map(goodsOf);
  if (goods.some((amount, rate) => amount > held[rate]!)) {
    // An earlier refund by amount has already paid back a part of these lines.
    const possible = goods.map((amount, rate) => minor(Math.min(amount, held[rate]!)));
    return tooMuch(minor(Math.min(addUp(possible), standing.ceiling)), 'lines');
  }
  const kept = held.map((amount, rate) => minor(amount - goods[rate]!));
  const breakdown = divideByGoods(standing.left, [goods, kept], true)[0]!;
  if (totalOf(breakdown) > standing.ceiling) return tooMuch(standing.ceiling, 'lines');
  return given(breakdown, { lines: wanted });
}

/** What the first `count` of a line's pieces cost: they share its amount evenly, spare pennies first. */
function worthOfFirst(line: RefundableLine, count: number): number {
  const spare = line.amount % line.quantity;
  return ((line.amount - spare) / line.quantity) * count + Math.min(count, spare);
}

function proportionOf(left: Breakdown, amount: Minor): Breakdown {
  return divideByTotals(left, [amount, minor(totalOf(left) - amount)])[0]!;
}

/** Whether no figure of `part` is more than what is left. */
function holds(left: Breakdown, part: Breakdown): boolean {
  const fits = (['goodsNet', 'goodsVat', 'serviceNet', 'serviceVat'] as const).every((figure) =>
    part.rates.every((row) => row[figure] <= (left.rates.find((rate) => rate.bps === row.bps)?.[figure] ?? zero)),
  );
  return fits && part.untaxedService <= left.untaxedService;
}

function given(breakdown: Breakdown, rest: Partial<Pick<Refund, 'overpaid' | 'shareId' | 'lines'>>): RefundAnswer {
  const overpaid = rest.overpaid ?? zero;
  const amount = addUp([overpaid, totalOf(breakdown)]);
  return { ok: true, refund: { amount, overpaid, breakdown, shareId: rest.shareId ?? null, lines: rest.lines ?? [] } };
}

function tooMuch(left: Minor, field?: string): Refusal {
  return refuse('AMOUNT_OVER_DUE', { amount_left: toPounds(left), ...(field === undefined ? {} : { field }) });
}

function no(field: string, reason: string, details: Readonly<Record<string, unknown>> = {}): Refusal {
  return refuse('VALIDATION_ERROR', { ...details, field, reason });
}

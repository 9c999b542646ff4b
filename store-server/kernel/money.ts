/**
 * Money is whole minor units (pence) with a type of its own, rates are basis points (1 % = 100), and no figure is
 * ever rounded twice. Everything here is exact: products too big for a double go through BigInt.
 */

declare const minorBrand: unique symbol;

/** Whole minor units (pence). Only `minor` and the functions of this file make them. */
export type Minor = number & { readonly [minorBrand]: true };

/** The most that one figure may be on the wire: a thousand million pounds. */
const largestPounds = 1e9;

/** Vouches for a number of minor units. Throws RangeError unless it is a safe integer. */
export function minor(units: number): Minor {
  if (!Number.isSafeInteger(units)) throw new RangeError(`${units} is not a whole number of minor units`);
  // Minus nought would compare unequal to nought, so it becomes plain nought.
  return (units + 0) as Minor;
}

export const zero: Minor = minor(0);

/** The sum of a list; an empty list is zero. Throws RangeError past the safe integers. */
export function addUp(list: readonly Minor[]): Minor {
  return minor(list.reduce<number>((sum, amount) => sum + amount, 0));
}

/** `price` taken `quantity` times. Throws RangeError unless the quantity is a whole number. */
export function timesQuantity(price: Minor, quantity: number): Minor {
  if (!Number.isSafeInteger(quantity)) throw new RangeError('quantity must be a whole number');
  return minor(price * quantity);
}

/**
 * `amount` × `part` / `whole`, rounded half up once. Half up is by size, so a refund mirrors its sale to the penny:
 * portion(-x) = -portion(x). `part` is a whole number from 0, `whole` one from 1; RangeError otherwise.
 */
export function portion(amount: Minor, part: number, whole: number): Minor {
  if (!isCount(part)) throw new RangeError('part must be a whole number from 0');
  if (!isCount(whole) || whole === 0) throw new RangeError('whole must be a whole number from 1');
  const { quotient, rest } = timesOver(Math.abs(amount), part, whole);
  // Twice the rest may pass the safe integers, the distance from the whole cannot.
  return minor(Math.sign(amount) * (rest >= whole - rest ? quotient + 1 : quotient));
}

/** `basisPoints` of `amount`, rounded half up once, negative amounts as `portion` does. */
export function percentOf(amount: Minor, basisPoints: number): Minor {
  return portion(amount, basisPoints, 10_000);
}

/** Shares of `total` that differ by at most one minor unit and add up to it exactly; the first ones are the larger. */
export function splitEvenly(total: Minor, ways: number): Minor[] {
  if (!Number.isSafeInteger(ways) || ways < 1) throw new RangeError('ways must be a whole number from 1');
  const spare = total % ways;
  // Divided only after the rest is gone: the quotient of two big doubles may round up to the next whole number.
  const share = (total - spare) / ways;
  return Array.from({ length: ways }, (_, guest) => minor(guest < Math.abs(spare) ? share + Math.sign(spare) : share));
}

/**
 * Parts of `total` in proportion to `weights`, which add up to it exactly (largest remainder, ties to the earlier).
 * No part is further than one minor unit from its quota, so with weights that are amounts no part of a smaller total
 * exceeds its own weight. A negative total mirrors the positive one. Weights that are all zero say nothing, so the
 * total is then spread evenly.
 * @throws RangeError for a weight that is negative or not whole, or for money with no weights to carry it.
 */
export function allocate(total: Minor, weights: readonly number[]): Minor[] {
  if (!weights.every(isCount)) throw new RangeError('weights must be whole numbers from 0');
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('there is nothing to allocate the money to');
    return [];
  }
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (!Number.isSafeInteger(whole)) throw new RangeError('weights are too large together');
  if (whole === 0) return splitEvenly(total, weights.length);

  const quotas = weights.map((weight) => timesOver(Math.abs(total), weight, whole));
  const spare = Math.abs(total) - quotas.reduce((sum, quota) => sum + quota.quotient, 0);
  const byRest = quotas.map((_, index) => index).sort((a, b) => quotas[b]!.rest - quotas[a]!.rest || a - b);
  for (const index of byRest.slice(0, spare)) quotas[index]!.quotient += 1;
  return quotas.map((quota) => minor(Math.sign(total) * quota.quotient));
}

/** Pounds for the public wire: a JSON number with at most two places. */
export function toPounds(amount: Minor): number {
  return amount / 100;
}

export type PoundsRead =
  | { readonly ok: true; readonly value: Minor }
  | { readonly ok: false; readonly reason: 'not_a_number' | 'too_large' | 'too_many_decimals' };

/**
 * Minor units of a JSON number in pounds. The noise of binary fractions (0.1 + 0.2) is forgiven, a third decimal is
 * not: it says that the sender rounds by a rule of its own.
 */
export function fromPounds(pounds: number): PoundsRead {
  if (!Number.isFinite(pounds)) return { ok: false, reason: 'not_a_number' };
  if (Math.abs(pounds) > largestPounds) return { ok: false, reason: 'too_large' };
  const pence = pounds * 100;
  const nearest = Math.round(pence);
  const noise = Math.max(1e-6, Math.abs(pence) * 1e-14);
  if (Math.abs(pence - nearest) > noise) return { ok: false, reason: 'too_many_decimals' };
  return { ok: true, value: minor(nearest) };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** a × b / c for whole numbers from 0, exactly. */
function timesOver(a: number, b: number, c: number): { quotient: number; rest: number } {
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const rest = product % c;
    return { quotient: (product - rest) / c, rest };
  }
  const big = BigInt(a) * BigInt(b);
  return { quotient: Number(big / BigInt(c)), rest: Number(big % BigInt(c)) };
}

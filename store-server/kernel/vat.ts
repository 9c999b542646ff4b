import { addUp, allocate, type Minor, minor, percentOf, portion, zero } from './money.ts';

/**
 * VAT is computed once per rate, over all of a check that carries the rate, and rounded half up once. Lines, shares
 * and refunds get parts of that figure; nothing recomputes it on a part, or the parts would not add up to the whole.
 */
export interface VatCalculator {
  /** Whether an amount on the menu already holds its VAT, as consumer prices in the United Kingdom must. */
  readonly inclusive: boolean;
  /** The VAT that belongs to `amount` (minor units, as on the menu) at `bps` basis points. */
  vatOf(amount: Minor, bps: number): Minor;
  /** `amount` without its VAT. */
  netOf(amount: Minor, vat: Minor): Minor;
}

/** Menu prices hold their VAT: gross × r / (1 + r). */
export const inclusiveVat: VatCalculator = {
  inclusive: true,
  vatOf: (amount, bps) => portion(amount, bps, 10_000 + bps),
  netOf: (amount, vat) => minor(amount - vat),
};

/** VAT comes on top of menu prices: net × r. */
export const exclusiveVat: VatCalculator = {
  inclusive: false,
  vatOf: percentOf,
  netOf: (amount) => amount,
};

export interface RatedAmount {
  /** Minor units, as on the menu. */
  readonly amount: Minor;
  readonly bps: number;
}

export interface RateTotal {
  readonly bps: number;
  readonly net: Minor;
  readonly vat: Minor;
  readonly gross: Minor;
}

export interface RatedVat {
  /** One row per rate that occurs, the highest first. */
  readonly rates: RateTotal[];
  /** The VAT of each entry, in the order of the entries: its part of its rate's figure by largest remainder. */
  readonly vats: Minor[];
}

/** VAT per rate over all entries, and each entry's part of it. Amounts are from zero. */
export function vatByRate(calculator: VatCalculator, entries: readonly RatedAmount[]): RatedVat {
  const rates = ratesOf(entries).map((bps) => {
    const amount = addUp(entries.filter((entry) => entry.bps === bps).map((entry) => entry.amount));
    const vat = calculator.vatOf(amount, bps);
    const net = calculator.netOf(amount, vat);
    return { bps, net, vat, gross: minor(net + vat) };
  });
  return { rates, vats: vatOfEach(rates, entries) };
}

/** Each entry's part of its rate's VAT, by largest remainder, ties to the earlier entry. */
export function vatOfEach(
  rates: readonly { readonly bps: number; readonly vat: Minor }[],
  entries: readonly RatedAmount[],
): Minor[] {
  const vats = entries.map(() => zero);
  for (const { bps, vat } of rates) {
    const places = entries.flatMap((entry, index) => (entry.bps === bps ? [index] : []));
    const amounts = places.map((index) => entries[index]!.amount);
    for (const [nth, part] of allocate(vat, amounts).entries()) vats[places[nth]!] = part;
  }
  return vats;
}

/** The distinct rates that occur, the highest first, in basis points. */
export function ratesOf(entries: readonly { readonly bps: number }[]): number[] {
  return [...new Set(entries.map((entry) => entry.bps))].sort((a, b) => b - a);
}

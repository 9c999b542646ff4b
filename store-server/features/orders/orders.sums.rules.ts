import { type Breakdown, type Figures, figuresOf } from '../../kernel/breakdown.ts';
import { addUp, allocate, type Minor, minor, percentOf, zero } from '../../kernel/money.ts';
import {
  exclusiveVat,
  inclusiveVat,
  type RatedAmount,
  ratesOf,
  type VatCalculator,
  vatByRate,
  vatOfEach,
} from '../../kernel/vat.ts';

export interface CheckLine {
  readonly id: string;
  /** Menu price with its modifiers × quantity, in minor units, from zero. */
  readonly gross: Minor;
  readonly vatBps: number;
}

export interface ServiceTerms {
  /** Basis points of the items after discount. */
  readonly bps: number;
  /** What a client's own body asked for; it counts as far as `bps` would allow. Absent: what `bps` gives. */
  readonly amount?: Minor | undefined;
  /** A mandatory charge is part of the price of the meal and carries VAT; an optional one is outside VAT. */
  readonly mandatory: boolean;
  readonly removed: boolean;
}

export interface CheckTerms {
  /** The lines that are to be paid, without voided ones, in the order of the check. */
  readonly lines: readonly CheckLine[];
  /** A discount on the whole check: basis points, or an amount that counts up to the worth of the items. Not both. */
  readonly discountBps?: number | undefined;
  readonly discountMinor?: Minor | undefined;
  readonly service: ServiceTerms;
  /** Whether menu prices hold their VAT. */
  readonly vatInclusive: boolean;
}

/** A line's parts of the check's figures. What the guest pays for it is `netOfVat` + `vat`. */
export interface LineSums {
  readonly id: string;
  readonly vatBps: number;
  readonly gross: Minor;
  readonly discount: Minor;
  readonly vat: Minor;
  readonly netOfVat: Minor;
}

export interface CheckSums extends Figures {
  readonly vatInclusive: boolean;
  readonly lines: readonly LineSums[];
}

/**
 * All sums of a check. Percentages are rounded half up once, on the check; its discount goes to the lines by largest
 * remainder (ties to the earlier line); VAT is computed per rate over what is left, service at that rate included
 * where it is mandatory, and goes to the lines in the same way.
 * @throws RangeError for a negative line or discount, a discount above 100 %, or two discounts at once.
 */
export function sumCheck(check: CheckTerms): CheckSums {
  const { lines, vatInclusive } = check;
  if (lines.some((line) => line.gross < 0)) throw new RangeError('a line cannot be worth less than nothing');
  const calculator = vatInclusive ? inclusiveVat : exclusiveVat;

  const grosses = lines.map((line) => line.gross);
  const discount = discountOn(addUp(grosses), check);
  const discounts = allocate(discount, grosses);
  const lefts = lines.map(({ gross, vatBps }, index) => ({ amount: minor(gross - discounts[index]!), bps: vatBps }));

  const breakdown = breakdownOf(lefts, check.service, calculator);
  const vats = vatOfEach(
    breakdown.rates.map(({ bps, goodsVat }) => ({ bps, vat: goodsVat })),
    lefts,
  );
  return {
    ...figuresOf(breakdown, discount, vatInclusive),
    vatInclusive,
    lines: lines.map(({ id, vatBps, gross }, index) => {
      const vat = vats[index]!;
      const netOfVat = calculator.netOf(lefts[index]!.amount, vat);
      return { id, vatBps, gross, discount: discounts[index]!, vat, netOfVat };
    }),
  };
}

/** What is left of the items, and the service charge on it, per rate and with one rounding of VAT for each. */
function breakdownOf(lefts: readonly RatedAmount[], terms: ServiceTerms, calculator: VatCalculator): Breakdown {
  const service = serviceOn(addUp(lefts.map((left) => left.amount)), terms);
  const goods = ratesOf(lefts).map((bps) => ({
    bps,
    amount: addUp(lefts.filter((left) => left.bps === bps).map((left) => left.amount)),
  }));
  const onGoods = goods.map((rate) => rate.amount);
  const taxed = terms.mandatory ? allocate(service, onGoods) : goods.map(() => zero);
  const { vats } = vatByRate(calculator, [...goods, ...goods.map(({ bps }, rate) => ({ bps, amount: taxed[rate]! }))]);
  return {
    rates: goods.map(({ bps, amount }, rate) => {
      const goodsVat = vats[rate]!;
      const serviceVat = vats[goods.length + rate]!;
      const goodsNet = calculator.netOf(amount, goodsVat);
      return { bps, goodsNet, goodsVat, serviceNet: calculator.netOf(taxed[rate]!, serviceVat), serviceVat };
    }),
    untaxedService: terms.mandatory ? zero : service,
  };
}

function discountOn(itemsTotal: Minor, { discountBps, discountMinor }: CheckTerms): Minor {
  if (discountBps !== undefined && discountMinor !== undefined) throw new RangeError('a check has one discount');
  if (discountMinor !== undefined) {
    if (discountMinor < 0) throw new RangeError('a discount cannot be negative');
    // Lines may be voided after a discount was given: the guest is never owed money by it.
    return minor(Math.min(discountMinor, itemsTotal));
  }
  if (discountBps !== undefined && discountBps > 10_000) throw new RangeError('a discount is at most 100 %');
  return percentOf(itemsTotal, discountBps ?? 0);
}

function serviceOn(left: Minor, terms: ServiceTerms): Minor {
  if (terms.removed) return zero;
  const due = percentOf(left, terms.bps);
  return terms.amount === undefined ? due : minor(Math.max(0, Math.min(terms.amount, due)));
}

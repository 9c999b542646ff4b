import { addUp, type Minor, minor } from './money.ts';
import type { RateTotal } from './vat.ts';

/** What one VAT rate holds of a check, a share or a refund. Minor units, never negative. */
export interface RateBreakdown {
  readonly bps: number;
  readonly goodsNet: Minor;
  readonly goodsVat: Minor;
  /** A mandatory service charge is part of the meal, so it carries VAT at the rates of the items. */
  readonly serviceNet: Minor;
  readonly serviceVat: Minor;
}

/**
 * Money that somebody pays or gets back, taken apart as far as the ledger and the VAT return need it. A check, its
 * shares and its refunds all have this form, so that they can be added and compared figure by figure.
 */
export interface Breakdown {
  /** One row per rate, the highest first. Parts of one check have the same rows. */
  readonly rates: readonly RateBreakdown[];
  /** An optional service charge is outside VAT. */
  readonly untaxedService: Minor;
}

/** The figures that the ledger posts: they add up to `total`. */
export interface Headlines {
  readonly netItems: Minor;
  readonly vat: Minor;
  /** The service charge without its VAT. */
  readonly service: Minor;
  readonly total: Minor;
}

/** The figures of a check or a share as clients show them: total = subtotal + tax + service − discount. */
export interface Figures {
  /** Menu prices, before discount. */
  readonly itemsTotal: Minor;
  readonly discount: Minor;
  /** `itemsTotal` without the VAT in what is left of the check; with VAT on top of prices, `itemsTotal` itself. */
  readonly subtotal: Minor;
  /** All VAT, that of a mandatory service charge too. */
  readonly tax: Minor;
  /** The service charge as shown: it holds its VAT where menu prices do. */
  readonly service: Minor;
  readonly serviceVat: Minor;
  readonly total: Minor;
  /** Goods and mandatory service per rate, the highest rate first. */
  readonly vatByRate: readonly RateTotal[];
  readonly breakdown: Breakdown;
}

export function headlinesOf(parts: Breakdown): Headlines {
  const netItems = addUp(parts.rates.map((rate) => rate.goodsNet));
  const vat = addUp(parts.rates.flatMap((rate) => [rate.goodsVat, rate.serviceVat]));
  const service = addUp([parts.untaxedService, ...parts.rates.map((rate) => rate.serviceNet)]);
  return { netItems, vat, service, total: addUp([netItems, vat, service]) };
}

/** Everything in it, VAT and service included. */
export function totalOf(parts: Breakdown): Minor {
  return headlinesOf(parts).total;
}

/** The goods of one rate with their VAT. */
export function goodsOf(rate: RateBreakdown): Minor {
  return minor(rate.goodsNet + rate.goodsVat);
}

/** The service charge with its VAT. */
export function serviceOf(parts: Breakdown): Minor {
  return addUp([parts.untaxedService, ...parts.rates.flatMap((rate) => [rate.serviceNet, rate.serviceVat])]);
}

/** What clients show of a breakdown, given the discount in it and whether menu prices hold their VAT. */
export function figuresOf(breakdown: Breakdown, discount: Minor, vatInclusive: boolean): Figures {
  const { vat: tax, total } = headlinesOf(breakdown);
  const serviceVat = addUp(breakdown.rates.map((rate) => rate.serviceVat));
  const service = minor(serviceOf(breakdown) - (vatInclusive ? 0 : serviceVat));
  const subtotal = minor(total - tax - service + discount);
  return {
    itemsTotal: vatInclusive ? minor(subtotal + tax) : subtotal,
    discount,
    subtotal,
    tax,
    service,
    serviceVat,
    total,
    vatByRate: breakdown.rates.map(({ bps, goodsNet, goodsVat, serviceNet, serviceVat: onService }) => {
      const net = minor(goodsNet + serviceNet);
      const vat = minor(goodsVat + onService);
      return { bps, net, vat, gross: minor(net + vat) };
    }),
    breakdown,
  };
}

/**
 * `parts` less what has been taken from it, figure by figure.
 * @throws RangeError if more was taken from a figure than it held: the ledger and the check would disagree.
 */
export function without(parts: Breakdown, taken: readonly Breakdown[]): Breakdown {
  const gone = taken.flatMap((part) => part.rates);
  return {
    rates: parts.rates.map((rate) => {
      const rows = gone.filter((row) => row.bps === rate.bps);
      const rest = (figure: 'goodsNet' | 'goodsVat' | 'serviceNet' | 'serviceVat') =>
        less(
          rate[figure],
          rows.map((row) => row[figure]),
        );
      return {
        bps: rate.bps,
        goodsNet: rest('goodsNet'),
        goodsVat: rest('goodsVat'),
        serviceNet: rest('serviceNet'),
        serviceVat: rest('serviceVat'),
      };
    }),
    untaxedService: less(
      parts.untaxedService,
      taken.map((part) => part.untaxedService),
    ),
  };
}

function less(figure: Minor, taken: readonly Minor[]): Minor {
  const rest = minor(figure - addUp(taken));
  if (rest < 0) throw new RangeError('more was taken from a check than it holds');
  return rest;
}

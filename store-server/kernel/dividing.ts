import { type Breakdown, goodsOf, serviceOf } from './breakdown.ts';
import { addUp, allocate, type Minor, minor } from './money.ts';

/** Amounts by piece (rows: the shares, or what a refund takes and what it leaves) and by VAT rate (columns). */
export type Table = readonly (readonly Minor[])[];

/**
 * `parts` divided so that the pieces have the given totals, which add up to its own. For each piece its total comes
 * first, then the service charge, then the rates within the goods, then the VAT within each rate. Every figure adds
 * up to that of `parts` exactly and none is negative.
 */
export function divideByTotals(parts: Breakdown, totals: readonly Minor[]): Breakdown[] {
  const services = allocate(serviceOf(parts), totals);
  const goods = totals.map((total, piece) => minor(total - services[piece]!));
  const gross = spread(goods, parts.rates.map(goodsOf));
  const vats = vatWithin(parts, gross);
  const nets = gross.map((row, piece) => row.map((amount, rate) => minor(amount - vats[piece]![rate]!)));
  return assemble(parts, nets, vats, services);
}

/**
 * `parts` divided by who had what. `goods` are amounts as on the menu, after discount, in the order of the rates;
 * they hold their VAT if `goodsHoldVat`. The service charge follows the worth of each piece's goods. As with totals,
 * every figure adds up exactly.
 */
export function divideByGoods(parts: Breakdown, goods: Table, goodsHoldVat: boolean): Breakdown[] {
  const vats = vatWithin(parts, goods);
  const nets = goodsHoldVat
    ? goods.map((row, piece) => row.map((amount, rate) => minor(amount - vats[piece]![rate]!)))
    : goods;
  const worth = nets.map((row, piece) => addUp([...row, ...vats[piece]!]));
  return assemble(parts, nets, vats, allocate(serviceOf(parts), worth));
}

/**
 * A table with the given sums of rows and of columns (both add up to the same), in proportion as far as whole pennies
 * allow. No cell is negative.
 */
export function spread(rows: readonly Minor[], columns: readonly Minor[]): Minor[][] {
  let open = [...rows];
  const cells = columns.map((column) => {
    const parts = allocate(column, open);
    open = open.map((row, index) => minor(row - parts[index]!));
    return parts;
  });
  return turned(cells, rows.length);
}

function vatWithin(parts: Breakdown, goods: Table): Minor[][] {
  return turned(
    parts.rates.map((rate, column) =>
      allocate(
        rate.goodsVat,
        goods.map((row) => row[column]!),
      ),
    ),
    goods.length,
  );
}

function assemble(parts: Breakdown, nets: Table, vats: Table, services: readonly Minor[]): Breakdown[] {
  const taxed = parts.rates.map((rate) => minor(rate.serviceNet + rate.serviceVat));
  const service = spread(services, [parts.untaxedService, ...taxed]);
  const serviceVats = parts.rates.map((rate, column) =>
    allocate(
      rate.serviceVat,
      service.map((row) => row[column + 1]!),
    ),
  );
  return services.map((_, piece) => ({
    untaxedService: service[piece]![0]!,
    rates: parts.rates.map(({ bps }, column) => {
      const serviceVat = serviceVats[column]![piece]!;
      return {
        bps,
        goodsNet: nets[piece]![column]!,
        goodsVat: vats[piece]![column]!,
        serviceNet: minor(service[piece]![column + 1]! - serviceVat),
        serviceVat,
      };
    }),
  }));
}

function turned(columns: Table, rows: number): Minor[][] {
  return Array.from({ length: rows }, (_, row) => columns.map((column) => column[row]!));
}

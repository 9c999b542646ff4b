import { eq, sql } from 'drizzle-orm';
import { stockBack, stockCounted, stockLow, stockSoldOut } from '#contract/menu.facts.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { Problem } from '../../kernel/verdict.ts';
import { productOffTodayTable, productTable } from './menu.schema.ts';
import { stockMove } from './menu.stock.rules.ts';
import type { Stock } from './menu.types.ts';

const facts = { stock_back: stockBack, stock_counted: stockCounted, stock_low: stockLow, stock_sold_out: stockSoldOut };

const stockById = prepared((orm) =>
  orm
    .select({ name: productTable.name, soldOut: productTable.soldOut, remaining: productTable.remaining })
    .from(productTable)
    .where(eq(productTable.id, sql.placeholder('id')))
    .prepare(),
);

const offDayById = prepared((orm) =>
  orm
    .select({ businessDay: productOffTodayTable.businessDay })
    .from(productOffTodayTable)
    .where(eq(productOffTodayTable.id, sql.placeholder('id')))
    .prepare(),
);

type StockRow = Stock & { readonly name: string };

/** Filled as products are asked for. */
const stockRows = remembered([productTable, productOffTodayTable], () => new Map<string, StockRow>());

function stockRow(connection: Connection, productId: string): StockRow {
  const rows = stockRows(connection);
  const known = rows.get(productId);
  if (known !== undefined) return known;
  const found = stockById(connection).get({ id: productId });
  if (found === undefined) throw new Problem('NOT_FOUND', { field: 'product_id' });
  const row = { ...found, offDay: offDayById(connection).get({ id: productId })?.businessDay ?? null };
  rows.set(productId, row);
  return row;
}

/** How much of a product can be had at this moment. @throws Problem NOT_FOUND */
export const stockOf = (connection: Connection, productId: string): Stock => stockRow(connection, productId);

/** Writes what is left of a product and tells everybody what that means to them. */
export function setStock(context: Pick<CommandContext, 'tx'>, productId: string, after: Stock): void {
  const before = stockRow(context.tx.connection, productId);
  const { soldOut, remaining, offDay = null } = after;
  const isSame = before.soldOut === soldOut && before.remaining === remaining;
  if (isSame && before.offDay === offDay) return;
  const writer = context.tx.on('product', productId);
  if (!isSame) writer.update(productTable, productId, { soldOut, remaining });
  if (before.offDay !== offDay) {
    if (before.offDay != null) writer.remove(productOffTodayTable, productId);
    if (offDay !== null) writer.insert(productOffTodayTable, { id: productId, businessDay: offDay });
  }
  writer.tell(facts[stockMove(before, after)], {
    product_id: productId,
    product_name: before.name,
    remaining: soldOut ? 0 : remaining,
  });
}

/**
 * Takes portions off the count; at none left the product is sold out for everybody at once. Products that are not
 * counted are left alone. Commands run one after another, so two tills can never sell the same last portion.
 * @throws Problem LINE_SOLD_OUT {product, remaining}
 */
export function takePortions(context: Pick<CommandContext, 'tx'>, productId: string, quantity: number): void {
  const { name, soldOut, remaining } = stockRow(context.tx.connection, productId);
  if (soldOut || (remaining !== null && remaining < quantity)) {
    throw new Problem('LINE_SOLD_OUT', {
      field: 'quantity',
      product_id: productId,
      product: name,
      remaining: soldOut ? 0 : remaining,
    });
  }
  if (remaining === null) return;
  setStock(context, productId, { soldOut: remaining === quantity, remaining: remaining - quantity });
}

/**
 * Gives portions back that were taken and not cooked. A product that had counted down to nothing is back on the menu;
 * one that somebody took off by hand stays off.
 */
export function giveBackPortions(context: Pick<CommandContext, 'tx'>, productId: string, quantity: number): void {
  const { remaining } = stockRow(context.tx.connection, productId);
  if (remaining === null || quantity === 0) return;
  setStock(context, productId, { soldOut: false, remaining: remaining + quantity });
}

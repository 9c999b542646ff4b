import { eq, sql } from 'drizzle-orm';
import { stockBack, stockCounted, stockLow, stockSoldOut } from '#contract/menu.facts.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { Problem } from '../../kernel/verdict.ts';
import { productTable } from './menu.schema.ts';
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

type StockRow = Stock & { readonly name: string };

/** Filled as products are asked for. */
const stockRows = remembered([productTable], () => new Map<string, StockRow>());

function stockRow(connection: Connection, productId: string): StockRow {
  const rows = stockRows(connection);
  const row = rows.get(productId) ?? stockById(connection).get({ id: productId });
  if (row === undefined) throw new Problem('NOT_FOUND', { field: 'product_id' });
  rows.set(productId, row);
  return row;
}

/** How much of a product can be had at this moment. @throws Problem NOT_FOUND */
export const stockOf = (connection: Connection, productId: string): Stock => stockRow(connection, productId);

/** Writes what is left of a product and tells everybody what that means to them. */
export function setStock(context: Pick<CommandContext, 'tx'>, productId: string, after: Stock): void {
  const before = stockRow(context.tx.connection, productId);
  if (before.soldOut === after.soldOut && before.remaining === after.remaining) return;
  context.tx
    .on('product', productId)
    .update(productTable, productId, { soldOut: after.soldOut, remaining: after.remaining })
    .tell(facts[stockMove(before, after)], {
      product_id: productId,
      product_name: before.name,
      remaining: after.soldOut ? 0 : after.remaining,
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

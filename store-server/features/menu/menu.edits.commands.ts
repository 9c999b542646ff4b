import type { z } from 'zod';
import { ChangeProductsInput, type ProductSeen } from '#contract/menu.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import { type Catalogue, catalogueOf } from './menu.catalogue.ts';
import { listedProductDto } from './menu.dto.ts';
import { rewriteProduct } from './menu.product-writing.ts';
import { productView } from './menu.reads.ts';
import type { MenuProduct } from './menu.types.ts';

type Edit = z.output<typeof ChangeProductsInput>['changes'][number];
type Seen = z.output<typeof ProductSeen>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What somebody else has changed since the author looked, with what it is now. */
function overtaken({ tx }: CommandContext, product: MenuProduct, { seen = {}, wanted }: Edit) {
  const now = listedProductDto(productView(tx.connection, product.id));
  return (Object.keys(seen) as (keyof Seen)[])
    .filter((field) => !same(seen[field], now[field]) && !same(wanted[field], now[field]))
    .map((field) => ({ product_id: product.id, field, seen: seen[field], now: now[field] }));
}

/** The product that an edit is about, on the menu or not. @throws Problem NOT_FOUND naming the edit */
function productOf(catalogue: Catalogue, { product_id }: Edit, at: number): MenuProduct {
  const product = catalogue.product(product_id);
  if (product === undefined) throw new Problem('NOT_FOUND', { field: `changes.${at}.product_id` });
  return product;
}

/**
 * Changes several products at once, or none: what a manager has edited in the grid. A field that somebody else has
 * changed since is not overwritten: VERSION_CONFLICT lists each under `conflicts`, with what was seen and what is there.
 */
export const changeProducts = defineCommand({
  name: 'menu.change_products',
  permission: 'menu.change',
  input: ChangeProductsInput,
  handle(context, { changes }) {
    const { connection } = context.tx;
    const catalogue = catalogueOf(connection);
    const edits = changes.map((edit, at) => [productOf(catalogue, edit, at), edit] as const);
    const conflicts = edits.flatMap(([product, edit]) => overtaken(context, product, edit));
    if (conflicts.length > 0) throw new Problem('VERSION_CONFLICT', { conflicts });
    for (const [at, [product, edit]] of edits.entries()) {
      try {
        rewriteProduct(context, catalogue, product, edit.set);
      } catch (error) {
        if (!(error instanceof Problem) || error.field === null) throw error;
        throw new Problem(error.code, { ...error.details, field: `changes.${at}.set.${error.field}` });
      }
    }
    return edits.map(([product]) => productView(connection, product.id));
  },
});

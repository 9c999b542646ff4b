import type { z } from 'zod';
import type { ListedProductDto } from '#contract/menu.ts';
import type { Connection } from '../../db/connection.ts';
import { catalogueOf, menuVersion } from './menu.catalogue.ts';
import { categoryDto, listedProductDto, needsChoice } from './menu.dto.ts';
import { categoryView, stockOfAll } from './menu.reads.ts';
import type { MenuProduct } from './menu.types.ts';

type Product = z.output<typeof ListedProductDto>;

/** A text that changes with anything a device can see of the menu, portions left included. */
export const shownVersion = (connection: Connection): string =>
  `${menuVersion(connection, 'catalogue')}-${menuVersion(connection, 'stock')}`;

/** Products as devices read them, in menu order. */
export function listProducts(connection: Connection, keep: (product: MenuProduct) => boolean): Product[] {
  const catalogue = catalogueOf(connection);
  const stock = stockOfAll(connection);
  return catalogue.products.flatMap((product) => {
    const category = catalogue.category(product.categoryId);
    if (category === undefined || !keep(product)) return [];
    return [listedProductDto({ product, category, ...stock(product.id) })];
  });
}

const kept = new WeakMap<Connection, { readonly version: string; readonly products: readonly Product[] }>();

/**
 * Everything on the menu, what can be ordered with one tap first: clients that know no choices then show their guests
 * what they can really order. Made once per version, since every device asks for it and it changes a few times a day.
 */
export function productsForDevices(connection: Connection): readonly Product[] {
  const version = shownVersion(connection);
  const before = kept.get(connection);
  if (before?.version === version) return before.products;
  const products = [
    ...listProducts(connection, (product) => product.onMenu && !needsChoice(product.groups)),
    ...listProducts(connection, (product) => product.onMenu && needsChoice(product.groups)),
  ];
  kept.set(connection, { version, products });
  return products;
}

export const listCategories = (connection: Connection, includeInactive: boolean) =>
  catalogueOf(connection)
    .categories.filter(({ active }) => active || includeInactive)
    .map(({ id }) => categoryDto(categoryView(connection, id)));

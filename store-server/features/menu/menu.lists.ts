import type { z } from 'zod';
import type { ProductDto } from '#contract/menu.ts';
import type { Connection } from '../../db/connection.ts';
import { catalogueOf, menuVersion } from './menu.catalogue.ts';
import { categoryDto, needsChoice, productDto } from './menu.dto.ts';
import { categoryView, stockOfAll } from './menu.reads.ts';
import type { MenuProduct } from './menu.types.ts';

type Product = z.output<typeof ProductDto>;

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
    return [productDto({ product, category, ...stock(product.id) })];
  });
}

/**
 * Everything on the menu, what can be ordered with one tap first: clients that know no choices then show their guests
 * what they can really order.
 */
export function productsForDevices(connection: Connection): Product[] {
  const oneTap = listProducts(connection, (product) => product.onMenu && !needsChoice(product.groups));
  const choices = listProducts(connection, (product) => product.onMenu && needsChoice(product.groups));
  return [...oneTap, ...choices];
}

export const listCategories = (connection: Connection, includeInactive: boolean) =>
  catalogueOf(connection)
    .categories.filter(({ active }) => active || includeInactive)
    .map(({ id }) => categoryDto(categoryView(connection, id)));

import { desc, eq, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { Problem } from '../../kernel/verdict.ts';
import { catalogueOf } from './menu.catalogue.ts';
import {
  menuCategoryTable,
  modifierGroupTable,
  modifierOptionTable,
  productOffTodayTable,
  productTable,
} from './menu.schema.ts';
import { stockOf } from './menu.stock.ts';
import type { MenuCategory, MenuGroup, MenuOption, MenuProduct, Stock } from './menu.types.ts';

/** A product by uuid or alias, removed ones included: old checks still point at them. */
export const productByRef = (connection: Connection, ref: Ref): MenuProduct | undefined =>
  catalogueOf(connection).product(ref);

export const categoryById = (connection: Connection, id: string): MenuCategory | undefined =>
  catalogueOf(connection).category(id);

/** What a product's answer shows: with its category, its stock and its choices. */
export interface ProductView extends Stock {
  readonly product: MenuProduct;
  readonly category: MenuCategory;
}

export interface CategoryView {
  readonly category: MenuCategory;
  readonly parentAlias: number | null;
  readonly productCount: number;
}

/** The thing that was asked for. @throws Problem NOT_FOUND naming `field` */
export const there = <Thing>(thing: Thing | undefined, field: string): Thing => {
  if (thing === undefined) throw new Problem('NOT_FOUND', { field });
  return thing;
};

/** @throws Problem NOT_FOUND naming `field` */
export const insistCategory = (connection: Connection, ref: Ref, field = 'category_id'): MenuCategory =>
  there(catalogueOf(connection).category(ref), field);

/** @throws Problem NOT_FOUND naming `field` */
export const insistProduct = (connection: Connection, ref: Ref, field = 'product_id'): MenuProduct =>
  there(catalogueOf(connection).product(ref), field);

/** @throws Problem NOT_FOUND naming `field` */
export const insistGroup = (connection: Connection, ref: Ref, field = 'group_id'): MenuGroup =>
  there(catalogueOf(connection).group(ref), field);

/** @throws Problem NOT_FOUND naming `field` */
export const insistOption = (connection: Connection, ref: Ref, field = 'option_id'): MenuOption =>
  there(catalogueOf(connection).option(ref), field);

export function productView(connection: Connection, ref: Ref): ProductView {
  const product = insistProduct(connection, ref);
  const { soldOut, remaining, offDay = null } = stockOf(connection, product.id);
  return { product, category: insistCategory(connection, product.categoryId), soldOut, remaining, offDay };
}

export function categoryView(connection: Connection, ref: Ref): CategoryView {
  const category = insistCategory(connection, ref);
  const { products } = catalogueOf(connection);
  const parent = category.parentId === null ? undefined : categoryById(connection, category.parentId);
  const productCount = products.filter((one) => one.active && one.categoryId === category.id).length;
  return { category, parentAlias: parent?.alias ?? null, productCount };
}

const stationRow = prepared((orm) => {
  // The kitchen is a later feature; all the menu asks of it is what a foreign key would ask.
  const station = orm.select({ id: sql<string>`id` }).from(sql`station`);
  return station.where(sql`id = ${sql.placeholder('id')} OR alias = ${sql.placeholder('alias')}`).prepare();
});

/** The uuid of a kitchen station. @throws Problem NOT_FOUND naming `field` */
export function insistStationId(connection: Connection, ref: Ref, field: string): string {
  const [id, alias] = typeof ref === 'number' ? ['', ref] : [ref, 0];
  return there(stationRow(connection).get({ id, alias }), field).id;
}

const tables = {
  category: menuCategoryTable,
  product: productTable,
  group: modifierGroupTable,
  option: modifierOptionTable,
};
const lastAlias = prepared((orm) => {
  const last = (table: (typeof tables)[keyof typeof tables]) =>
    orm.select({ alias: table.alias }).from(table).orderBy(desc(table.alias)).limit(1).prepare();
  return {
    category: last(menuCategoryTable),
    product: last(productTable),
    group: last(modifierGroupTable),
    option: last(modifierOptionTable),
  };
});

/** The next free integer for clients that know only integers. Commands run one after another, so it stays free. */
export const nextAlias = (connection: Connection, of: keyof typeof tables): number =>
  (lastAlias(connection)[of].get()?.alias ?? 0) + 1;

const countedOrGone = prepared((orm) =>
  orm
    .select({ id: productTable.id, soldOut: productTable.soldOut, remaining: productTable.remaining })
    .from(productTable)
    .where(sql`${eq(productTable.soldOut, true)} OR ${productTable.remaining} IS NOT NULL`)
    .prepare(),
);
const offToday = prepared((orm) => orm.select().from(productOffTodayTable).prepare());
const plenty: Stock = { soldOut: false, remaining: null };

/** Products that were off for a business day before this one (YYYY-MM-DD). */
export const overdueProducts = (connection: Connection, today: string): string[] =>
  offToday(connection)
    .all()
    .flatMap(({ id, businessDay }) => (businessDay < today ? [id] : []));

/** The stock of every product at once, for lists. */
export function stockOfAll(connection: Connection): (productId: string) => Stock {
  const known = new Map(
    countedOrGone(connection)
      .all()
      .map((row): [string, Stock] => [row.id, row]),
  );
  for (const { id, businessDay } of offToday(connection).all()) {
    known.set(id, { ...(known.get(id) ?? plenty), offDay: businessDay });
  }
  return (productId) => known.get(productId) ?? plenty;
}

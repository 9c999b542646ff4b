import { asc, eq, sql } from 'drizzle-orm';
import type { Allergen } from '#contract/allergens.ts';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { readGroups, stationOfCategory } from './menu.assembly.ts';
import {
  menuCategoryTable,
  menuVersionTable,
  modifierGroupTable,
  modifierOptionTable,
  productModifierGroupTable,
  productOffTodayTable,
  productTable,
} from './menu.schema.ts';
import type { MenuCategory, MenuGroup, MenuOption, MenuProduct } from './menu.types.ts';

/** The whole menu in memory, in menu order, as one version of it. */
export interface Catalogue {
  readonly version: string;
  readonly categories: readonly MenuCategory[];
  readonly products: readonly MenuProduct[];
  /** With the options that are on the menu. A group that was taken off is here, and offered by no product. */
  readonly groups: readonly MenuGroup[];
  category(ref: Ref): MenuCategory | undefined;
  product(ref: Ref): MenuProduct | undefined;
  group(ref: Ref): MenuGroup | undefined;
  option(ref: Ref): MenuOption | undefined;
}

const versionOf = prepared((orm) =>
  orm
    .select({ version: menuVersionTable.version })
    .from(menuVersionTable)
    .where(eq(menuVersionTable.id, sql.placeholder('id')))
    .prepare(),
);
const everything = prepared((orm) => ({
  categories: orm
    .select()
    .from(menuCategoryTable)
    .orderBy(asc(menuCategoryTable.sortOrder), asc(menuCategoryTable.alias))
    .prepare(),
  products: orm.select().from(productTable).orderBy(asc(productTable.sortOrder), asc(productTable.alias)).prepare(),
  groups: orm.select().from(modifierGroupTable).orderBy(asc(modifierGroupTable.alias)).prepare(),
  options: orm
    .select()
    .from(modifierOptionTable)
    .orderBy(asc(modifierOptionTable.sortOrder), asc(modifierOptionTable.alias))
    .prepare(),
  links: orm.select().from(productModifierGroupTable).orderBy(asc(productModifierGroupTable.sortOrder)).prepare(),
}));

const menuTables = [
  menuCategoryTable,
  productTable,
  modifierGroupTable,
  modifierOptionTable,
  productModifierGroupTable,
  menuVersionTable,
  productOffTodayTable,
];
const readVersion = (id: 'catalogue' | 'stock') =>
  remembered(menuTables, (connection) => versionOf(connection).get({ id })?.version ?? '');
const versions = { catalogue: readVersion('catalogue'), stock: readVersion('stock') };

/** The version of the menu (`catalogue`) or of the portions left (`stock`): a new text after every change. */
export const menuVersion = (connection: Connection, of: 'catalogue' | 'stock'): string => versions[of](connection);

const kept = new WeakMap<Connection, Catalogue>();

/**
 * The menu as it is for this connection at this moment, changes of the running transaction included. It is read once
 * per version and then kept, so that pricing a line reads nothing.
 */
export function catalogueOf(connection: Connection): Catalogue {
  const version = menuVersion(connection, 'catalogue');
  const before = kept.get(connection);
  if (before?.version === version) return before;
  const catalogue = load(connection, version);
  kept.set(connection, catalogue);
  return catalogue;
}

function load(connection: Connection, version: string): Catalogue {
  const rows = everything(connection);
  const categories: MenuCategory[] = rows.categories.all();
  const categoryById = new Map(categories.map((category) => [category.id, category]));
  const groupById = readGroups(rows.groups.all(), rows.options.all());

  const groupsOf = new Map<string, MenuGroup[]>();
  for (const { productId, groupId } of rows.links.all()) {
    const group = groupById.get(groupId);
    if (group?.active !== true) continue;
    const list = groupsOf.get(productId);
    if (list === undefined) groupsOf.set(productId, [group]);
    else list.push(group);
  }

  const place = new Map(categories.map(({ id }, index) => [id, index]));
  const products = rows.products
    .all()
    .map((row): MenuProduct => {
      const { course, stationId, soldOut: _, remaining: __, ...own } = row;
      const category = categoryById.get(row.categoryId);
      const main = stationId ?? stationOfCategory(category, categoryById);
      return {
        ...own,
        allergens: row.allergens as Allergen[],
        ownCourse: course,
        ownStationId: stationId,
        course: course ?? category?.course ?? 0,
        stationIds: [...new Set([...(main === null ? [] : [main]), ...row.alsoStationIds])],
        onMenu: row.active && category?.active === true,
        groups: groupsOf.get(row.id) ?? [],
      };
    })
    .sort((a, b) => (place.get(a.categoryId) ?? 0) - (place.get(b.categoryId) ?? 0));

  const groups = [...groupById.values()];
  return {
    version,
    categories,
    products,
    groups,
    category: finder(categories),
    product: finder(products),
    group: finder(groups),
    option: finder(groups.flatMap((group) => group.options)),
  };
}

function finder<Thing extends { readonly id: string; readonly alias: number }>(
  things: readonly Thing[],
): (ref: Ref) => Thing | undefined {
  const byRef = new Map<Ref, Thing>();
  for (const thing of things) byRef.set(thing.id, thing).set(thing.alias, thing);
  return (ref) => byRef.get(ref);
}

/** Who cooks what stands in a category and names nobody itself. */
export const categoryStation = ({ categories }: Catalogue, category: MenuCategory): string | null =>
  stationOfCategory(category, new Map(categories.map((one) => [one.id, one])));

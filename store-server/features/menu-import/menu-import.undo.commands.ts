import { productChanged } from '#contract/menu.facts.ts';
import { menuImported, menuImportUndone, UndoImportInput } from '#contract/menu-import.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { toldAfter } from '../../journal/tail.ts';
import { Problem } from '../../kernel/verdict.ts';
import { showStation } from '../kitchen/index.ts';
import { catalogueOf, type MenuProduct, rewriteProduct, showCategory } from '../menu/index.ts';
import { dishesOnMenu, insistImport, type MenuImport } from './menu-import.reads.ts';
import { countOf } from './menu-import.rules.ts';
import { menuImportTable } from './menu-import.schema.ts';

/** Takes new dishes off and gives changed ones their old values, but for those that somebody has changed since. */
function takeBackDishes(context: CommandContext, { id, did }: MenuImport) {
  const { connection } = context.tx;
  const catalogue = catalogueOf(connection);
  const touched = [...did.added, ...did.changed.map((one) => one.id)];
  const since = toldAfter(connection, { about: id, kind: menuImported.kind }, touched, productChanged.kind);
  const left: MenuProduct[] = [];
  const back = (productId: string, before: Parameters<typeof rewriteProduct>[3]): boolean => {
    const product = catalogue.product(productId);
    // Rows of the menu are never deleted; one that is off already needs nothing.
    if (product === undefined || !product.active) return false;
    if (since.has(productId)) left.push(product);
    else rewriteProduct(context, catalogue, product, before);
    return !since.has(productId);
  };
  const added = did.added.filter((productId) => back(productId, { active: false }));
  const changed = did.changed.filter(({ id: productId, before }) => back(productId, before));
  const { added: takenOff, changed: putBack } = countOf({ ...did, added, changed });
  return { takenOff, putBack, left };
}

/** What was made for the dishes goes with them, unless something else stands there by now. */
function takeBackPlaces(context: CommandContext, { did }: MenuImport): void {
  const { connection } = context.tx;
  const { products, categories } = catalogueOf(connection);
  const dishes = products.filter(({ active }) => active);
  const filled = new Set(dishes.map(({ categoryId }) => categoryId));
  for (const { parentId, active } of categories) if (active && parentId !== null) filled.add(parentId);
  for (const category of categories) {
    if (category.active && did.categories.includes(category.id) && !filled.has(category.id)) {
      showCategory(context, category, false);
    }
  }
  const cooking = new Set(dishes.flatMap(({ stationIds }) => stationIds));
  for (const { active, stationId } of catalogueOf(connection).categories) {
    if (active && stationId !== null) cooking.add(stationId);
  }
  for (const id of did.stations) if (!cooking.has(id)) showStation(context, id, false);
}

export const undoImport = defineCommand({
  name: 'menu.undo_import',
  permission: 'menu.change',
  input: UndoImportInput,
  handle(context, { import_id }) {
    const { tx, now } = context;
    const one = insistImport(tx.connection, import_id);
    if (one.undoneAt !== null) throw new Problem('ILLEGAL_TRANSITION', { state: 'undone', possible: [] });
    const { takenOff, putBack, left } = takeBackDishes(context, one);
    takeBackPlaces(context, one);
    const figures = { import_id: one.id, taken_off: takenOff, put_back: putBack };
    tx.on('menu_import', one.id)
      .update(menuImportTable, one.id, { undoneAt: now })
      .tell(menuImportUndone, { ...figures, left: left.length });
    const named = left.map(({ id, name }) => ({ uuid: id, name }));
    return { ...figures, left: named, on_menu: dishesOnMenu(tx.connection) };
  },
});

import { MenuImportInput, menuImported } from '#contract/menu-import.ts';
import { byName, sameDish } from '#contract/same-name.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { insist } from '../../kernel/verdict.ts';
import { catalogueOf, rewriteProduct, writeProduct } from '../menu/index.ts';
import { categoriesFor } from './menu-import.categories.ts';
import { importDto } from './menu-import.dto.ts';
import { dishesOnMenu, insistImport } from './menu-import.reads.ts';
import { canImport, changesOf, countOf, type Did, type ImportInput } from './menu-import.rules.ts';
import { menuImportTable } from './menu-import.schema.ts';
import { stationFinder } from './menu-import.stations.ts';

function writeDishes(context: CommandContext, input: ImportInput): Did {
  const { stationId, begun: stations } = stationFinder(context);
  const { placeOf, begun: categories } = categoriesFor(context, input, stationId);
  const catalogue = catalogueOf(context.tx.connection);
  const known = byName(catalogue.products, (product) => sameDish(product.categoryId, product.name));
  const added: string[] = [];
  const changed: Did['changed'][number][] = [];
  for (const { category, station, ...dish } of input.dishes) {
    const place = placeOf(category);
    const there = known.get(sameDish(place.id, dish.name));
    const now = there === undefined ? place.stationId : (there.ownStationId ?? place.stationId);
    // Without a station a dish cannot be sent to the kitchen.
    const cooks = station ?? (now === null ? input.station : undefined);
    const own = cooks === undefined ? undefined : stationId(cooks);
    const ownStation = own === undefined || own === now ? undefined : own;
    if (there === undefined) {
      const asks = { ...dish, category_id: place.id, ...(ownStation === undefined ? {} : { station_id: ownStation }) };
      added.push(writeProduct(context, catalogue, asks));
      continue;
    }
    const { set, before } = changesOf(there, { ...dish, category }, ownStation);
    if (Object.keys(set).length === 0) continue;
    rewriteProduct(context, catalogue, there, set);
    changed.push({ id: there.id, before });
  }
  return { added, changed, categories, stations };
}

/**
 * A whole menu at once, or none of it: dishes of the same name in the same category are changed, all others are new.
 * Categories and kitchen stations are named, and made where they are not there yet.
 */
export const importMenu = defineCommand({
  name: 'menu.import',
  permission: 'menu.change',
  input: MenuImportInput,
  handle(context, input) {
    const { tx, ids, now, actor } = context;
    insist(canImport(input.dishes));
    const did = writeDishes(context, input);
    const id = ids.next();
    tx.on('menu_import', id)
      .insert(menuImportTable, {
        id,
        importedAt: now,
        importedBy: actor.id,
        source: input.source,
        did,
        undoneAt: null,
      })
      .tell(menuImported, { import_id: id, ...countOf(did) });
    return {
      ...importDto(tx.connection, insistImport(tx.connection, id)),
      unchanged: input.dishes.length - did.added.length - did.changed.length,
      on_menu: dishesOnMenu(tx.connection),
    };
  },
});

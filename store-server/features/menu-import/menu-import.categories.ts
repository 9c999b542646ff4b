import { byName, sameName } from '#contract/same-name.ts';
import type { CommandContext } from '../../commands/define.ts';
import { catalogueOf, categoryStation, showCategory, writeCategory } from '../menu/index.ts';
import { type ImportInput, usualStation } from './menu-import.rules.ts';

interface Place {
  readonly id: string;
  /** Who cooks what names nobody itself. */
  readonly stationId: string | null;
}

/**
 * The categories of an import, by their names in `sameName` form: those on the menu, those that were off it and are put
 * back, and those that are made.
 */
export function categoriesFor(context: CommandContext, input: ImportInput, stationId: (name: string) => string) {
  const catalogue = catalogueOf(context.tx.connection);
  const known = byName(catalogue.categories, ({ name }) => sameName(name));
  const described = new Map((input.categories ?? []).map((one) => [sameName(one.name), one]));
  const places = new Map<string, Place>();
  const begun: string[] = [];
  const byCategory = Map.groupBy(input.dishes, ({ category }) => sameName(category));
  for (const [key, dishes] of byCategory) {
    const there = known.get(key);
    if (there !== undefined) {
      if (!there.active) {
        showCategory(context, there, true);
        begun.push(there.id);
      }
      places.set(key, { id: there.id, stationId: categoryStation(catalogue, there) });
      continue;
    }
    const { name = dishes[0]?.category ?? key, station, ...look } = described.get(key) ?? {};
    const cooks = station ?? usualStation(dishes) ?? input.station;
    const own = cooks === undefined ? null : stationId(cooks);
    const id = writeCategory(context, { ...look, name, station_id: own });
    begun.push(id);
    places.set(key, { id, stationId: own });
  }
  return { placeOf: (category: string): Place => places.get(sameName(category)) as Place, begun };
}

import type { Known } from './rows.rules.ts';

/** The restaurant as it is. */
export interface Place {
  readonly dishes: readonly Known[];
  /** Those on the menu. */
  readonly categories: readonly string[];
  /** Those in use. */
  readonly stations: readonly string[];
  /** Who cooks most of the dishes; null where there is no station. */
  readonly usualStation: string | null;
}

interface Named {
  readonly name: string;
  readonly active: boolean;
}

/** What an import has to know of the restaurant, from what the server says of it. */
export function placeOf(
  dishes: readonly (Omit<Known, 'stations'> & { readonly effective_station_ids: readonly string[] })[],
  categories: readonly Named[],
  stations: readonly (Named & { readonly id: string })[],
): Place {
  const inUse = stations.filter(({ active }) => active);
  const nameOf = new Map(stations.map(({ id, name }) => [id, name]));
  const cooks = (id: string): number => dishes.filter((dish) => dish.effective_station_ids.includes(id)).length;
  const [usual] = inUse.map(({ id, name }) => ({ name, dishes: cooks(id) })).sort((a, b) => b.dishes - a.dishes);
  const onMenu = categories.filter(({ active }) => active).map(({ name }) => name);
  return {
    dishes: dishes.map((dish) => ({
      ...dish,
      active: dish.active && onMenu.includes(dish.category),
      stations: dish.effective_station_ids.flatMap((id) => nameOf.get(id) ?? []),
    })),
    categories: onMenu,
    stations: inUse.map(({ name }) => name),
    usualStation: usual?.name ?? null,
  };
}

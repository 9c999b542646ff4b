import type { z } from 'zod';
import type { MenuProblemDto } from '#contract/menu.ts';
import type { MenuGroup, MenuProduct } from './menu.types.ts';

type Found = Pick<z.output<typeof MenuProblemDto>, 'kind' | 'message'>;

/** What a look at one product alone cannot tell. */
export interface Surroundings {
  /** Stations that are in use. */
  readonly stations: ReadonlySet<string>;
  readonly categoryActive: boolean;
  readonly barcodeTwice: boolean;
}

/** Everything about one product that a server or a cook would trip over. */
export function dishProblems(product: MenuProduct, around: Surroundings): Found[] {
  const found: Found[] = [];
  const say = (kind: Found['kind'], message: string): void => void found.push({ kind, message });
  if (product.stationIds.length === 0) say('no_station', 'No kitchen station is set, so it cannot be fired.');
  else if (product.stationIds.some((id) => !around.stations.has(id))) {
    say('station_gone', 'Its kitchen station is no longer in use.');
  }
  if (!around.categoryActive) say('hidden_category', 'Its category is off the menu, so nobody can order it.');
  if (around.barcodeTwice) say('barcode_twice', 'Another product has the same barcode.');
  for (const group of allGroups(product.groups)) {
    const possible = group.options.reduce((sum, option) => sum + (option.soldOut ? 0 : option.maxQuantity), 0);
    if (possible < group.min) say('choice_impossible', `“${group.name}” asks for more than can be had.`);
    if (group.min > 0 && !group.options.some((option) => option.isDefault)) {
      say('no_default_choice', `“${group.name}” has no default, so older devices cannot order it.`);
    }
  }
  if (product.priceMinor + lowestExtra(product.groups) < 0) {
    say('can_cost_less_than_nothing', 'With some choices it would cost less than nothing and is refused.');
  }
  return found;
}

function allGroups(groups: readonly MenuGroup[], seen = new Map<string, MenuGroup>()): MenuGroup[] {
  for (const group of groups) {
    if (seen.has(group.id)) continue;
    seen.set(group.id, group);
    for (const option of group.options) if (option.nested !== null) allGroups([option.nested], seen);
  }
  return [...seen.values()];
}

/** A lower bound of what choices can add, in minor units: every reduction taken as often as it can be. */
function lowestExtra(groups: readonly MenuGroup[]): number {
  const reductions = allGroups(groups).map((group) => {
    const units = group.options.flatMap((option) => {
      const lowest = Math.min(0, option.priceMinor, ...Object.values(option.pricesBySize));
      return Array.from({ length: option.maxQuantity }, () => lowest);
    });
    const most = group.max ?? units.length;
    return units
      .sort((a, b) => a - b)
      .slice(0, most)
      .reduce((sum, price) => sum + price, 0);
  });
  return reductions.reduce((sum, price) => sum + price, 0);
}

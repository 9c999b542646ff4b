import type { z } from 'zod';
import type { MenuImportInput } from '#contract/menu-import.ts';
import { sameDish } from '#contract/same-name.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';
import type { MenuProduct, ProductFields } from '../menu/index.ts';

export type ImportInput = z.output<typeof MenuImportInput>;
export type ImportedDish = ImportInput['dishes'][number];

/** What an import did. Ids of what it made or brought back, and what a changed dish was before. */
export interface Did {
  readonly added: readonly string[];
  readonly changed: readonly { readonly id: string; readonly before: ProductFields }[];
  readonly categories: readonly string[];
  readonly stations: readonly string[];
}

/** How many dishes came onto the menu, those included that had been taken off it before, and how many became something else. */
export function countOf({ added, changed }: Did): { added: number; changed: number } {
  const back = changed.filter(({ before }) => before.active === false).length;
  return { added: added.length + back, changed: changed.length - back };
}

/** A dish is found again by its category and its name, so one list cannot have both twice. */
export function canImport(dishes: readonly ImportedDish[]): Verdict {
  const seen = new Set<string>();
  for (const [at, { category, name }] of dishes.entries()) {
    const key = sameDish(category, name);
    if (seen.has(key)) {
      const reason = 'This dish stands in the list twice, in the same category.';
      return refuse('VALIDATION_ERROR', { field: `dishes.${at}.name`, reason });
    }
    seen.add(key);
  }
  return allowed;
}

/** The station that most of a new category’s dishes name, so that a dish added later goes there too; the first of equals. */
export function usualStation(dishes: readonly ImportedDish[]): string | undefined {
  const votes = new Map<string, number>();
  for (const { station } of dishes) if (station !== undefined) votes.set(station, (votes.get(station) ?? 0) + 1);
  const most = Math.max(0, ...votes.values());
  return [...votes].find(([, count]) => count === most)?.[0];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What of a dish that is there already becomes something else, and what it was before. What the list leaves out stays.
 * @param stationId the station it is to be cooked at, undefined to leave that as it is
 */
export function changesOf(
  product: MenuProduct,
  dish: ImportedDish,
  stationId: string | undefined,
): { set: ProductFields; before: ProductFields } {
  const all: readonly (readonly [keyof ProductFields, now: unknown, wanted: unknown])[] = [
    ['price_minor', product.priceMinor, dish.price_minor],
    ['vat_bps', product.vatBps, dish.vat_bps],
    ['kitchen_name', product.kitchenName, dish.kitchen_name],
    ['description', product.description, dish.description],
    ['allergens', product.allergens, dish.allergens],
    ['dietary_info', product.dietaryInfo, dish.dietary_info],
    ['station_id', product.ownStationId, stationId],
    ['active', product.active, true],
  ];
  const different = all.filter(([field, now, wanted]) => {
    if (wanted === undefined) return false;
    return field === 'allergens'
      ? !same([...(now as string[])].sort(), [...(wanted as string[])].sort())
      : !same(now, wanted);
  });
  return {
    set: Object.fromEntries(different.map(([field, , wanted]) => [field, wanted])),
    before: Object.fromEntries(different.map(([field, now]) => [field, now])),
  };
}

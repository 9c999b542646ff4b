import type { Allergen } from '#contract/allergens.ts';
import { addUp, type Minor, minor, timesQuantity } from '../../kernel/money.ts';
import type { Refusal } from '../../kernel/verdict.ts';
import { freeUnits } from './menu.free.rules.ts';
import { badPick, checkGroup, choose, type Dish, type Pick } from './menu.picks.rules.ts';
import type { MenuGroup, MenuOption } from './menu.types.ts';

/** How deep choices may open further choices: a burger's side, the side's salad, the salad's dressing. */
export const DEEPEST_LEVEL = 3;

/** One picked option as it stands on the check, in the order of the menu, what it opened right behind it. */
export interface PricedModifier {
  readonly optionId: string;
  readonly groupId: string;
  readonly name: string;
  readonly kitchenName: string;
  readonly quantity: number;
  /** Minor units for one of `quantity`. An option of which some are free comes as two entries. */
  readonly priceMinor: Minor;
  /** 0 for a choice of the dish itself, 1 and 2 for what that choice opened. */
  readonly depth: number;
}

export interface PricedChoice {
  readonly ok: true;
  /** Price of one portion in minor units, modifiers included. */
  readonly unitPriceMinor: Minor;
  readonly modifiers: readonly PricedModifier[];
  /** What the picked options bring on top of the dish's own. */
  readonly allergens: readonly Allergen[];
}

/**
 * Checks the picks of one dish against its groups and prices it.
 *
 * A group takes from `min` to `max` units; a size group takes exactly one. A picked option opens its nested group, and
 * a group that several picks open is asked once. With `fillDefaults` (for clients that know no modifiers) a required
 * group without any pick takes its default picks. Refusals: MODIFIER_REQUIRED {group_id, group, product, min},
 * LINE_SOLD_OUT {product, option}, VALIDATION_ERROR {reason} for a pick that is not offered, made twice, too many, or
 * that would bring the dish below nothing.
 */
export function priceChoice(dish: Dish, picks: readonly Pick[], fillDefaults: boolean): PricedChoice | Refusal {
  const wanted = new Map<string, number>();
  for (const { optionId, quantity } of picks) {
    if (wanted.has(optionId)) return badPick('chosen_twice', { option_id: optionId });
    wanted.set(optionId, quantity);
  }
  const modifiers: PricedModifier[] = [];
  const allergens = new Set<Allergen>();
  const asked = new Set<string>();
  let used = 0;
  let sizeId: string | null = null;

  const ask = (group: MenuGroup, depth: number): Refusal | null => {
    if (asked.has(group.id)) return null;
    asked.add(group.id);
    const chosen = choose(group, wanted, fillDefaults);
    const counted = checkGroup(dish, group, chosen);
    if (counted !== null) return counted;
    if (group.kind === 'size' && depth === 0) sizeId = chosen[0]?.option.id ?? null;
    const free = freeUnits(
      group.freeCount,
      chosen.map(({ option, quantity }) => ({ price: priceOf(option, sizeId), quantity })),
    );
    for (const [index, { option, quantity, picked }] of chosen.entries()) {
      if (picked) used += 1;
      for (const allergen of option.allergens) allergens.add(allergen);
      modifiers.push(...entriesOf(option, quantity, free[index] as number, sizeId, depth));
      const inside = option.nested === null ? null : ask(option.nested, depth + 1);
      if (inside !== null) return inside;
    }
    return null;
  };

  // Sizes first: they decide what everything else costs, wherever they stand on the screen.
  const inOrder = [...dish.groups].sort((a, b) => Number(b.kind === 'size') - Number(a.kind === 'size'));
  for (const group of inOrder) {
    const refusal = ask(group, 0);
    if (refusal !== null) return refusal;
  }
  if (used !== wanted.size) {
    const known = new Set(modifiers.map((entry) => entry.optionId));
    const stranger = [...wanted.keys()].find((id) => !known.has(id));
    return badPick('not_offered', { option_id: stranger, product: dish.name });
  }
  const unitPriceMinor = addUp([
    minor(dish.priceMinor),
    ...modifiers.map(({ priceMinor, quantity }) => timesQuantity(priceMinor, quantity)),
  ]);
  if (unitPriceMinor < 0) return badPick('below_zero', { product: dish.name });
  return { ok: true, unitPriceMinor, modifiers, allergens: [...allergens] };
}

/** What one unit costs with the size in hand, in minor units. */
const priceOf = (option: MenuOption, sizeId: string | null): number =>
  (sizeId === null ? undefined : option.pricesBySize[sizeId]) ?? option.priceMinor;

function entriesOf(
  option: MenuOption,
  quantity: number,
  free: number,
  sizeId: string | null,
  depth: number,
): PricedModifier[] {
  const { id: optionId, groupId, name } = option;
  const entry = { optionId, groupId, name, kitchenName: option.kitchenName ?? name, depth };
  const charged = { ...entry, quantity: quantity - free, priceMinor: minor(priceOf(option, sizeId)) };
  if (free === 0) return [charged];
  const given = { ...entry, quantity: free, priceMinor: minor(0) };
  return free === quantity ? [given] : [given, charged];
}

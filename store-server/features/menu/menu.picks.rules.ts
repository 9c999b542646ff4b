import { type Refusal, refuse } from '../../kernel/verdict.ts';
import type { MenuGroup, MenuOption } from './menu.types.ts';

/** What the guest picked, by option id. */
export interface Pick {
  readonly optionId: string;
  readonly quantity: number;
}

/** What is charged for: enough of the dish to price it. */
export interface Dish {
  readonly name: string;
  readonly priceMinor: number;
  readonly groups: readonly MenuGroup[];
}

/** One option that counts for a group. */
export interface Chosen {
  readonly option: MenuOption;
  readonly quantity: number;
  /** False for a default that nobody picked. */
  readonly picked: boolean;
}

/** What is taken from a group: the picks, or with `fillDefaults` the default picks of a required group without any. */
export function choose(group: MenuGroup, wanted: ReadonlyMap<string, number>, fillDefaults: boolean): Chosen[] {
  const chosen = group.options.flatMap((option): Chosen[] => {
    const quantity = wanted.get(option.id);
    return quantity === undefined ? [] : [{ option, quantity, picked: true }];
  });
  if (chosen.length > 0 || !fillDefaults || group.min === 0) return chosen;
  return group.options.filter((option) => option.isDefault).map((option) => ({ option, quantity: 1, picked: false }));
}

/** Whether the group takes what is chosen; null when it does. */
export function checkGroup(dish: Dish, group: MenuGroup, chosen: readonly Chosen[]): Refusal | null {
  const where = { group_id: group.id, group: group.name, product: dish.name };
  for (const { option, quantity } of chosen) {
    if (option.soldOut) {
      return refuse('LINE_SOLD_OUT', { field: 'modifiers', product: dish.name, option: option.name, remaining: 0 });
    }
    if (quantity > option.maxQuantity) {
      return badPick('too_many_of_one', { option_id: option.id, option: option.name, max: option.maxQuantity });
    }
  }
  const units = chosen.reduce((sum, { quantity }) => sum + quantity, 0);
  if (units < group.min) return refuse('MODIFIER_REQUIRED', { field: 'modifiers', ...where, min: group.min });
  if (group.max !== null && units > group.max) return badPick('too_many_choices', { ...where, max: group.max });
  return null;
}

/** A refusal of one pick, with the reason as a word that devices can act on. */
export const badPick = (reason: string, details: Record<string, unknown>): Refusal =>
  refuse('VALIDATION_ERROR', { field: 'modifiers', reason, ...details });

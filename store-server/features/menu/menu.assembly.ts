import type { Allergen } from '#contract/allergens.ts';
import type { modifierGroupTable, modifierOptionTable } from './menu.schema.ts';
import type { MenuCategory, MenuGroup, MenuOption } from './menu.types.ts';

type GroupRow = typeof modifierGroupTable.$inferSelect;
type OptionRow = typeof modifierOptionTable.$inferSelect;

/** Groups by id with their options, each option that opens a group pointing at it. Rules refuse cycles when writing. */
export function readGroups(groupRows: readonly GroupRow[], optionRows: readonly OptionRow[]): Map<string, MenuGroup> {
  const optionsOf = new Map<string, MenuOption[]>();
  const groups = new Map<string, MenuGroup>();
  for (const row of groupRows) {
    const options: MenuOption[] = [];
    optionsOf.set(row.id, options);
    groups.set(row.id, { ...row, options });
  }
  const nestedOf = (id: string | null): MenuGroup | null => {
    const nested = id === null ? undefined : groups.get(id);
    return nested?.active === true ? nested : null;
  };
  for (const { active, ...row } of optionRows) {
    if (!active) continue;
    optionsOf.get(row.groupId)?.push({
      ...row,
      allergens: row.allergens as Allergen[],
      nested: nestedOf(row.nestedGroupId),
    });
  }
  return groups;
}

/** A category without a station takes the one above it. */
export function stationOfCategory(
  category: MenuCategory | undefined,
  byId: ReadonlyMap<string, MenuCategory>,
  hops = 0,
): string | null {
  if (category === undefined || hops > 10) return null;
  if (category.stationId !== null || category.parentId === null) return category.stationId;
  return stationOfCategory(byId.get(category.parentId), byId, hops + 1);
}

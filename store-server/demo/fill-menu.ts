import type { CommandContext } from '../commands/define.ts';
import { addCategory, addGroup, catalogueOf, writeProduct } from '../features/menu/index.ts';
import { choices, type DemoGroup, type DemoOption, type GroupKey } from './menu/choices.ts';
import type { DemoCategory, DemoDish, StationKey } from './menu/dish.ts';
import { demoMenu } from './menu/menu.ts';
import { within } from './within.ts';

type GroupIds = Map<string, { readonly id: string; readonly options: ReadonlyMap<string, string> }>;

const STANDARD_RATE = 2000;

function optionInput(option: DemoOption, sizes: ReadonlyMap<string, string> | undefined, groups: GroupIds) {
  const bySize = Object.entries(option.bySize ?? {}).map(([size, price]) => [sizes?.get(size) ?? size, price] as const);
  return {
    name: option.name,
    kitchen_name: option.kitchen ?? null,
    price_minor: option.price ?? 0,
    prices_by_size_minor: Object.fromEntries(bySize),
    max_quantity: option.most ?? 1,
    is_default: option.usual ?? false,
    nested_group_id: option.opens === undefined ? null : (groups.get(option.opens)?.id ?? null),
    allergens: [...(option.allergens ?? [])],
  };
}

function fillChoices(context: CommandContext): GroupIds {
  const groups: GroupIds = new Map();
  for (const [key, group] of Object.entries<DemoGroup>(choices)) {
    const sizes = group.sizesOf === undefined ? undefined : groups.get(group.sizesOf)?.options;
    const input = {
      name: group.name,
      kind: group.kind,
      ...(group.min === undefined ? {} : { min: group.min }),
      ...(group.max === undefined ? {} : { max: group.max }),
      free_count: group.free ?? 0,
      options: group.options.map((option) => optionInput(option, sizes, groups)),
    };
    const { id, options } = within(context, addGroup, input, undefined);
    groups.set(key, { id, options: new Map(options.map((option) => [option.name, option.id])) });
  }
  return groups;
}

function productInput(
  dish: DemoDish,
  category: DemoCategory,
  {
    categoryId,
    groups,
    stations,
  }: { categoryId: string; groups: GroupIds; stations: Readonly<Record<StationKey, string>> },
) {
  const groupId = (key: GroupKey): string => groups.get(key)?.id as string;
  return {
    name: dish.name,
    category_id: categoryId,
    price_minor: dish.price,
    vat_bps: category.vatBps ?? STANDARD_RATE,
    kitchen_name: dish.kitchen ?? null,
    description: dish.about,
    allergens: [...dish.allergens],
    dietary_info: [...(dish.diet ?? [])],
    barcode: dish.barcode ?? null,
    prep_time: dish.prep ?? category.prep,
    station_id: dish.station === undefined ? null : stations[dish.station],
    also_station_ids: (dish.also ?? []).map((station) => stations[station]),
    modifier_group_ids: (dish.choices ?? []).map(groupId),
  };
}

/** Writes the whole menu inside the running command, as a manager would: choices, then categories, then what is in them. */
export function fillMenu(context: CommandContext, stations: Readonly<Record<StationKey, string>>): void {
  const groups = fillChoices(context);
  const filled = demoMenu.map((category, index) => {
    const input = {
      name: category.name,
      color: category.color,
      course: category.course,
      station_id: stations[category.station],
      sort_order: (index + 1) * 10,
    };
    return [category, within(context, addCategory, input, undefined).category.id] as const;
  });
  const catalogue = catalogueOf(context.tx.connection);
  for (const [category, categoryId] of filled) {
    for (const dish of category.dishes) {
      writeProduct(context, catalogue, productInput(dish, category, { categoryId, groups, stations }));
    }
  }
}

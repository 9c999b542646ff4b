import type { z } from 'zod';
import type { CategoryDto, ListedProductDto, ModifierGroupDto, ProductDto } from '#contract/menu.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import type { CategoryView, ProductView } from './menu.reads.ts';
import type { MenuGroup, MenuOption } from './menu.types.ts';

const pounds = (units: number): number => toPounds(minor(units));

const optionDto = (option: MenuOption): z.output<typeof ModifierGroupDto>['options'][number] => ({
  id: option.id,
  alias: option.alias,
  name: option.name,
  kitchen_name: option.kitchenName,
  price: pounds(option.priceMinor),
  prices_by_size: Object.fromEntries(
    Object.entries(option.pricesBySize).map(([sizeId, units]) => [sizeId, pounds(units)]),
  ),
  max_quantity: option.maxQuantity,
  is_default: option.isDefault,
  available: !option.soldOut,
  allergens: [...option.allergens],
  nested_group_id: option.nestedGroupId,
  nested_group: option.nested === null ? null : groupDto(option.nested),
});

export const groupDto = (group: MenuGroup): z.output<typeof ModifierGroupDto> => ({
  id: group.id,
  alias: group.alias,
  name: group.name,
  kind: group.kind,
  min: group.min,
  max: group.max,
  free_count: group.freeCount,
  active: group.active,
  options: group.options.map(optionDto),
});

export const categoryDto = ({ category, parentAlias, productCount }: CategoryView): z.output<typeof CategoryDto> => ({
  id: category.alias,
  uuid: category.id,
  name: category.name,
  active: category.active,
  description: category.description,
  color: category.color,
  icon: category.icon,
  parent_id: parentAlias,
  course: category.course,
  station_id: category.stationId,
  sort_order: category.sortOrder,
  product_count: productCount,
});

export const needsChoice = (groups: readonly MenuGroup[]): boolean => groups.some((group) => group.min > 0);

export const listedProductDto = ({
  product,
  category,
  soldOut,
  remaining,
  offDay,
}: ProductView): z.output<typeof ListedProductDto> => ({
  id: product.alias,
  uuid: product.id,
  name: product.name,
  price: pounds(product.priceMinor),
  category: category.name,
  category_id: category.alias,
  image: product.image,
  barcode: product.barcode,
  available_in_pos: product.onMenu,
  active: product.active,
  available: product.onMenu && !soldOut,
  remaining: soldOut ? 0 : remaining,
  back_tomorrow: soldOut && offDay != null,
  description: product.description,
  kitchen_name: product.kitchenName,
  vat_bps: product.vatBps,
  course: product.ownCourse,
  effective_course: product.course,
  station_id: product.ownStationId,
  also_station_ids: [...product.alsoStationIds],
  effective_station_ids: [...product.stationIds],
  allergens: [...product.allergens],
  dietary_info: [...product.dietaryInfo],
  sku: product.sku,
  prep_time: product.prepMinutes,
  sort_order: product.sortOrder,
  needs_choice: needsChoice(product.groups),
  modifier_group_ids: product.groups.map((group) => group.id),
});

export const productDto = (view: ProductView): z.output<typeof ProductDto> => ({
  ...listedProductDto(view),
  modifier_groups: view.product.groups.map(groupDto),
});

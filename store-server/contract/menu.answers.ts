import { z } from 'zod';
import { Allergen } from './allergens.ts';
import { Uuid } from './ids.ts';

/** A choice as devices show it. Prices in pounds, on top of the dish. */
export const ModifierOptionDto = z.object({
  id: Uuid,
  alias: z.int(),
  name: z.string(),
  kitchen_name: z.string().nullable(),
  price: z.number(),
  /** Where it costs something else with a certain size: by the id of that size. */
  prices_by_size: z.record(z.string(), z.number()),
  max_quantity: z.int(),
  is_default: z.boolean(),
  available: z.boolean(),
  allergens: z.array(Allergen),
  nested_group_id: Uuid.nullable(),
  /** The group that opens when this is picked. */
  get nested_group() {
    return ModifierGroupDto.nullable();
  },
});

export const ModifierGroupDto = z.object({
  id: Uuid,
  alias: z.int(),
  name: z.string(),
  kind: z.enum(['size', 'choice', 'extra', 'removal']),
  min: z.int(),
  max: z.int().nullable(),
  /** So many units are included in the price; the dearest picks are the free ones. */
  free_count: z.int(),
  active: z.boolean(),
  get options() {
    return z.array(ModifierOptionDto);
  },
});

export const CategoryDto = z.object({
  id: z.int(),
  uuid: Uuid,
  name: z.string(),
  active: z.boolean(),
  description: z.string().nullable(),
  color: z.string(),
  icon: z.string().nullable(),
  parent_id: z.int().nullable(),
  course: z.int(),
  station_id: Uuid.nullable(),
  sort_order: z.int(),
  product_count: z.int(),
});

/**
 * A product in a list: what the older clients read, and what our own terminal needs beside it. Its choices are named by
 * id, since many products share a group: `GET menu/modifier-groups` has them all.
 */
export const ListedProductDto = z.object({
  id: z.int(),
  uuid: Uuid,
  name: z.string(),
  price: z.number(),
  /** The category's name. */
  category: z.string(),
  category_id: z.int(),
  image: z.string().nullable(),
  barcode: z.string().nullable(),
  available_in_pos: z.boolean(),
  active: z.boolean(),
  available: z.boolean(),
  /** Portions left; null is not counted. */
  remaining: z.int().nullable(),
  /** Off for this business day only: it is back by itself on the next. */
  back_tomorrow: z.boolean(),
  description: z.string().nullable(),
  kitchen_name: z.string().nullable(),
  vat_bps: z.int(),
  /** Its own course and station where they differ from the category's, and what counts in the end. */
  course: z.int().nullable(),
  effective_course: z.int(),
  station_id: Uuid.nullable(),
  also_station_ids: z.array(Uuid),
  effective_station_ids: z.array(Uuid),
  allergens: z.array(Allergen),
  dietary_info: z.array(z.string()),
  sku: z.string().nullable(),
  prep_time: z.int(),
  sort_order: z.int(),
  /** Whether something has to be chosen before it can be ordered. */
  needs_choice: z.boolean(),
  modifier_group_ids: z.array(Uuid),
});

/** The products that were changed together. */
export const ChangedProductsDto = z.object({ products: z.array(ListedProductDto) });

/** One product, with all it offers to choose from. */
export const ProductDto = ListedProductDto.extend({ modifier_groups: z.array(ModifierGroupDto) });

/** Something on the menu that will go wrong at the till or in the kitchen. */
export const MenuProblemDto = z.object({
  kind: z.enum([
    'no_station',
    'station_gone',
    'hidden_category',
    'choice_impossible',
    'no_default_choice',
    'can_cost_less_than_nothing',
    'barcode_twice',
  ]),
  product_id: z.int(),
  uuid: Uuid,
  name: z.string(),
  message: z.string(),
});

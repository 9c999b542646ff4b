import { z } from 'zod';
import { Allergens } from './allergens.ts';
import { Ref } from './ids.ts';
import { MinorUnits, Pounds, SignedMinorUnits, SignedPounds } from './money.ts';

export * from './menu.answers.ts';
export * from './menu.facts.ts';

export const ProductsQuery = z.object({ include_inactive: z.stringbool().optional() });

const Name = z.string().trim().min(1).max(80);
/** What the kitchen calls it; short, because it is printed in double width. */
const KitchenName = z.string().trim().min(1).max(40).nullable();
const Text = z.string().trim().max(1000).nullable();
const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'has to be a colour such as #1F4E79');
const Course = z.int().min(0).max(9);
const VatBps = z.int().min(0).max(10_000);
const SortOrder = z.int().min(0).max(100_000);
/** Shown by a GET and therefore allowed to come back in a PUT, where it changes nothing. */
const readOnly = z.unknown().optional();

const categoryFields = {
  name: Name,
  description: Text.optional(),
  color: Color.optional(),
  icon: z.string().max(60).nullable().optional(),
  parent_id: Ref.nullable().optional(),
  course: Course.optional(),
  station_id: Ref.nullable().optional(),
  sort_order: SortOrder.optional(),
  active: z.boolean().optional(),
};

export const AddCategoryInput = z.strictObject(categoryFields);
export const ChangeCategoryBody = z.strictObject({
  ...categoryFields,
  name: Name.optional(),
  id: readOnly,
  uuid: readOnly,
  product_count: readOnly,
  /** What each field was when its author looked. What is something else by now is not overwritten: VERSION_CONFLICT with `keys`. */
  seen: z.strictObject(categoryFields).partial().optional(),
});
export const ChangeCategoryInput = ChangeCategoryBody.extend({ category_id: Ref });

const productFields = {
  kitchen_name: KitchenName.optional(),
  description: Text.optional(),
  vat_bps: VatBps.optional(),
  course: Course.nullable().optional(),
  station_id: Ref.nullable().optional(),
  also_station_ids: z.array(Ref).max(10).optional(),
  allergens: Allergens.optional(),
  dietary_info: z.array(z.string().trim().min(1).max(40)).max(20).optional(),
  barcode: z.string().trim().min(1).max(64).nullable().optional(),
  sku: z.string().trim().min(1).max(64).nullable().optional(),
  prep_time: z.int().min(0).max(600).optional(),
  image: z.string().max(500).nullable().optional(),
  sort_order: SortOrder.optional(),
  active: z.boolean().optional(),
  /** The groups of choices it offers, in the order they are asked. */
  modifier_group_ids: z.array(Ref).max(20).optional(),
};

export const AddProductInput = z.strictObject({
  ...productFields,
  name: Name,
  category_id: Ref,
  price_minor: MinorUnits,
});
export const ChangeProductInput = z.strictObject({
  ...productFields,
  name: Name.optional(),
  category_id: Ref.optional(),
  price_minor: MinorUnits.optional(),
  product_id: Ref,
});
/** The older clients know this path too and send fields of their own (`cost`, `stock_tracking`, …). */
export const ProductBody = z.object({
  ...productFields,
  name: Name,
  category_id: Ref,
  price: Pounds,
  image_url: productFields.image,
  is_active: productFields.active,
});
export const ChangeProductBody = ProductBody.partial();
export const ProductInput = z.strictObject({ product_id: Ref });

/** What the grid of the menu edits, in the form in which a GET shows it. */
const gridFields = {
  name: Name,
  category_id: Ref,
  vat_bps: VatBps,
  station_id: Ref.nullable(),
  active: z.boolean(),
  modifier_group_ids: z.array(Ref).max(20),
  allergens: Allergens,
};
/** What each field was when its author looked. A field that is something else by now is not overwritten. */
export const ProductSeen = z.strictObject({ ...gridFields, price: Pounds }).partial();
const edited = <Fields extends z.ZodRawShape>(set: z.ZodObject<Fields>) =>
  z.strictObject({ product_id: Ref, set, seen: ProductSeen.optional() });
const Edits = <Edit extends z.ZodType>(edit: Edit) => z.strictObject({ changes: z.array(edit).min(1).max(500) });

export const ChangeProductsBody = Edits(edited(z.strictObject({ ...gridFields, price: Pounds }).partial()));
export const ChangeProductsInput = Edits(
  edited(z.strictObject({ ...gridFields, price_minor: MinorUnits }).partial()).extend({
    /** The same fields as they were sent, to compare with what is there. */
    wanted: ProductSeen,
  }),
);

export const GroupKind = z.enum(['size', 'choice', 'extra', 'removal']);

const optionFields = {
  /** Left out for a new option. */
  id: Ref.optional(),
  name: Name,
  kitchen_name: KitchenName.optional(),
  max_quantity: z.int().min(1).max(99).optional(),
  is_default: z.boolean().optional(),
  nested_group_id: Ref.nullable().optional(),
  allergens: Allergens.optional(),
};
/** By the id of the size that was picked. */
const bySize = <Amount extends z.ZodType>(amount: Amount) =>
  z
    .record(z.string().max(36), amount)
    .refine((prices) => Object.keys(prices).length <= 20, 'has more than 20 sizes')
    .optional();

export const OptionInput = z.strictObject({
  ...optionFields,
  price_minor: SignedMinorUnits.optional(),
  prices_by_size_minor: bySize(SignedMinorUnits),
});
export const OptionBody = z.strictObject({
  ...optionFields,
  price: SignedPounds.optional(),
  prices_by_size: bySize(SignedPounds),
  alias: readOnly,
  available: readOnly,
  nested_group: readOnly,
});

const groupFields = {
  name: Name,
  kind: GroupKind,
  min: z.int().min(0).max(99).optional(),
  max: z.int().min(1).max(99).nullable().optional(),
  free_count: z.int().min(0).max(99).optional(),
  active: z.boolean().optional(),
};
const Options = <Option extends z.ZodType>(option: Option) => z.array(option).min(1).max(100);

export const AddGroupInput = z.strictObject({ ...groupFields, options: Options(OptionInput) });
export const ChangeGroupInput = z.strictObject({
  ...groupFields,
  name: Name.optional(),
  kind: GroupKind.optional(),
  /** The whole list: an option that is left out leaves the menu. */
  options: Options(OptionInput).optional(),
  group_id: Ref,
  seen: AddGroupInput.partial().optional(),
});
export const GroupBody = z.strictObject({ ...groupFields, options: Options(OptionBody) });
const GroupAsShown = GroupBody.partial().extend({ id: readOnly, alias: readOnly });
export const ChangeGroupBody = GroupAsShown.extend({
  /** The group when its author looked. What is something else by now is not overwritten: VERSION_CONFLICT with `keys`. */
  seen: GroupAsShown.optional(),
});

/** Exactly one of the two: on or off the menu (86), or so many portions left. */
const availability = {
  available: z.boolean().optional(),
  remaining: z.int().min(0).max(9999).optional(),
  /** How long it is off: until somebody puts it back, or until the business day ends. */
  until: z.enum(['undone', 'day_end']).optional(),
};
interface Availability {
  available?: boolean | undefined;
  remaining?: number | undefined;
  until?: string | undefined;
}
const exactlyOne = ({ available, remaining }: Availability) => (available === undefined) !== (remaining === undefined);
const oneOfBoth = 'needs either `available` or `remaining`';
const onlyWhenOff = ({ available, until }: Availability) => until === undefined || available === false;
const goesWithOff = { path: ['until'], message: 'goes with `available: false` only' };

export const AvailabilityBody = z
  .strictObject(availability)
  .refine(exactlyOne, oneOfBoth)
  .refine(onlyWhenOff, goesWithOff);
export const SetAvailabilityInput = z
  .strictObject({ ...availability, product_id: Ref })
  .refine(exactlyOne, oneOfBoth)
  .refine(onlyWhenOff, goesWithOff);
export const OptionAvailabilityBody = z.strictObject({ available: z.boolean() });
export const SetOptionAvailabilityInput = OptionAvailabilityBody.extend({ option_id: Ref });

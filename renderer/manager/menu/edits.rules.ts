import type { z } from 'zod';
import type { ChangeProductsBody, ListedProductDto } from '#contract/menu.ts';

export type Dish = z.output<typeof ListedProductDto>;
export const editable = [
  'name',
  'price',
  'category_id',
  'vat_bps',
  'station_id',
  'modifier_group_ids',
  'allergens',
  'active',
] as const;
export type Field = (typeof editable)[number];

/** What somebody wants instead of what they saw. `typed` is what they typed where it cannot be understood. */
export interface Edit {
  readonly seen: unknown;
  readonly mine: unknown;
  readonly typed?: string;
}
type DishEdits = Readonly<Partial<Record<Field, Edit>>>;
/** Unpublished work, by the uuid of the dish. */
export type Edits = Readonly<Record<string, DishEdits>>;

export const noEdits: Edits = {};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a cell holds: the edit if there is one, else what the server says. */
export const cellOf = (edits: Edits, dish: Dish, field: Field): unknown => {
  const edit = edits[dish.uuid]?.[field];
  return edit === undefined ? dish[field] : edit.mine;
};

/** The edits with one cell set; a cell that goes back to what it was is no edit any more. */
export function withCell(edits: Edits, dish: Dish, field: Field, cell: { mine: unknown; typed?: string }): Edits {
  const { [dish.uuid]: own = {}, ...others } = edits;
  const { [field]: before, ...rest } = own;
  const seen = before === undefined ? dish[field] : before.seen;
  const back = cell.typed === undefined && same(cell.mine, dish[field]) && same(seen, dish[field]);
  const after: DishEdits = back ? rest : { ...rest, [field]: { seen, ...cell } };
  return Object.keys(after).length === 0 ? others : { ...others, [dish.uuid]: after };
}

export interface OpenEdit extends Edit {
  readonly dish: Dish;
  readonly field: Field;
  readonly overtaken: boolean;
}

/** The edits that would change something, in the order of the menu; dishes that are not there any more are left out. */
export function openEdits(edits: Edits, dishes: readonly Dish[]): OpenEdit[] {
  return dishes.flatMap((dish) =>
    editable.flatMap((field) => {
      const edit = edits[dish.uuid]?.[field];
      if (edit === undefined || (edit.typed === undefined && same(edit.mine, dish[field]))) return [];
      return [{ ...edit, dish, field, overtaken: !same(edit.seen, dish[field]) }];
    }),
  );
}

/** Somebody else has changed the same cell, and this person has decided. */
export function decide(edits: Edits, { dish, field, mine }: OpenEdit, keep: 'mine' | 'theirs'): Edits {
  const { [dish.uuid]: own = {}, ...others } = edits;
  const { [field]: _, ...rest } = own;
  const after: DishEdits = keep === 'mine' ? { ...rest, [field]: { seen: dish[field], mine } } : rest;
  return Object.keys(after).length === 0 ? others : { ...others, [dish.uuid]: after };
}

type Body = z.input<typeof ChangeProductsBody>;

/** As it is sent: each dish once, with what its author saw. Turned round it is the way back. */
export function asBody(edits: readonly OpenEdit[], way: 'there' | 'back'): Body {
  const [to, from] = way === 'there' ? (['mine', 'seen'] as const) : (['seen', 'mine'] as const);
  const part = (own: readonly OpenEdit[], which: 'mine' | 'seen') =>
    Object.fromEntries(own.map((edit) => [edit.field, edit[which]]));
  return {
    changes: [...Map.groupBy(edits, ({ dish }) => dish.uuid)].map(([product_id, own]) => ({
      product_id,
      set: part(own, to),
      seen: part(own, from),
    })),
  };
}

/** Prices that somebody may have mistyped: nothing, or three times as much as before. */
export const doubtful = (edits: readonly OpenEdit[]): OpenEdit[] =>
  edits.filter(
    ({ field, seen, mine }) =>
      field === 'price' && (mine === 0 || (typeof seen === 'number' && seen > 0 && Number(mine) >= seen * 3)),
  );

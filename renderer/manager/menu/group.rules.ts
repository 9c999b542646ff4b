import type { z } from 'zod';
import type { Allergen } from '#contract/allergens.ts';
import type { ChangeGroupBody, GroupBody } from '#contract/menu.ts';
import { poundsOf } from './cells.rules.ts';
import type { Group } from './dishes.tsx';
import { texts } from './menu.texts.ts';

export interface OptionDraft {
  /** Empty for one that is new. */
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly most: string;
  readonly isDefault: boolean;
  /** The group that opens with it; empty for none. */
  readonly opens: string;
  /** What whoever chooses it must not be allergic to, besides what the dish has. */
  readonly allergens: readonly Allergen[];
}

/** A group as it is edited: numbers as they are typed. */
export interface GroupDraft {
  readonly name: string;
  readonly kind: Group['kind'];
  readonly min: string;
  readonly max: string;
  readonly free: string;
  readonly active: boolean;
  readonly options: readonly OptionDraft[];
  /** The group as it was when this was begun; null for a new one. */
  readonly seen: Group | null;
}

export const emptyOption: OptionDraft = {
  id: '',
  name: '',
  price: '0.00',
  most: '1',
  isDefault: false,
  opens: '',
  allergens: [],
};

export const draftOf = (group: Group): GroupDraft => ({
  name: group.name,
  kind: group.kind,
  min: String(group.min),
  max: group.max === null ? '' : String(group.max),
  free: String(group.free_count),
  active: group.active,
  options: group.options.map((option) => ({
    id: option.id,
    name: option.name,
    price: option.price.toFixed(2),
    most: String(option.max_quantity),
    isDefault: option.is_default,
    opens: option.nested_group_id ?? '',
    allergens: option.allergens,
  })),
  seen: group,
});

export const newGroup: GroupDraft = {
  name: '',
  kind: 'choice',
  min: '1',
  max: '1',
  free: '0',
  active: true,
  options: [emptyOption],
  seen: null,
};

const words = texts.choices.mistakes;
const isWhole = (text: string): boolean => /^\d{1,2}$/.test(text.trim());
/** Pounds that may be taken off too. */
const signed = (text: string): number | null => {
  const amount = poundsOf(text.trim().replace(/^-\s*/, ''));
  return amount === null ? null : text.trim().startsWith('-') ? -amount : amount;
};

/** What is not right, by field: `name`, `min`, `options.2.price`. */
export function mistakesIn(draft: GroupDraft): Record<string, string> {
  const found: Record<string, string> = {};
  if (draft.name.trim() === '' || draft.name.trim().length > 80) found['name'] = words.name;
  for (const field of ['min', 'free'] as const) if (!isWhole(draft[field])) found[field] = words.number;
  if (draft.max.trim() !== '' && (!isWhole(draft.max) || Number(draft.max) < 1)) found['max'] = words.number;
  if (draft.options.length === 0) found['options'] = words.options;
  for (const [at, option] of draft.options.entries()) {
    if (option.name.trim() === '') found[`options.${at}.name`] = words.name;
    if (signed(option.price) === null) found[`options.${at}.price`] = words.price;
    if (!isWhole(option.most) || Number(option.most) < 1) found[`options.${at}.max_quantity`] = words.number;
  }
  return found;
}

/** The group as it is sent. What the editor does not show of an option stays as it was. */
export function bodyOf(draft: GroupDraft): z.input<typeof GroupBody> {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    min: Number(draft.min),
    max: draft.max.trim() === '' ? null : Number(draft.max),
    free_count: Number(draft.free),
    active: draft.active,
    options: draft.options.map((option) => {
      const before = draft.seen?.options.find(({ id }) => id === option.id);
      return {
        ...(option.id === '' ? {} : { id: option.id }),
        ...(before === undefined
          ? {}
          : {
              kitchen_name: before.kitchen_name,
              prices_by_size: before.prices_by_size,
            }),
        name: option.name.trim(),
        price: signed(option.price) ?? 0,
        max_quantity: Number(option.most),
        is_default: option.isDefault,
        nested_group_id: option.opens === '' ? null : option.opens,
        allergens: [...option.allergens],
      };
    }),
  };
}

type Change = z.input<typeof ChangeGroupBody>;

/** Back to what it was. An option that had left the menu comes back as a new one. */
export function wayBack(before: Group, after: Group): Change {
  const still = new Set(after.options.map(({ id }) => id));
  const { options, ...same } = bodyOf(draftOf(before));
  return {
    ...same,
    options: options.map(({ id, ...option }) =>
      id !== undefined && still.has(String(id)) ? { id, ...option } : option,
    ),
    seen: after,
  };
}

/** Whether two states of a group say the same; what can be had tonight is no part of it. */
export const isSame = (one: Group, other: Group): boolean =>
  JSON.stringify(draftOf(one).options) === JSON.stringify(draftOf(other).options) &&
  JSON.stringify({ ...bodyOf(draftOf(one)), options: null }) ===
    JSON.stringify({ ...bodyOf(draftOf(other)), options: null });

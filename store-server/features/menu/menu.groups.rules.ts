import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';
import { DEEPEST_LEVEL } from './menu.pricing.rules.ts';
import type { GroupKind } from './menu.types.ts';

export interface DraftOption {
  readonly maxQuantity: number;
  readonly isDefault: boolean;
  readonly nestedGroupId: string | null;
}

/** A group as it would be after the change. */
export interface DraftGroup {
  readonly kind: GroupKind;
  readonly min: number;
  readonly max: number | null;
  readonly freeCount: number;
  readonly options: readonly DraftOption[];
}

/** What a group takes when nobody says otherwise: a size or choice exactly one, extras and removals any number. */
export const usualCounts = (kind: GroupKind): { readonly min: number; readonly max: number | null } =>
  kind === 'size' || kind === 'choice' ? { min: 1, max: 1 } : { min: 0, max: null };

const wrong = (field: string, reason: string): Verdict => refuse('VALIDATION_ERROR', { field, reason });

/** Whether a group makes sense by itself, so that a guest can satisfy it. */
export function canBeGroup(group: DraftGroup): Verdict {
  const { kind, min, max, freeCount, options } = group;
  if (kind === 'size') {
    if (min !== 1 || max !== 1) return wrong('min', 'A size group takes exactly one.');
    if (freeCount > 0) return wrong('free_count', 'A size cannot be free of charge.');
    if (options.some((option) => option.maxQuantity > 1)) return wrong('options', 'A size is picked once.');
    if (options.some((option) => option.nestedGroupId !== null)) return wrong('options', 'A size opens no choices.');
  }
  if (max !== null && min > max) return wrong('min', 'The least is more than the most.');
  if (max !== null && freeCount > max) return wrong('free_count', 'More is free than can be picked.');
  const possible = options.reduce((sum, option) => sum + option.maxQuantity, 0);
  if (possible < min) return wrong('options', 'There are fewer options than have to be picked.');
  const defaults = options.filter((option) => option.isDefault).length;
  if (max !== null && defaults > max) return wrong('options', 'More options are default than can be picked.');
  if (defaults > 0 && defaults < min) return wrong('options', 'The default picks are fewer than have to be picked.');
  return allowed;
}

/** Which groups each group opens. */
export type Nesting = ReadonlyMap<string, { readonly kind: GroupKind; readonly opens: readonly string[] }>;

/** Whether no group leads back to itself or opens choices too deep to be tapped or printed. */
export function canNest(groups: Nesting): Verdict {
  const levels = new Map<string, number>();
  const measure = (id: string, path: readonly string[]): number => {
    if (path.includes(id)) return Number.POSITIVE_INFINITY;
    const known = levels.get(id);
    if (known !== undefined) return known;
    const level = 1 + Math.max(0, ...(groups.get(id)?.opens ?? []).map((next) => measure(next, [...path, id])));
    levels.set(id, level);
    return level;
  };
  for (const [id, { opens }] of groups) {
    if (opens.some((next) => groups.get(next)?.kind === 'size')) {
      return wrong('options', 'A size belongs to the dish itself, not under another choice.');
    }
    const level = measure(id, []);
    if (level === Number.POSITIVE_INFINITY) return wrong('options', 'These choices would open each other for ever.');
    if (level > DEEPEST_LEVEL)
      return wrong('options', `Choices can open choices ${DEEPEST_LEVEL} levels deep at most.`);
  }
  return allowed;
}

/** Whether a product can offer these groups together. */
export function canOffer(groups: readonly { readonly id: string; readonly kind: GroupKind }[]): Verdict {
  if (new Set(groups.map(({ id }) => id)).size < groups.length) {
    return wrong('modifier_group_ids', 'A group can be asked only once.');
  }
  if (groups.filter(({ kind }) => kind === 'size').length > 1) {
    return wrong('modifier_group_ids', 'A product has one group of sizes at most.');
  }
  return allowed;
}

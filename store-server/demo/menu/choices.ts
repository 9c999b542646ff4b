import type { Allergen } from '#contract/allergens.ts';
import { drinkChoices } from './choices-drinks.ts';
import { foodChoices } from './choices-food.ts';
import { sideChoices } from './choices-sides.ts';

export interface DemoOption {
  readonly name: string;
  readonly kitchen?: string;
  /** Pence on top of the dish; 0 if left out. */
  readonly price?: number;
  /** Pence where they differ by size: by the name of the size in the group that `sizesOf` names. */
  readonly bySize?: Readonly<Record<string, number>>;
  readonly most?: number;
  readonly usual?: true;
  readonly allergens?: readonly Allergen[];
  /** The group that this opens. */
  readonly opens?: string;
}

export interface DemoGroup {
  readonly name: string;
  readonly kind: 'size' | 'choice' | 'extra' | 'removal';
  readonly min?: number;
  readonly max?: number;
  readonly free?: number;
  readonly sizesOf?: string;
  readonly options: readonly DemoOption[];
}

/** Every group of choices. One that another opens, or takes its sizes from, stands before it. */
export const choices = { ...sideChoices, ...foodChoices, ...drinkChoices };

export type GroupKey = keyof typeof choices;

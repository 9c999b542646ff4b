import type { Allergen } from '#contract/allergens.ts';
import type { GroupKey } from './choices.ts';

export type StationKey = 'grill' | 'kitchen' | 'cold' | 'bar';

interface More {
  /** What the kitchen reads, where the menu's words are too long for a ticket. */
  readonly kitchen?: string;
  readonly diet?: readonly string[];
  readonly choices?: readonly GroupKey[];
  readonly station?: StationKey;
  /** Further stations that have a hand in it. */
  readonly also?: readonly StationKey[];
  readonly barcode?: string;
  readonly prep?: number;
}

export interface DemoDish extends More {
  readonly name: string;
  /** Pence, VAT included. */
  readonly price: number;
  readonly allergens: readonly Allergen[];
  readonly about: string;
}

export interface DemoCategory {
  readonly name: string;
  readonly color: string;
  /** 0 drinks, 1 starters, 2 mains, 3 desserts. */
  readonly course: number;
  readonly station: StationKey;
  /** Basis points; the standard rate where it says nothing. */
  readonly vatBps?: number;
  /** Minutes that a dish of it usually takes. */
  readonly prep: number;
  readonly dishes: readonly DemoDish[];
}

/** One line of the menu. */
export const dish = (
  name: string,
  price: number,
  allergens: readonly Allergen[],
  about: string,
  more: More = {},
): DemoDish => ({ name, price, allergens, about, ...more });

export const vegetarian = ['vegetarian'] as const;
export const vegan = ['vegetarian', 'vegan'] as const;

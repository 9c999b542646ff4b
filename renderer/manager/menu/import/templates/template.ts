import type { Allergen } from '#contract/allergens.ts';

export interface TemplateDish {
  readonly name: string;
  /** Pounds, VAT included. */
  readonly price: number;
  readonly about?: string;
  readonly allergens: readonly Allergen[];
  /** What the kitchen reads, where the name is long. */
  readonly kitchen?: string;
  /** Basis points, where it differs from what is eaten in. */
  readonly vat?: number;
}

export interface TemplateCategory {
  readonly name: string;
  /** 0 drinks, 1 starters, 2 mains, 3 desserts. */
  readonly course: number;
  readonly color: string;
  readonly station: string;
  readonly dishes: readonly TemplateDish[];
}

export interface Template {
  readonly id: 'taqueria' | 'cafe' | 'pub';
  readonly categories: readonly TemplateCategory[];
}

/** Food and drink consumed on the premises: Value Added Tax Act 1994, Schedule 8, Group 1, note 3. Basis points. */
export const EATEN_IN = 2_000;
/** Food to cook at home, such as coffee beans: the same Group 1. Basis points. */
export const TAKEN_HOME = 0;

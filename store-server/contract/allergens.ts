import { z } from 'zod';

/** The fourteen that must be declared: Annex II of Regulation (EU) No 1169/2011, kept in United Kingdom law. */
export const allergens = [
  'celery',
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'lupin',
  'milk',
  'molluscs',
  'mustard',
  'nuts',
  'peanuts',
  'sesame',
  'soya',
  'sulphites',
] as const;

export const Allergen = z.enum(allergens);
export type Allergen = z.output<typeof Allergen>;

/** A set of allergens, in any order and without repeats. */
export const Allergens = z
  .array(Allergen)
  .max(28)
  .transform((list) => [...new Set(list)]);

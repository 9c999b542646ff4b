import type { Mapping } from './columns.rules.ts';
import type { Cells } from './file.rules.ts';
import { cafe } from './templates/cafe.ts';
import { pub } from './templates/pub.ts';
import { taqueria } from './templates/taqueria.ts';
import { EATEN_IN, type Template } from './templates/template.ts';

export const templates: readonly Template[] = [taqueria, cafe, pub];

export const dishesOf = ({ categories }: Template): number =>
  categories.reduce((all, { dishes }) => all + dishes.length, 0);

const mapping: Mapping = ['category', 'name', 'price', 'vat', 'station', 'kitchen', 'description', 'allergens'];

/** A template as the table that a file would have been. */
export const tableOf = ({ categories }: Template): { readonly cells: Cells; readonly mapping: Mapping } => ({
  mapping,
  cells: categories.flatMap(({ name: category, station, dishes }) =>
    dishes.map(({ name, price, vat = EATEN_IN, kitchen = '', about = '', allergens }) => [
      category,
      name,
      price.toFixed(2),
      `${vat / 100} %`,
      station,
      kitchen,
      about,
      allergens.join(', '),
    ]),
  ),
});

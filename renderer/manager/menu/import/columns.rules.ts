import { priceOf } from './cells.rules.ts';
import { type Cells, type FileRead, fileLimits } from './file.rules.ts';

/** What a column of the file can be. */
export const fields = ['name', 'price', 'category', 'vat', 'station', 'kitchen', 'description', 'allergens'] as const;
export type Field = (typeof fields)[number];
/** By column; null is not brought in. */
export type Mapping = readonly (Field | null)[];

/** Headings as menus have them, most telling first. Compared without capitals, blanks and signs. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  name: [
    'name',
    'dish',
    'item',
    'product',
    'itemname',
    'dishname',
    'productname',
    'title',
    'menuitem',
    'plate',
    'article',
  ],
  price: [
    'price',
    'cost',
    'amount',
    'pricegbp',
    'unitprice',
    'sellingprice',
    'saleprice',
    'listprice',
    'pricegross',
    'gbp',
  ],
  category: ['category', 'section', 'group', 'menusection', 'course', 'type', 'department', 'menu', 'categories'],
  vat: ['vat', 'tax', 'vatrate', 'taxrate', 'taxclass', 'vatcode'],
  station: ['station', 'kitchenstation', 'prepstation', 'preparedat', 'printer', 'kitchen'],
  kitchen: ['kitchenname', 'shortname', 'ticketname', 'printname', 'kitchenticket'],
  description: ['description', 'about', 'details', 'ingredients', 'text'],
  allergens: ['allergens', 'allergen', 'contains', 'allergies', 'allergy', 'allergeninfo'],
};

const plain = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

/** How well a heading names a field: 0 exactly, then by its place; null for not at all. */
function rankOf(heading: string, field: Field): number | null {
  const given = plain(heading);
  if (given === '') return null;
  const exact = headings[field].indexOf(given);
  if (exact >= 0) return exact;
  const within = headings[field].findIndex((word) => word.length > 3 && given.includes(word));
  return within < 0 ? null : 100 + within;
}

/** What each heading says its column is; each field once, the best fit first. */
function byHeadings(line: readonly string[]): Mapping {
  const fits = line
    .flatMap((heading, column) =>
      fields.flatMap((field) => {
        const rank = rankOf(heading, field);
        return rank === null ? [] : [{ column, field, rank }];
      }),
    )
    .sort((a, b) => a.rank - b.rank || a.column - b.column);
  const mapping: (Field | null)[] = line.map(() => null);
  for (const { column, field } of fits) {
    if (mapping[column] === null && !mapping.includes(field)) mapping[column] = field;
  }
  return mapping;
}

/** A table without headings: the column that is mostly prices, and the first of words before or after it. */
function byContent(cells: Cells): Mapping {
  const columns = (cells[0] ?? []).map((_, column) =>
    cells.map((line) => line[column] ?? '').filter((cell) => cell !== ''),
  );
  const share = (column: readonly string[], test: (cell: string) => boolean): number =>
    column.length === 0 ? 0 : column.filter(test).length / column.length;
  const isPrice = (cell: string): boolean => 'pounds' in priceOf(cell);
  const price = columns.findIndex((column) => share(column, isPrice) > 0.6);
  const isWords = (cell: string): boolean => /\p{L}/u.test(cell);
  const words = columns.flatMap((column, at) => (at !== price && share(column, isWords) > 0.6 ? [at] : []));
  // Where two columns of words come first, the one with fewer different ones is the category.
  const different = (at: number): number => new Set(columns[at]).size;
  const [first, second] = words;
  const isCategoryFirst = first !== undefined && second !== undefined && different(first) * 2 <= different(second);
  return columns.map((_, at) => {
    if (at === price) return 'price';
    if (at === (isCategoryFirst ? second : first)) return 'name';
    return isCategoryFirst && at === first ? 'category' : null;
  });
}

/** Whether the first line names the columns, and what each column is as far as that can be told. */
export function guessColumns(cells: Cells): { readonly header: boolean; readonly mapping: Mapping } {
  const first = cells[0] ?? [];
  const named = byHeadings(first);
  const header =
    named.some((field) => field === 'name' || field === 'price') && !first.some((cell) => 'pounds' in priceOf(cell));
  return header ? { header, mapping: named } : { header, mapping: byContent(cells) };
}

/** A column becomes something; a field stands in one column only. */
export const withColumn = (mapping: Mapping, column: number, field: Field | null): Mapping =>
  mapping.map((has, at) => (at === column ? field : has === field && field !== null ? null : has));

/** What was read as a table with its columns, or why that is none. */
export function tableIn(read: FileRead) {
  if ('trouble' in read) return read;
  const { cells } = read;
  const { header, mapping } = guessColumns(cells);
  const lines = cells.length - Number(header);
  if (lines === 0) return { trouble: 'empty' as const };
  return lines > fileLimits.lines ? { trouble: 'tooManyRows' as const } : { cells, header, mapping };
}

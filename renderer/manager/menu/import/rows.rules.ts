import type { Allergen } from '#contract/allergens.ts';
import { importLimits } from '#contract/menu-import.ts';
import { byName, sameDish, sameName } from '#contract/same-name.ts';
import { allergensOf, type Note, type PriceTrouble, priceOf, rateOf } from './cells.rules.ts';
import type { Field, Mapping } from './columns.rules.ts';
import type { Cells } from './file.rules.ts';

export type Trouble =
  | PriceTrouble
  | 'nameMissing'
  | 'nameTooLong'
  | 'nameFormula'
  | 'categoryTooLong'
  | 'vatUnclear'
  | 'stationTooLong'
  | 'kitchenTooLong'
  | 'descriptionTooLong'
  | 'allergenUnknown'
  | 'twice';

/** What is wrong with one field of a line, so that it can be mended there. */
export interface Problem {
  readonly field: Field;
  readonly trouble: Trouble;
  /** The words nobody understands, or the line that has the dish already. */
  readonly about?: string;
}

export interface DishRead {
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly vat_bps?: number;
  readonly kitchen_name?: string;
  readonly description?: string;
  readonly allergens?: Allergen[];
  readonly station?: string;
}

/** One line of the file as it will come in. */
export interface Row {
  /** Its place among the cells, from 0. */
  readonly at: number;
  readonly text: Readonly<Record<Field, string>>;
  readonly notes: readonly { readonly field: Field; readonly note: Note }[];
  readonly problems: readonly Problem[];
  /** Null while there are problems. */
  readonly dish: DishRead | null;
}

/** What somebody typed over a line's fields, by the line's place. */
export type Typed = Readonly<Record<number, Partial<Record<Field, string>>>>;

export interface Table {
  readonly cells: Cells;
  readonly header: boolean;
  readonly mapping: Mapping;
  readonly typed: Typed;
  /** Where a dish stands whose line and those above name no category. */
  readonly category: string;
}

const empty: Readonly<Record<Field, string>> = {
  name: '',
  price: '',
  category: '',
  vat: '',
  station: '',
  kitchen: '',
  description: '',
  allergens: '',
};

function textsOf({ cells, mapping, typed }: Table, at: number): Record<Field, string> {
  const found = { ...empty };
  for (const [column, field] of mapping.entries()) if (field !== null) found[field] = cells[at]?.[column] ?? '';
  return { ...found, ...typed[at] };
}

const tooLong = (text: string, most: number, field: Field, trouble: Trouble): Problem[] =>
  text.length > most ? [{ field, trouble }] : [];

function readRow(at: number, text: Record<Field, string>, asAbove: boolean): Row {
  const problems: Problem[] = [];
  const notes: { field: Field; note: Note }[] = asAbove ? [{ field: 'category', note: 'asAbove' }] : [];
  if (text.name === '') problems.push({ field: 'name', trouble: 'nameMissing' });
  // A sum of a spreadsheet that was saved as its formula is no dish.
  else if (/^[=@]|^[+-]\s*[\d=(]/.test(text.name)) problems.push({ field: 'name', trouble: 'nameFormula' });
  problems.push(
    ...tooLong(text.name, importLimits.name, 'name', 'nameTooLong'),
    ...tooLong(text.category, importLimits.name, 'category', 'categoryTooLong'),
    ...tooLong(text.station, importLimits.station, 'station', 'stationTooLong'),
    ...tooLong(text.kitchen, importLimits.kitchenName, 'kitchen', 'kitchenTooLong'),
    ...tooLong(text.description, importLimits.description, 'description', 'descriptionTooLong'),
  );
  const price = priceOf(text.price);
  if ('trouble' in price) problems.push({ field: 'price', trouble: price.trouble });
  else if (price.note !== undefined) notes.push({ field: 'price', note: price.note });
  const rate = text.vat === '' ? undefined : rateOf(text.vat);
  if (rate === null) problems.push({ field: 'vat', trouble: 'vatUnclear' });
  else if (rate?.note !== undefined) notes.push({ field: 'vat', note: rate.note });
  const { known, unknown } = allergensOf(text.allergens);
  if (unknown.length > 0) problems.push({ field: 'allergens', trouble: 'allergenUnknown', about: unknown.join(', ') });
  if (problems.length > 0 || 'trouble' in price || rate === null) return { at, text, notes, problems, dish: null };
  const dish: DishRead = {
    name: text.name,
    category: text.category,
    price: price.pounds,
    ...(rate === undefined ? {} : { vat_bps: rate.bps }),
    ...(text.kitchen === '' ? {} : { kitchen_name: text.kitchen }),
    ...(text.description === '' ? {} : { description: text.description }),
    ...(text.allergens === '' ? {} : { allergens: known }),
    ...(text.station === '' ? {} : { station: text.station }),
  };
  return { at, text, notes, problems, dish };
}

/** A line with one word or two and nothing else is the heading of what follows: TACOS. */
const isHeading = (line: readonly string[], text: Readonly<Record<Field, string>>): boolean =>
  text.name !== '' &&
  line.filter((cell) => cell !== '').length === 1 &&
  Object.values(text).filter(Boolean).length === 1;

/** Every line of the table as a dish, or with what is wrong about it. */
export function readRows(table: Table): Row[] {
  const { cells, header, mapping, typed } = table;
  const hasCategories = mapping.includes('category');
  const firstLine = new Map<string, number>();
  let above: string | null = null;
  return cells.flatMap((line, at): Row[] => {
    if (header && at === 0) return [];
    const text = textsOf(table, at);
    if (!hasCategories && typed[at] === undefined && isHeading(line, text)) {
      above = text.name;
      return [];
    }
    const own = text.category;
    const category = own === '' ? (above ?? table.category) : own;
    if (hasCategories && own !== '') above = own;
    const row = readRow(at, { ...text, category }, hasCategories && own === '' && above !== null);
    if (row.dish === null) return [row];
    const key = sameDish(row.dish.category, row.dish.name);
    const before = firstLine.get(key);
    if (before === undefined) {
      firstLine.set(key, at);
      return [row];
    }
    const twice: Problem = { field: 'name', trouble: 'twice', about: String(before + 1) };
    return [{ ...row, problems: [twice], dish: null }];
  });
}

/** A dish that is there already. */
export interface Known {
  readonly name: string;
  readonly category: string;
  /** On the menu, and its category too. */
  readonly active: boolean;
  readonly price: number;
  readonly vat_bps: number;
  readonly kitchen_name: string | null;
  readonly description: string | null;
  readonly allergens: readonly string[];
  /** Names of the stations that cook it. */
  readonly stations: readonly string[];
}

export type Fate = 'new' | 'update' | 'same' | 'problem';

/** What a line will do to the menu as it is: the server decides the same by category and name. */
export function fateFinder(menu: readonly Known[]): (row: Row) => { fate: Fate; was?: Known } {
  const known = byName(menu, ({ category, name }) => sameDish(category, name));
  return ({ dish }) => {
    if (dish === null) return { fate: 'problem' };
    const was = known.get(sameDish(dish.category, dish.name));
    // One that was taken off comes onto the menu again.
    if (was === undefined || !was.active) return { fate: 'new' };
    const isSame =
      was.price === dish.price &&
      (dish.vat_bps ?? was.vat_bps) === was.vat_bps &&
      (dish.kitchen_name ?? was.kitchen_name) === was.kitchen_name &&
      (dish.description ?? was.description) === was.description &&
      (dish.allergens === undefined || sorted(dish.allergens) === sorted(was.allergens)) &&
      (dish.station === undefined || was.stations.some((name) => sameName(name) === sameName(dish.station as string)));
    return { fate: isSame ? 'same' : 'update', was };
  };
}

const sorted = (list: readonly string[]): string => [...list].sort().join();

/** Names that stand in the list and are not there yet, as they are first written. */
export function freshNames(wanted: readonly (string | undefined)[], there: readonly string[]): string[] {
  const seen = new Set(there.map(sameName));
  const fresh: string[] = [];
  for (const name of wanted) {
    if (name === undefined || seen.has(sameName(name))) continue;
    seen.add(sameName(name));
    fresh.push(name);
  }
  return fresh;
}

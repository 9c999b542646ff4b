import type { Allergen } from '#contract/allergens.ts';
import { pounds } from '#ui/format.ts';
import type { Dish, Field } from './edits.rules.ts';
import { texts } from './menu.texts.ts';

/** What can stand in the cells that offer a choice. */
export interface Choices {
  readonly categories: readonly { readonly id: number; readonly name: string; readonly station_id: string | null }[];
  /** Those that are out of use too: dishes may still point at them. */
  readonly stations: readonly { readonly id: string; readonly name: string; readonly active: boolean }[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** Basis points. */
  readonly rates: readonly number[];
}

export const gridFields = ['name', 'price', 'category_id', 'vat_bps', 'station_id'] as const;
export type GridField = (typeof gridFields)[number];
type Read = { readonly value: unknown } | { readonly mistake: string };

const MOST_POUNDS = 100_000;
const fold = (text: string): string => text.trim().toLowerCase();

/** Typed pounds, with or without the sign; a comma is a decimal point. Null for what is no amount. */
export function poundsOf(text: string): number | null {
  const plain = text.trim().replace(/^£\s*/, '').replace(',', '.');
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return null;
  const amount = Number(plain);
  return amount <= MOST_POUNDS ? amount : null;
}

/** The stations that a dish can be given. */
export const inUse = ({ stations }: Choices): Choices['stations'] => stations.filter(({ active }) => active);

/** What somebody typed or pasted into a cell. */
export function readCell(field: GridField, text: string, choices: Choices): Read {
  const typed = text.trim();
  const mistake = { mistake: texts.mistakes[field] };
  switch (field) {
    case 'name':
      return typed.length >= 1 && typed.length <= 80 ? { value: typed } : mistake;
    case 'price': {
      const amount = poundsOf(typed);
      return amount === null ? mistake : { value: amount };
    }
    case 'vat_bps': {
      const rate = /^(\d{1,3}(?:[.,]\d{1,2})?)\s*%?$/.exec(typed)?.[1]?.replace(',', '.');
      const bps = rate === undefined ? Number.NaN : Math.round(Number(rate) * 100);
      return bps >= 0 && bps <= 10_000 ? { value: bps } : mistake;
    }
    case 'category_id': {
      const found = choices.categories.find(({ name }) => fold(name) === fold(typed));
      return found === undefined ? mistake : { value: found.id };
    }
    case 'station_id': {
      if (typed === '' || fold(typed).startsWith(fold(texts.cells.asCategory))) return { value: null };
      const found = inUse(choices).find(({ name }) => fold(name) === fold(typed));
      return found === undefined ? mistake : { value: found.id };
    }
  }
}

const named = (list: readonly { readonly id: unknown; readonly name: string }[], id: unknown): string =>
  list.find((one) => one.id === id)?.name ?? texts.cells.none;

/** A value of a dish in words, as its cell shows it. */
export function inWords(field: Field, value: unknown, choices: Choices): string {
  switch (field) {
    case 'name':
      return String(value);
    case 'price':
      return pounds(Number(value));
    case 'vat_bps':
      return `${Number(value) / 100} %`;
    case 'category_id':
      return named(choices.categories, value);
    case 'station_id':
      return value === null ? texts.cells.asCategory : named(choices.stations, value);
    case 'modifier_group_ids': {
      const ids = value as readonly string[];
      return ids.length === 0 ? texts.cells.none : ids.map((id) => named(choices.groups, id)).join(', ');
    }
    case 'allergens': {
      const chosen = value as readonly Allergen[];
      return chosen.length === 0 ? texts.cells.none : chosen.map((one) => texts.allergens.names[one]).join(', ');
    }
    case 'active':
      return value === true ? texts.cells.yes : texts.cells.no;
  }
}

/** As many codes as a cell has room for. */
const MOST_CODES = 4;

/** Allergens as short as a cell is; how many more there are is said, and not cut off. */
export function inCodes(chosen: readonly Allergen[]): string {
  if (chosen.length === 0) return texts.cells.noAllergens;
  const shown = chosen.length > MOST_CODES ? chosen.slice(0, MOST_CODES - 1) : chosen;
  const codes = shown.map((one) => texts.allergens.codes[one]).join(' ');
  return shown.length === chosen.length ? codes : texts.cells.moreAllergens(codes, chosen.length - shown.length);
}

/** How a cell's value is typed: without the pound sign. */
export const asTyped = (field: GridField, value: unknown, choices: Choices): string =>
  field === 'price'
    ? Number(value).toFixed(2)
    : field === 'vat_bps'
      ? String(Number(value) / 100)
      : inWords(field, value, choices);

/** What a choice cell offers; null for a cell that is typed. */
export function offered(field: GridField, choices: Choices): readonly string[] | null {
  if (field === 'category_id') return choices.categories.map(({ name }) => name);
  if (field === 'station_id') return [texts.cells.asCategory, ...inUse(choices).map(({ name }) => name)];
  if (field === 'vat_bps') return choices.rates.map((bps) => `${bps / 100} %`);
  return null;
}

/** Where a dish is made in words, with what its category says where it has no station of its own. */
export function stationInWords(dish: Dish, station: unknown, category: unknown, choices: Choices): string {
  if (station !== null) return named(choices.stations, station);
  const own = choices.categories.find(({ id }) => id === category)?.station_id ?? null;
  const known =
    own ?? (category === dish.category_id && dish.station_id === null ? dish.effective_station_ids[0] : null);
  return known == null ? texts.cells.asCategory : texts.cells.asCategoryIs(named(choices.stations, known));
}

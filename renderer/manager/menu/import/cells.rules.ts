import { type Allergen, allergens } from '#contract/allergens.ts';

/** What was made of a cell that says something else than what is taken from it. */
export type Note = 'comma' | 'pence' | 'thousands' | 'fraction' | 'asAbove';
export type PriceTrouble = 'priceMissing' | 'priceUnclear' | 'priceTooHigh';

const MOST_POUNDS = 100_000;
/** What people write where there is no price. */
const nothing = /^(?:[-–—?.]+|n\/?a|tbc|tba|poa|market(?: price)?)?$/i;

/** A price as menus have it, in pounds with two places. "5,50" is a price of 5.50, "1,250" one of 1250. */
export function priceOf(cell: string): { pounds: number; note?: Note } | { trouble: PriceTrouble } {
  const typed = cell.trim();
  if (nothing.test(typed)) return { trouble: 'priceMissing' };
  const figure = typed.replace(/^(?:£|gbp)\s*|\s*(?:£|gbp)$/gi, '').trim();
  const pence = /^(\d{1,5})\s*p$/i.exec(figure);
  const read = pence === null ? inPounds(figure) : { pounds: Number(pence[1]) / 100, note: 'pence' as const };
  if (read === null) return { trouble: 'priceUnclear' };
  return read.pounds > MOST_POUNDS ? { trouble: 'priceTooHigh' } : read;
}

function inPounds(figure: string): { pounds: number; note?: Note } | null {
  if (/^\d+(?:\.\d{1,2})?$/.test(figure)) return { pounds: Number(figure) };
  // Spreadsheets write 5.5 as 5.50, and some as 5.5000.
  if (/^\d+\.\d{2}0+$/.test(figure)) return { pounds: Number(figure) };
  if (/^\d+,\d{1,2}$/.test(figure)) return { pounds: Number(figure.replace(',', '.')), note: 'comma' };
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/.test(figure))
    return { pounds: Number(figure.replaceAll(',', '')), note: 'thousands' };
  return null;
}

const rates: readonly (readonly [RegExp, number])[] = [
  [/^(?:standard|std|s|t1)(?:\s*rate(?:d)?)?$/i, 2_000],
  [/^(?:reduced|red|r|t5)(?:\s*rate(?:d)?)?$/i, 500],
  [/^(?:zero|z|exempt|none|no|e|t0)(?:[\s-]*rate(?:d)?)?$/i, 0],
];

/** A VAT rate in basis points; null for what is none. "20", "20 %", 0.2 as spreadsheets keep it, or its name. */
export function rateOf(cell: string): { bps: number; note?: Note } | null {
  const typed = cell.trim().replace(/^(?:vat|tax)\s*/i, '');
  const named = rates.find(([words]) => words.test(typed));
  if (named !== undefined) return { bps: named[1] };
  const figure = /^(\d{1,3}(?:[.,]\d{1,4})?)\s*(%?)/.exec(typed);
  const rest = figure === null ? typed : typed.slice(figure[0].length).trim();
  if (figure === null || !/^(?:vat)?$/i.test(rest)) return null;
  const value = Number(figure[1]?.replace(',', '.'));
  const isFraction = figure[2] === '' && value > 0 && value < 1;
  const bps = Math.round(value * (isFraction ? 10_000 : 100));
  if (bps > 10_000) return null;
  return isFraction ? { bps, note: 'fraction' } : { bps };
}

/** What menus call the fourteen besides their names. */
const synonyms: Readonly<Record<Allergen, readonly string[]>> = {
  celery: ['ce', 'celeriac'],
  gluten: ['gl', 'wheat', 'cereals', 'cereals containing gluten', 'barley', 'rye', 'oats', 'spelt'],
  crustaceans: ['cr', 'crustacean', 'prawn', 'prawns', 'crab', 'lobster'],
  eggs: ['eg', 'egg'],
  fish: ['fi'],
  lupin: ['lu', 'lupins'],
  milk: ['mi', 'dairy', 'lactose', 'cheese', 'butter', 'cream'],
  molluscs: ['mo', 'mollusc', 'mollusks', 'squid', 'mussels', 'oysters'],
  mustard: ['mu'],
  nuts: ['nu', 'nut', 'tree nuts', 'tree nut', 'almond', 'almonds', 'walnuts', 'hazelnuts', 'pistachio'],
  peanuts: ['pe', 'peanut', 'groundnuts'],
  sesame: ['se', 'sesame seeds'],
  soya: ['so', 'soy', 'soybeans', 'soybean'],
  sulphites: ['su', 'sulphite', 'sulfites', 'sulphur dioxide', 'so2'],
};
const byWord = new Map(allergens.flatMap((one) => [one, ...synonyms[one]].map((word) => [word, one] as const)));
const none = /^(?:[-–—]+|none|no|n\/?a|0)$/i;

/** The allergens of a cell, and the words that are none: what nobody understands must not be left out in silence. */
export function allergensOf(cell: string): { known: Allergen[]; unknown: string[] } {
  if (none.test(cell.trim())) return { known: [], unknown: [] };
  const words = cell
    .toLowerCase()
    .replace(/^contains:?\s*/, '')
    .split(/\s*(?:[,;/|+&•]|\band\b)\s*/)
    .map((word) => word.trim().replace(/\.$/, ''))
    .filter((word) => word !== '');
  const known = words.flatMap((word) => byWord.get(word) ?? []);
  return { known: [...new Set(known)], unknown: words.filter((word) => !byWord.has(word)) };
}

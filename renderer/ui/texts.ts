/**
 * A screen's texts stand together in one file, `<screen>.texts.ts`, as `catalogue({ … })`: plain sentences, or functions
 * of what they are about, so that a translation is one more such file.
 */
type Sentence = string | ((...about: never[]) => string);
export type Catalogue = { readonly [name: string]: Sentence | Catalogue };

/** Every text a third longer and accented, to see what a wordier language does to a layout: `?longer` in the address. */
const longer = new URLSearchParams(location.search).has('longer') || sessionStorage.getItem('fynlo.longer') === '1';
if (longer) sessionStorage.setItem('fynlo.longer', '1');

const accents: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', O: 'Ó' };

function stretch(text: string): string {
  const accented = [...text].map((letter) => accents[letter] ?? letter).join('');
  const words = accented.split(' ');
  return [...words, ...words.slice(0, Math.ceil(words.length * 0.3))].join(' ');
}

function stretched(entry: Sentence | Catalogue): Sentence | Catalogue {
  if (typeof entry === 'string') return stretch(entry);
  if (typeof entry === 'function') return (...about: never[]) => stretch(entry(...about));
  return Object.fromEntries(Object.entries(entry).map(([name, part]) => [name, stretched(part)]));
}

export const catalogue = <Texts extends Catalogue>(texts: Texts): Texts =>
  longer ? (stretched(texts) as Texts) : texts;

/** "1 table", "14 tables". */
export const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

import Papa from 'papaparse';
import { importLimits } from '#contract/menu-import.ts';

/** Why nothing can be read from what was given. */
export type FileTrouble = 'empty' | 'excel' | 'notText' | 'tooBig' | 'tooManyRows' | 'tooManyColumns';

/** Lines of a table, each as its cells; no line is quite empty. */
export type Cells = readonly (readonly string[])[];
export type FileRead = { readonly cells: Cells } | { readonly trouble: FileTrouble };

/** What a list of as many dishes as can come in at once needs, and no more. */
export const fileLimits = { bytes: 400 * 1024, lines: importLimits.dishes, columns: 60 } as const;
/** Its headings are one more. */
const MOST_ROWS = fileLimits.lines + 1;

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Excel’s own files: a zip archive since 2007, a compound document before. */
const isExcel = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0);

/**
 * The text of a file as Excel and others write it: UTF-8 with or without its mark, UTF-16 with it, else Windows-1252.
 * Null for what is no text.
 */
export function textOf(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d) || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    // Pictures and archives decode to anything; a menu has no control characters.
    const odd = [...text].filter((letter) => letter < ' ' && !'\t\r\n'.includes(letter)).length;
    return odd > 0 ? null : text;
  }
}

/** Control characters would only be seen on paper. */
const clean = (cell: string): string =>
  cell
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The cells of a text: commas, semicolons or tabs between them, quotes around them where needed. */
export function cellsOf(text: string): FileRead {
  const mark = /^\uFEFF?(?:sep=(.)\r?\n)?/.exec(text);
  const { data } = Papa.parse<string[]>(text.slice(mark?.[0].length ?? 0), {
    ...(mark?.[1] === undefined ? {} : { delimiter: mark[1] }),
    delimitersToGuess: ['\t', ';', ',', '|'],
    skipEmptyLines: 'greedy',
    preview: MOST_ROWS + 1,
  });
  const cells = data.map((line) => line.map(clean)).filter((line) => line.some((cell) => cell !== ''));
  if (cells.length === 0) return { trouble: 'empty' };
  if (cells.length > MOST_ROWS) return { trouble: 'tooManyRows' };
  const width = Math.max(...cells.map((line) => line.length));
  if (width > fileLimits.columns) return { trouble: 'tooManyColumns' };
  return { cells: cells.map((line) => [...line, ...Array<string>(width - line.length).fill('')]) };
}

/** The cells of a file’s bytes. */
export function readFile(bytes: Uint8Array): FileRead {
  if (bytes.length === 0) return { trouble: 'empty' };
  if (isExcel(bytes)) return { trouble: 'excel' };
  if (bytes.length > fileLimits.bytes) return { trouble: 'tooBig' };
  const text = textOf(bytes);
  return text === null ? { trouble: 'notText' } : cellsOf(text);
}

/** A line that a spreadsheet opens as text: what could be taken for a formula is quoted with an apostrophe. */
export const asCsv = (lines: Cells): string =>
  `\uFEFF${Papa.unparse(lines as string[][], { escapeFormulae: true, newline: '\r\n' })}\r\n`;

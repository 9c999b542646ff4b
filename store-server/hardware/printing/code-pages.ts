import CodepageEncoder, { type Codepage } from '@point-of-sale/codepage-encoder';
import type { CodePage, PrinterModel } from '../models/printer-models.ts';

export interface CodePageTable {
  /** Character to byte. Only bytes that print: the tables of IBM pages also map ← to 1B (ESC) and ► to 10 (DLE). */
  readonly bytes: ReadonlyMap<string, number>;
  /** Byte to character, the other way round. */
  readonly characters: readonly (string | undefined)[];
}

const tables = new Map<Codepage, CodePageTable>();

/** The printable half of a code page, made once. */
export function codePageTable(page: Codepage): CodePageTable {
  const known = tables.get(page);
  if (known) return known;
  const bytes = new Map<string, number>();
  const characters: (string | undefined)[] = [];
  CodepageEncoder.getCodepoints(page, true).forEach((codePoint, byte) => {
    if (!isPrintable(byte) || !codePoint || (byte >= 0x80 && codePoint < 0xa0)) return;
    const character = String.fromCodePoint(codePoint);
    if (!bytes.has(character)) bytes.set(character, byte);
    characters[byte] = character;
  });
  const table = { bytes, characters };
  tables.set(page, table);
  return table;
}

/** Bytes that put a character on paper; all others belong to commands. */
export function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f;
}

export interface TextRun {
  readonly codePage: CodePage;
  readonly bytes: Uint8Array;
}

/**
 * Text as runs of bytes, each in one code page. It stays in the page in use as long as that knows the character.
 * The second filter stands here, after the conversion: whatever a table says, no byte below 20 and no 7F leaves.
 */
export function encodeText(value: string, model: PrinterModel, inUse: CodePage): TextRun[] {
  const runs: { codePage: CodePage; bytes: number[] }[] = [];
  let current = inUse;
  for (const character of value) {
    const page = pageFor(character, model, current);
    const byte = page ? codePageTable(page.page).bytes.get(character) : undefined;
    current = page ?? current;
    let run = runs.at(-1);
    if (run?.codePage !== current) {
      run = { codePage: current, bytes: [] };
      runs.push(run);
    }
    run.bytes.push(byte !== undefined && isPrintable(byte) ? byte : 0x3f);
  }
  return runs.map(({ codePage, bytes }) => ({ codePage, bytes: Uint8Array.from(bytes) }));
}

function pageFor(character: string, model: PrinterModel, current: CodePage): CodePage | undefined {
  const knows = ({ page }: CodePage) => codePageTable(page).bytes.has(character);
  return knows(current) ? current : model.codePages.find(knows);
}

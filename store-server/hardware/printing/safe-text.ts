import type { PrinterModel } from '../models/printer-models.ts';
import { codePageTable } from './code-pages.ts';

/** Longer than any honest note; a ticket of a hundred pages is an attack on the paper roll. */
const maxTextLength = 2_000;

/** Keyboards write typographic signs by themselves (an iPad turns ' into ’) that few printers know. */
const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '*',
  '…': '...',
  '×': 'x',
  '⁄': '/',
};

/**
 * Whatever was typed, without anything that a printer, a terminal or an eye could take for more than characters:
 * no C0, C1 or DEL, no line or paragraph separators, no bidirectional or other invisible format marks, no lone surrogates.
 * White space becomes one kind of space, so that a note with line breaks stays readable.
 */
export function sanitiseText(typed: string): string {
  return typed
    .slice(0, maxTextLength)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+|\p{Zs}/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, '');
}

/**
 * The text as this model can print it, one character per cell: signs it lacks become their plain twin, letters with an
 * accent it lacks lose the accent, everything else becomes `?`. What comes out encodes without a surprise.
 */
export function printableText(typed: string, model: PrinterModel): string {
  let printable = '';
  for (const sign of sanitiseText(typed)) printable += printableSign(sign, model);
  return printable;
}

function printableSign(sign: string, model: PrinterModel): string {
  if (isKnown(sign, model)) return sign;
  const plain = plainSigns[sign];
  if (plain !== undefined) return plain;
  // A mark that found no letter to join would take a cell of its own.
  if (/^\p{M}$/u.test(sign)) return '';
  const bare = sign.normalize('NFD').charAt(0);
  return bare !== sign && isKnown(bare, model) ? bare : '?';
}

function isKnown(sign: string, model: PrinterModel): boolean {
  return model.codePages.some(({ page }) => codePageTable(page).bytes.has(sign));
}

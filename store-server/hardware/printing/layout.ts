import type { PrinterModel } from '../models/printer-models.ts';
import type { Align, Cell, TextSize, TicketPart } from './ports.ts';
import { printableText } from './safe-text.ts';

/** One line as it stands on paper: fits the width, holds only printable characters. */
export interface PrintLine {
  readonly text: string;
  readonly size: TextSize;
  readonly bold: boolean;
  readonly inverse: boolean;
  readonly align: Align;
}

type WordPart = Extract<TicketPart, { kind: 'text' | 'row' | 'rule' | 'allergy' | 'banner' | 'band' }>;

/** More lines than any part needs; a note cannot run the roll empty. */
const maxLinesPerPart = 60;

/** Cuts a part that consists of words into lines of the model's width. */
export function layOut(part: WordPart, model: PrinterModel): PrintLine[] {
  return linesOf(part, model).slice(0, maxLinesPerPart);
}

function linesOf(part: WordPart, model: PrinterModel): PrintLine[] {
  const { size = 'normal', bold = false, inverse = false } = styleOf(part);
  const width = widthIn(size, model);
  const style = { size, bold, inverse };
  switch (part.kind) {
    case 'text':
      return wrap(printableText(part.text, model), width).map((text) => ({
        ...style,
        text,
        align: part.align ?? 'left',
      }));
    case 'row':
      return setCells(part.cells, width, model).map((text) => ({ ...style, text, align: 'left' }));
    case 'rule':
      return [{ ...style, text: (part.style === 'double' ? '=' : '-').repeat(width), align: 'left' }];
    case 'allergy':
      // Padded to the edge: a band is seen across the kitchen, a black word is not.
      return ['ALLERGY', ...part.lines].flatMap((line) =>
        wrap(printableText(line, model), width - 2).map((text) => ({
          ...style,
          text: ` ${text}`.padEnd(width),
          align: 'left' as const,
        })),
      );
    case 'band':
      return wrap(printableText(part.text, model), width).map((text) => ({
        ...style,
        text: pad(text, width, 'centre'),
        align: 'left',
      }));
    case 'banner':
      return wrap(printableText(part.text, model), width - 8).map((text) => ({
        ...style,
        text: `*** ${text} ***`,
        align: 'centre',
      }));
  }
}

function styleOf(part: WordPart): { size?: TextSize; bold?: boolean; inverse?: boolean } {
  if (part.kind === 'allergy') return { size: 'double', bold: true, inverse: true };
  if (part.kind === 'band') return { size: part.size, bold: true, inverse: true };
  if (part.kind === 'banner') return { size: 'tall', bold: true };
  return part.kind === 'rule' ? {} : part;
}

const timesAsWide: Readonly<Record<TextSize, number>> = { normal: 1, tall: 1, wide: 2, double: 2, huge: 3 };

function widthIn(size: TextSize, model: PrinterModel): number {
  return Math.floor(model.columns / timesAsWide[size]);
}

/**
 * Words to lines of at most `width` characters; a word longer than a line is broken. Always at least one line.
 * What fits is left as it was written, and an indent holds for the lines beneath as well.
 */
export function wrap(value: string, width: number): string[] {
  if (value.length <= width) return [value.trimEnd()];
  const written = value.length - value.trimStart().length;
  const indent = ' '.repeat(written < width / 2 ? written : 0);
  const room = width - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of value.split(' ').filter((each) => each !== '')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= room) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > room) {
      lines.push(rest.slice(0, room));
      rest = rest.slice(room);
    }
    line = rest;
  }
  const wrapped = line === '' && lines.length > 0 ? lines : [...lines, line];
  return wrapped.map((each) => indent + each);
}

function setCells(cells: readonly Cell[], width: number, model: PrinterModel): string[] {
  const widths = cellWidths(cells, width);
  const wrapped = cells.map((cell, at) => {
    const room = widths[at] ?? 0;
    return room < 1 ? [] : wrap(printableText(cell.text, model), room).map((text) => pad(text, room, cell.align));
  });
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    wrapped.map((lines, cell) => lines[at] ?? ' '.repeat(widths[cell] ?? 0)).join(''),
  );
}

/** Fixed widths first, at most the line; the others share the rest, the earlier ones taking what is left over. */
function cellWidths(cells: readonly Cell[], width: number): number[] {
  let left = width;
  const fixed = cells.map((cell) => {
    if (cell.width === undefined) return undefined;
    const taken = Math.max(0, Math.min(Math.trunc(cell.width), left));
    left -= taken;
    return taken;
  });
  const sharing = fixed.filter((each) => each === undefined).length;
  let share = 0;
  return fixed.map((each) => each ?? Math.floor(left / sharing) + (share++ < left % sharing ? 1 : 0));
}

function pad(value: string, width: number, align: Align = 'left'): string {
  if (align === 'right') return value.padStart(width);
  if (align === 'centre') return value.padStart(value.length + Math.floor((width - value.length) / 2)).padEnd(width);
  return value.padEnd(width);
}

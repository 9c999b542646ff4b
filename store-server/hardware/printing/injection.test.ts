import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../lab/commands.ts';
import { interpret } from '../lab/interpreter.ts';
import { plainText } from '../lab/slip.ts';
import { printerModels } from '../models/printer-models.ts';
import { escpos } from './escpos.ts';
import type { Ticket } from './ports.ts';
import { sanitiseText } from './safe-text.ts';
import { allergyBand, banner, columns, cut, item, qr, row, text } from './ticket.ts';

const kicks = [
  '\x1bp\x00\x19\xfa',
  '{command:\\x1b\\x70\\x00\\x19\\xfa}',
  '←p\u0000',
  '►♦☺',
  '\x1dV\x00',
  '\x10\x14\x01',
];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      '←',
      '►',
      '◄',
      '♪',
      '♫',
      '⌂',
      '☺',
      '\x1b',
      '\x1d',
      '\x10',
      '\x7f',
      '\u0085',
      'p',
      'V',
      '\u2028',
      '\u202e',
    ),
    maxLength: 30,
  }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...kicks),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

/** A ticket of ours with the same words in every place where somebody's words can stand. */
const ticketAround = (words: string): Ticket => [
  ...allergyBand([words]),
  banner(words),
  text(words, { size: 'double', inverse: true, align: 'right' }),
  row(words, words),
  item(words, words, { size: 'tall', bold: true }),
  columns([
    { text: words, width: 9 },
    { text: words, align: 'centre' },
    { text: words, width: 5, align: 'right' },
  ]),
  qr(words),
  text('END'),
  cut(),
];

/** The template has no drawer pulse, one cut, and one QR code at most. */
const foreign = (commands: readonly Command[], hasKnife: boolean) => ({
  drawer: commands.filter((command) => command.kind === 'drawer').length,
  cuts: commands.filter((command) => command.kind === 'cut').length - (hasKnife ? 1 : 0),
  asks: commands.filter((command) => command.kind === 'askStatus').length,
  rasters: commands.filter((command) => command.kind === 'raster').length,
  resets: commands.filter((command) => command.kind === 'reset').length - (hasKnife ? 2 : 1),
});
const nothing = { drawer: 0, cuts: 0, asks: 0, rasters: 0, resets: 0 };

test('no words, in any place of a ticket, on any model, do more than print characters', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(...printerModels), (words, model) => {
      const { slips, unfinished, commands } = interpret(escpos(ticketAround(words), model), model);
      expect(foreign(commands, model.hasCutter)).toEqual(nothing);
      const paper = plainText(slips[0] ?? unfinished ?? { elements: [], cut: null });
      expect(paper).toContain('\nEND');
    }),
    { numRuns: 4_000 },
  );
});

test.each(kicks)('a note that is a drawer kick prints as a note: %j', (kick) => {
  for (const model of printerModels) {
    expect(interpret(escpos([text(kick)], model), model).drawerPulses).toEqual([]);
  }
});

test('an arrow is no escape, though the old code pages store it as one', () => {
  for (const model of printerModels) {
    const words = plainText(
      interpret(escpos([text('←p ► ♪ end')], model), model).unfinished ?? { elements: [], cut: null },
    );
    expect(words).toBe('?p ? ? end');
  }
});

test('what is left of any text holds no control, separator or invisible mark', () => {
  fc.assert(
    fc.property(hostile, (words) => {
      expect(sanitiseText(words)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 2_000 },
  );
});

test('a novel in the note field costs a hand of paper, not the roll', () => {
  for (const model of printerModels) {
    const { unfinished } = interpret(escpos([text('word '.repeat(50_000))], model), model);
    expect(unfinished?.elements.length).toBeLessThanOrEqual(63);
  }
});

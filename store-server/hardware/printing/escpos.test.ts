import { describe, expect, test } from 'vitest';
import { interpret } from '../lab/interpreter.ts';
import { plainText } from '../lab/slip.ts';
import { type PrinterModel, printerModelById, printerModels } from '../models/printer-models.ts';
import { escpos } from './escpos.ts';
import type { Ticket } from './ports.ts';
import {
  allergyBand,
  banner,
  columns,
  cut,
  drawerPulse,
  feed,
  item,
  markCopy,
  markPossibleRepeat,
  qr,
  raster,
  row,
  rule,
  text,
} from './ticket.ts';

const modelNamed = (id: string): PrinterModel => {
  const model = printerModelById(id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
};
const lab = modelNamed('fynlo-lab-80');
const generic = modelNamed('generic-escpos-80');

const hex = (ticket: Ticket, model = lab) => Buffer.from(escpos(ticket, model)).toString('hex');
const slipOf = (ticket: Ticket, model = lab) => {
  const { slips, unfinished } = interpret(escpos(ticket, model), model);
  return slips[0] ?? unfinished ?? { elements: [], cut: null };
};
const paper = (ticket: Ticket, model = lab) => plainText(slipOf(ticket, model));
const runsOf = (ticket: Ticket, model = lab) =>
  slipOf(ticket, model).elements.flatMap((element) => (element.kind === 'line' ? element.runs : []));

const reset = '1b401b7413';

describe('the bytes', () => {
  test('a plain line is the reset, the code page, the characters and a line feed', () => {
    expect(hex([text('Tea')])).toBe(`${reset}5465610a`);
  });

  test('a board that starts in its Chinese mode is brought out of it first', () => {
    expect(hex([text('Tea')], generic)).toBe('1b401c2e1b7413' + '5465610a');
  });

  test('pound, euro and accents are what the code page says', () => {
    expect(hex([text('£5 €3 é')])).toBe(`${reset}9c3520d53320820a`);
  });

  test('a size, bold and alignment are switched on once and off once', () => {
    expect(hex([text('A', { size: 'double', bold: true, align: 'centre' }), text('b')])).toBe(
      `${reset}1b61011b45011d2111410a1b61001b45001d2100620a`,
    );
  });

  test('a tall line is twice as high and not twice as wide', () => {
    expect(hex([text('A', { size: 'tall' })])).toContain('1d2101');
    expect(hex([text('A', { size: 'wide' })])).toContain('1d2110');
  });

  test('a cut feeds past the knife, and what follows starts from a clean printer', () => {
    expect(hex([cut(), text('€')])).toBe(`${reset}1b64021d56011b401b7413d50a`);
    expect(hex([cut('full')])).toBe(`${reset}1b64021d56001b401b7413`);
  });

  test('a printer without a knife only feeds', () => {
    expect(hex([text('A'), cut()], modelNamed('generic-escpos-58'))).toBe('1b401c2e1b7413' + '410a' + '1b6404');
  });

  test('a drawer pulse is one ESC p with both its times', () => {
    expect(hex([drawerPulse()])).toBe(`${reset}1b700032fa`);
    expect(hex([drawerPulse(5)])).toBe(`${reset}1b700132fa`);
  });
});

describe('what stands on paper', () => {
  test('letters of another table are found there, and the line goes on', () => {
    expect(paper([text('Crème brûlée, Żurek, Жук, Τζατζίκι, ş')])).toBe('Crème brûlée, Żurek, Жук, Τζατζίκι, ş');
  });

  test('a generic printer has one table: it drops an accent before it drops a letter', () => {
    expect(paper([text('Żurek £4, Crème brûlée €5')], generic)).toBe('Zurek £4, Crème brûlée €5');
  });

  test('the signs an iPad types by itself come out as plain ones', () => {
    expect(paper([text('Chef’s “best” – now…')], generic)).toBe('Chef\'s "best" - now...');
  });

  test('what no table knows is a question mark, one for each sign', () => {
    expect(paper([text('東京 🍕!')])).toBe('?? ?!');
  });

  test('a long name wraps at words and the price stays at its edge', () => {
    const slip = paper([row('Slow roasted shoulder of lamb with rosemary and anchovy', '£28.50')]);
    expect(slip.split('\n')).toEqual([
      `${'Slow roasted shoulder of lamb with'.padEnd(41)} £28.50`,
      'rosemary and anchovy',
    ]);
  });

  test('a kitchen line wraps beneath its words, not beneath its count', () => {
    expect(paper([item('12 x', 'Fish and chips with mushy peas', { size: 'double' })]).split('\n')).toEqual([
      '12 x Fish and chips with',
      '     mushy peas',
    ]);
  });

  test('an indent stays, also for the lines beneath', () => {
    expect(paper([text('   extra  cream')])).toBe('   extra  cream');
    expect(paper([text(`  ${'word '.repeat(12)}`)]).split('\n')).toEqual([
      `  ${'word '.repeat(9).trim()}`,
      '  word word word',
    ]);
  });

  test('a word longer than the paper is broken, never lost', () => {
    expect(paper([text('x'.repeat(100))]).replaceAll('\n', '')).toBe('x'.repeat(100));
  });

  test('columns take their widths and share what is left', () => {
    const [line] = paper([
      columns([
        { text: 'Card', width: 10 },
        { text: '12', align: 'right', width: 6 },
        { text: '£340.00', align: 'right' },
      ]),
    ]).split('\n');
    expect(line).toBe(`${'Card'.padEnd(10)}${'12'.padStart(6)}${'£340.00'.padStart(32)}`);
  });

  test('a rule reaches from edge to edge', () => {
    expect(paper([rule()])).toBe('-'.repeat(48));
    expect(paper([rule('double')], modelNamed('generic-escpos-58'))).toBe('='.repeat(32));
  });

  test('an allergy is white on black over the whole width, in double size', () => {
    const runs = runsOf(allergyBand(['SEAT 2: NUTS, MILK']));
    expect(runs.map((run) => run.text)).toEqual([' ALLERGY'.padEnd(24), ' SEAT 2: NUTS, MILK'.padEnd(24)]);
    expect(runs.every((run) => run.inverse && run.width === 2 && run.height === 2)).toBe(true);
  });

  test('nobody with an allergy, no band', () => {
    expect(allergyBand([])).toEqual([]);
  });

  test('a line break in a note is a space, and the second line is still words', () => {
    expect(paper([text('no onions\r\n\u2028{command:\u001bp}')])).toBe('no onions {command:p}');
  });

  test('feeding leaves blank lines', () => {
    expect(paper([text('a'), feed(2), text('b')])).toBe('a\n\n\nb');
  });

  test('a QR code carries its address', () => {
    expect(paper([qr('https://fynlo.test/r/1?a=b')]).trim()).toBe('[QR https://fynlo.test/r/1?a=b]');
  });

  test('a QR code with foreign letters cannot upset the byte count', () => {
    const { slips, unfinished } = interpret(escpos([qr('https://x.test/é東\u001bp'), text('after')], lab), lab);
    expect(slips).toHaveLength(0);
    expect(plainText(unfinished ?? { elements: [], cut: null })).toBe('\n[QR https://x.test/p]\n\nafter');
  });

  test('a picture arrives dot by dot', () => {
    const bits = Uint8Array.from([0b10000001, 0b01000000, 0xff, 0xc0]);
    const [picture] = slipOf([raster({ width: 10, height: 2, bits })]).elements;
    expect(picture).toMatchObject({ kind: 'raster', bytesPerRow: 2, height: 2, align: 'centre' });
    expect(picture?.kind === 'raster' && [...picture.bits]).toEqual([...bits]);
  });

  test('a picture that does not fill its frame is left out rather than eating the words after it', () => {
    const torn = raster({ width: 100, height: 100, bits: Uint8Array.from([1, 2, 3]) });
    expect(paper([torn, text('TABLE 7')])).toBe('TABLE 7');
  });

  test('two slips in one ticket are two pieces of paper', () => {
    const { slips } = interpret(escpos([text('one'), cut(), text('£two'), cut()], lab), lab);
    expect(slips.map(plainText).map((words) => words.trim())).toEqual(['one', '£two']);
  });
});

describe('marks', () => {
  const ticket: Ticket = [text('TABLE 7'), cut(), text('bar'), cut()];

  test('every slip of a possible repeat says so at its head', () => {
    const { slips } = interpret(escpos(markPossibleRepeat(ticket), lab), lab);
    expect(slips.map((slip) => plainText(slip).split('\n')[0]?.trim())).toEqual([
      '*** POSSIBLE REPEAT ***',
      '*** POSSIBLE REPEAT ***',
    ]);
  });

  test('marking twice marks once', () => {
    expect(markPossibleRepeat(markPossibleRepeat(ticket))).toEqual(markPossibleRepeat(ticket));
  });

  test('a copy carries its number', () => {
    expect(paper(markCopy(ticket, 2)).split('\n')[0]?.trim()).toBe('*** COPY 2 ***');
  });
});

test('a ticket is plain data: it survives the job row unchanged', () => {
  const ticket: Ticket = [
    ...allergyBand(['SEAT 1: FISH']),
    banner('VOID'),
    raster({ width: 8, height: 1, bits: Uint8Array.from([3]) }),
    row('a', 'b'),
    drawerPulse(),
    cut(),
  ];
  expect(JSON.parse(JSON.stringify(ticket))).toEqual(ticket);
});

test.each(printerModels.map((model) => [model.id, model] as const))(
  '%s prints a whole ticket within its paper',
  (_, model) => {
    const ticket: Ticket = [
      ...allergyBand(['SEAT 2: PEANUTS, TREE NUTS, SESAME, MILK AND MUSTARD']),
      text('TABLE 7', { size: 'double', align: 'centre' }),
      item('2 x', 'Sourdough pizza with ’nduja, fior di latte and hot honey', { size: 'tall' }),
      row('Total', '£1,234.50', { bold: true, size: 'wide' }),
      rule('double'),
      banner('COPY 2'),
      qr('https://fynlo.test/r/1'),
      cut(),
    ];
    const { slips, unfinished } = interpret(escpos(ticket, model), model);
    const slip = slips[0] ?? unfinished;
    const widths = slip?.elements.flatMap((element) =>
      element.kind === 'line' ? [element.runs.reduce((sum, run) => sum + run.text.length * run.width, 0)] : [],
    );
    expect(Math.max(...(widths ?? [Number.POSITIVE_INFINITY]))).toBeLessThanOrEqual(model.columns);
  },
);

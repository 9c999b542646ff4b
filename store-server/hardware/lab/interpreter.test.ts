import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printerModels } from '../models/printer-models.ts';
import { escpos } from '../printing/escpos.ts';
import { allergyBand, cut, drawerPulse, qr, raster, row, rule, text } from '../printing/ticket.ts';
import { createPaperMachine, interpret } from './interpreter.ts';
import { createCommandReader, UnknownBytes } from './reader.ts';
import type { Slip } from './slip.ts';

const lab = printerModels.find((model) => model.id === 'fynlo-lab-80') ?? printerModels[0]!;
const bytesOf = (...values: (number | string)[]) =>
  Buffer.concat(
    values.map((value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from([value]))),
  );

test.each([
  ['a stray control byte', bytesOf('ab', 0x07, 'c'), 2],
  ['DEL', bytesOf('ab', 0x7f), 2],
  ['a carriage return', bytesOf('a', 0x0d), 1],
  ['an ESC command nobody here uses', bytesOf('hello', 0x1b, 'R', 3), 5],
  ['a bold that is neither on nor off', bytesOf(0x1b, 'E', 7), 0],
  ['a GS command nobody here uses', bytesOf('x', 0x1d, 'I', 1), 1],
  ['a drawer pulse to a third pin', bytesOf(0x1b, 'p', 9, 1, 1), 0],
  ['a real-time request nobody here uses', bytesOf(0x10, 0x14, 1, 0, 1), 0],
  ['a status request of a fifth kind', bytesOf(0x10, 0x04, 5), 0],
  ['a picture of no width', bytesOf(0x1d, 'v0', 0, 0, 0, 1, 0), 0],
  ['a symbol that is no QR code', bytesOf('a', 0x1d, '(k', 3, 0, 0x30, 0x51, 0x30), 1],
  ['a QR function that does not exist', bytesOf(0x1d, '(k', 3, 0, 0x31, 0x60, 0x30), 0],
])('%s stops the reading and names the place', (_, bytes, position) => {
  expect(() => interpret(bytes, lab)).toThrow(UnknownBytes);
  expect(createCommandReader().read(bytes).error?.position).toBe(position);
});

test.each([
  ['a code page the printer has not got', bytesOf(0x1b, 't', 99)],
  ['an alignment in the middle of a line', bytesOf('a', 0x1b, 'a', 1)],
  ['a picture wider than the paper', bytesOf(0x1d, 'v0', 0, 90, 0, 1, 0, '\x00'.repeat(90))],
])('%s is refused', (_, bytes) => {
  expect(() => interpret(bytes, lab)).toThrow();
});

test('bytes that end in the middle of a command are no ticket', () => {
  expect(() => interpret(bytesOf('a', 0x1b, 'p', 0), lab)).toThrow('within a command');
});

test('a line that is too long goes on beneath, as on a real printer', () => {
  const { unfinished } = interpret(bytesOf('x'.repeat(50), 0x0a), lab);
  expect(unfinished?.elements.map((line) => line.kind === 'line' && line.runs[0]?.text.length)).toEqual([48, 2]);
});

test('wherever the network cuts the stream, the same paper comes out', () => {
  const ticket = [
    ...allergyBand(['SEAT 2: NUTS']),
    text('Żurek £4', { size: 'double' }),
    row('Total', '€12.00', { bold: true }),
    rule(),
    qr('https://fynlo.test/r/42'),
    raster({ width: 16, height: 3, bits: Uint8Array.from([27, 112, 0, 29, 86, 1]) }),
    drawerPulse(),
    cut(),
    text('second'),
    cut('full'),
  ];
  const bytes = escpos(ticket, lab);
  const whole = interpret(bytes, lab);
  expect(whole.slips).toHaveLength(2);
  expect(whole.drawerPulses).toEqual([2]);

  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }), (steps) => {
      const slips: Slip[] = [];
      const pulses: number[] = [];
      const machine = createPaperMachine(lab, {
        onSlip: (slip) => slips.push(slip),
        onDrawer: (pin) => pulses.push(pin),
      });
      const reader = createCommandReader();
      let at = 0;
      for (let turn = 0; at < bytes.length; turn++) {
        const size = steps[turn % steps.length] ?? 1;
        for (const command of reader.read(bytes.slice(at, at + size)).commands) machine.obey(command);
        at += size;
      }
      expect(reader.pending()).toBe(0);
      expect(slips).toEqual(whole.slips);
      expect(pulses).toEqual([2]);
    }),
    { numRuns: 300 },
  );
});

test('after a byte it does not know it prints nothing more of that stream', () => {
  const reader = createCommandReader();
  expect(reader.read(bytesOf('ok', 0x07)).commands).toHaveLength(1);
  expect(reader.read(bytesOf('more')).commands).toEqual([]);
});

import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import { escpos } from '../printing/escpos.ts';
import type { Ticket } from '../printing/ports.ts';
import { allergyBand, cut, qr, raster, text } from '../printing/ticket.ts';
import { interpret } from './interpreter.ts';
import { paperPng } from './paper-png.ts';
import { paperSvg } from './paper-svg.ts';

const lab = printerModelById('fynlo-lab-80') as PrinterModel;
const picture = (ticket: Ticket) => {
  const { slips, unfinished } = interpret(escpos(ticket, lab), lab);
  return paperSvg(slips[0] ?? unfinished ?? { elements: [], cut: null }, lab);
};

/** Mean lightness, 0 to 255, of a piece of the picture. */
const lightness = async (png: Buffer, left: number, top: number, width: number, height: number) => {
  const { channels } = await sharp(await sharp(png).extract({ left, top, width, height }).toBuffer())
    .greyscale()
    .stats();
  return channels[0]?.mean ?? Number.NaN;
};

test('a name with brackets and ampersands is a name, not markup', () => {
  const svg = picture([text('<script>alert(1)</script> & "Co"'), cut()]);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(svg).toContain('>&amp;<');
});

test('columns stand at their dots, whatever the font does', () => {
  expect(picture([text('a    b')])).toMatch(/<text x="0"[^>]*>a<\/text><text x="60"[^>]*>b<\/text>/);
});

test('an allergy is a dark band across the paper, a plain line is light', async () => {
  const png = await paperPng(picture([...allergyBand(['NUTS']), text(' '), text('tea'), cut()]));
  expect(await lightness(png, 48, 44, 576, 90)).toBeLessThan(110);
  expect(await lightness(png, 48, 150, 576, 50)).toBeGreaterThan(235);
});

test('the picture is as wide as the paper and as long as what is on it', async () => {
  const short = await sharp(await paperPng(picture([text('one'), cut()]))).metadata();
  const long = await sharp(
    await paperPng(picture([...Array.from({ length: 40 }, () => text('one')), cut()])),
  ).metadata();
  expect(short.format).toBe('png');
  expect([short.width, long.width]).toEqual([672, 672]);
  expect((long.height ?? 0) - (short.height ?? 0)).toBe(39 * 30);
});

test('a QR code is drawn, with the white around it that a scanner needs', () => {
  const svg = picture([text('above'), qr('https://fynlo.test/r/1', 4), text('below')]);
  // Finder pattern: seven modules of 4 dots.
  expect(svg).toContain('M0 0h28v4H0z');
});

test('a picture is drawn dot by dot', () => {
  expect(picture([raster({ width: 8, height: 2, bits: Uint8Array.from([0b11000001, 0]) })])).toContain(
    'd="M0 0h2v1H0zM7 0h1v1H7z"',
  );
});

test('a slip that still hangs in the printer has its end in the printer', () => {
  expect(picture([text('wait')])).toContain('<rect x="-10"');
  expect(picture([text('wait'), cut()])).not.toContain('<rect x="-10"');
});

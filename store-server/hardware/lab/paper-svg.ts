import QRCode from 'qrcode';
import type { PrinterModel } from '../models/printer-models.ts';
import { cellDots } from './interpreter.ts';
import type { Slip, SlipAlign, SlipElement, SlipRun } from './slip.ts';

const glyphDots = 24;
/** What a line feed moves the paper by; a taller character moves it by its own height. */
const feedDots = 30;
const baseline = 19;
const margin = 32;
const shadowRoom = 16;
const tooth = 7;
/** At this size an ordinary monospace font fills a cell of 12 dots. */
const fontSize = 19.93;
const fonts = "'DejaVu Sans Mono','Liberation Mono',Menlo,Consolas,'Courier New',monospace";
const ink = '#211e1c';
const white = '#fdfcf8';

/** The slip as a picture of a receipt, one dot to a unit: what a person would hold, shadow included. */
export function paperSvg(slip: Slip, model: PrinterModel): string {
  const width = model.dotsWide + 2 * margin;
  const drawn: string[] = [];
  let y = 26;
  for (const element of slip.elements) {
    const { svg, height } = draw(element, y, model);
    drawn.push(svg);
    y += height;
  }
  const height = y + (slip.cut === null ? 18 : 26);
  const outline = outlineOf(width, height, slip.cut !== null);
  const [fullWidth, fullHeight] = [width + 2 * shadowRoom, height + 2 * shadowRoom];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fullWidth}" height="${fullHeight}" viewBox="0 0 ${fullWidth} ${fullHeight}">`,
    '<filter id="shadow" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="5"/></filter>',
    `<g transform="translate(${shadowRoom} ${shadowRoom})">`,
    `<path d="${outline}" transform="translate(0 3)" opacity=".3" filter="url(#shadow)"/>`,
    `<path d="${outline}" fill="${white}"/>`,
    slip.cut === null ? mouthOfThePrinter(width, height) : '',
    `<g font-family="${fonts}" font-size="${fontSize}" fill="${ink}">`,
    ...drawn,
    '</g></g></svg>',
  ].join('\n');
}

/** Toothed where a knife went through. */
function outlineOf(width: number, height: number, isCut: boolean): string {
  const teeth = Math.round(width / (2 * tooth));
  const half = width / teeth / 2;
  const above = `l${half} ${-tooth}l${half} ${tooth}`.repeat(teeth);
  const below = isCut ? `l${-half} ${tooth}l${-half} ${-tooth}`.repeat(teeth) : `H0`;
  return `M0 ${tooth}${above}V${height - tooth}${below}Z`;
}

function mouthOfThePrinter(width: number, height: number): string {
  return `<rect x="-10" y="${height - tooth - 4}" width="${width + 20}" height="12" rx="6" fill="#4a4542"/>`;
}

function draw(element: SlipElement, y: number, model: PrinterModel): { svg: string; height: number } {
  if (element.kind === 'line') return drawLine(element.runs, element.align, y, model);
  if (element.kind === 'qr') {
    const { size, data } = QRCode.create(element.data, { errorCorrectionLevel: 'M' }).modules;
    const dots = element.moduleDots;
    const x = margin + startOf(size * dots, element.align, model);
    return {
      svg: drawDots(size, size, (column, row) => data[row * size + column] === 1, x, y, dots),
      height: size * dots,
    };
  }
  const columns = element.bytesPerRow * 8;
  const isBlack = (column: number, row: number) =>
    (((element.bits[row * element.bytesPerRow + (column >> 3)] ?? 0) >> (7 - (column & 7))) & 1) === 1;
  const x = margin + startOf(columns, element.align, model);
  return { svg: drawDots(columns, element.height, isBlack, x, y, 1), height: element.height };
}

function drawLine(runs: readonly SlipRun[], align: SlipAlign, y: number, model: PrinterModel) {
  const dots = runs.reduce((sum, run) => sum + run.text.length * run.width * cellDots, 0);
  const tallest = Math.max(1, ...runs.map((run) => run.height)) * glyphDots;
  let x = margin + startOf(dots, align, model);
  const svg: string[] = [];
  for (const run of runs) {
    const top = y + tallest - run.height * glyphDots;
    svg.push(drawRun(run, x, top));
    x += run.text.length * run.width * cellDots;
  }
  return { svg: svg.join(''), height: Math.max(feedDots, tallest) };
}

/** Each word at its own place, so that columns stand straight in whatever font there is. */
function drawRun(run: SlipRun, x: number, top: number): string {
  const cells = run.text.length;
  const band = run.inverse ? `<rect width="${cells * cellDots}" height="${glyphDots}" fill="${ink}"/>` : '';
  const words = [...run.text.matchAll(/\S+/g)].map(
    ([word], at, all) =>
      `<text x="${(all[at]?.index ?? 0) * cellDots}" y="${baseline}" textLength="${word.length * cellDots}" lengthAdjust="spacingAndGlyphs">${escapeXml(word)}</text>`,
  );
  const weight = run.bold ? ' font-weight="bold"' : '';
  const colour = run.inverse ? ` fill="${white}"` : '';
  const place = `translate(${x} ${top}) scale(${run.width} ${run.height})`;
  return `<g transform="${place}"${weight}>${band}<g${colour}>${words.join('')}</g></g>`;
}

/** Black dots as one path, a stroke for each run of neighbours. */
function drawDots(
  columns: number,
  rows: number,
  isBlack: (column: number, row: number) => boolean,
  x: number,
  y: number,
  dot: number,
): string {
  let path = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!isBlack(column, row)) continue;
      const start = column;
      while (column + 1 < columns && isBlack(column + 1, row)) column++;
      path += `M${start * dot} ${row * dot}h${(column + 1 - start) * dot}v${dot}H${start * dot}z`;
    }
  }
  return `<path transform="translate(${x} ${y})" shape-rendering="crispEdges" d="${path}"/>`;
}

function startOf(dots: number, align: SlipAlign, model: PrinterModel): number {
  const free = Math.max(0, model.dotsWide - dots);
  if (align === 'centre') return Math.floor(free / 2);
  return align === 'right' ? free : 0;
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

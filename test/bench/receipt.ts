import sharp from 'sharp';
import { printerModels } from '../../store-server/hardware/models/printer-models.ts';
import { escpos } from '../../store-server/hardware/printing/escpos.ts';
import type { Ticket } from '../../store-server/hardware/printing/ports.ts';
import { cut, row, rule, text } from '../../store-server/hardware/printing/ticket.ts';
import { type Bench, ratio } from './kit/findings.ts';
import { alternate, cpuPer } from './kit/rounds.ts';

const width = 384;
const height = 128;

/** The house's logo as it is kept: a picture file. */
const logoFile = (): Promise<Buffer> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="400"><rect width="1200" height="400" fill="#fff"/>
    <circle cx="200" cy="200" r="150"/><path d="M400 320 L640 80 L880 320 Z"/><rect x="920" y="80" width="220" height="240" rx="40"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
};

/** The logo as printers take it: one bit a dot, rows filled up to whole bytes. */
async function rasterOf(file: Buffer): Promise<Ticket[number]> {
  const grey = await sharp(file)
    .resize(width, height, { fit: 'contain', background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer();
  const bits = Buffer.alloc((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    if ((grey[dot] ?? 255) < 128) bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return { kind: 'raster', width, height, bits: bits.toString('base64') };
}

/** A receipt of thirty lines. */
const receiptWith = (logo: Ticket[number]): Ticket => [
  logo,
  text('RECEIPT', { bold: true, align: 'centre' }),
  ...Array.from({ length: 30 }, (_, n) => row(`${(n % 3) + 1} x Dish number ${n}`, `${n + 4}.50`)),
  rule(),
  row('TOTAL', '512.25', { size: 'tall', bold: true }),
  cut(),
];

/** Goal 15, its first part: a receipt whose logo is dots already, beside one that draws it anew for each print. */
export const receipt: Bench = {
  name: 'receipt',
  title: 'A receipt of 30 lines with a logo',
  async run({ rounds, quick }) {
    const [model] = printerModels;
    if (model === undefined) throw new Error('there is no printer model');
    const file = await logoFile();
    const ticket = receiptWith(await rasterOf(file));
    const [many, few] = quick ? [300, 5] : [2000, 40];
    // The anchor is the slower one, so that the ratio reads as how many times faster ours is.
    const pairs = await alternate(
      rounds,
      () =>
        cpuPer(few, async () => {
          for (let n = 0; n < few; n += 1) escpos(receiptWith(await rasterOf(file)), model);
        }),
      () =>
        cpuPer(many, () => {
          for (let n = 0; n < many; n += 1) escpos(ticket, model);
        }),
    );
    return [
      ratio({
        goal: 15,
        what: 'CPU of a receipt, its logo drawn anew / as dots already',
        bound: { least: 50 },
        pairs,
        note: `${escpos(ticket, model).length} bytes; slips carry their pictures as dots`,
      }),
    ];
  },
};

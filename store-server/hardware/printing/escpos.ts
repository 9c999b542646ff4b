import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import type { CodePage, PrinterModel } from '../models/printer-models.ts';
import { encodeText } from './code-pages.ts';
import { layOut, type PrintLine } from './layout.ts';
import type { Align, Language, TextSize, TicketPart } from './ports.ts';

/**
 * ESC/POS, the language of Epson and of nearly every other receipt printer.
 *
 * node-thermal-printer supplies the commands. It never gets text to convert (it would reach for two-byte tables that the
 * printer has not got), never opens a drawer (its pulse lacks the two times) and never a connection (its TCP transport
 * reports success for bytes that were thrown away).
 */
export const escpos: Language = (ticket, model) => {
  const pen = new EscPosPen(model);
  for (const part of ticket) pen.print(part);
  return pen.bytes();
};

const sizes: Readonly<Record<TextSize, { width: 0 | 1 | 2; height: 0 | 1 | 2 }>> = {
  normal: { width: 0, height: 0 },
  tall: { width: 0, height: 1 },
  wide: { width: 1, height: 0 },
  double: { width: 1, height: 1 },
  huge: { width: 2, height: 2 },
};

const maxQrLength = 500;
const drawerOnMs = 100;
const drawerOffMs = 500;

/** Keeps in mind what the printer is set to, so that each switch is sent once and everything is known after a reset. */
class EscPosPen {
  readonly #model: PrinterModel;
  readonly #commands: ThermalPrinter;
  #codePage: CodePage;
  #style = plainStyle;

  constructor(model: PrinterModel) {
    this.#model = model;
    this.#commands = new ThermalPrinter({ type: PrinterTypes.EPSON, width: model.columns, interface: bufferOnly });
    this.#codePage = model.codePages[0];
    // A slip that was cut off in the middle may have left the printer bold, inverted, or in the middle of a word.
    this.#raw([0x1b, 0x40]);
    this.#afterReset();
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#commands.getBuffer());
  }

  print(part: TicketPart): void {
    switch (part.kind) {
      case 'text':
      case 'row':
      case 'rule':
      case 'allergy':
      case 'banner':
      case 'band':
        for (const line of layOut(part, this.#model)) this.#line(line);
        return;
      case 'feed':
        this.#feed(part.lines);
        return;
      case 'cut':
        this.#cut(part.depth);
        return;
      case 'drawer':
        // ESC p m t1 t2, times in units of 2 ms.
        this.#raw([0x1b, 0x70, part.pin === 5 ? 1 : 0, drawerOnMs / 2, drawerOffMs / 2]);
        return;
      case 'qr':
        this.#qr(part.data, part.moduleDots);
        return;
      case 'raster':
        this.#raster(part);
        return;
    }
  }

  #line(line: PrintLine): void {
    this.#wear(line);
    for (const run of encodeText(line.text, this.#model, this.#codePage)) {
      this.#useCodePage(run.codePage);
      this.#raw(run.bytes);
    }
    this.#commands.newLine();
  }

  #wear(style: LineStyle): void {
    if (style.align !== this.#style.align) this.#align(style.align);
    if (style.bold !== this.#style.bold) this.#commands.bold(style.bold);
    if (style.inverse !== this.#style.inverse) this.#commands.invert(style.inverse);
    if (style.size !== this.#style.size) {
      const { width, height } = sizes[style.size];
      // GS ! holds width in its upper half; the library calls the upper half height.
      this.#commands.setTextSize(width, height);
    }
    this.#style = { align: style.align, bold: style.bold, inverse: style.inverse, size: style.size };
  }

  #align(align: Align): void {
    if (align === 'centre') this.#commands.alignCenter();
    else if (align === 'right') this.#commands.alignRight();
    else this.#commands.alignLeft();
  }

  #feed(lines: number): void {
    const whole = Math.min(Math.max(Math.trunc(lines) || 0, 0), 20);
    if (whole > 0) this.#raw([0x1b, 0x64, whole]);
  }

  #cut(depth: 'partial' | 'full'): void {
    this.#wear(plainStyle);
    this.#feed(this.#model.linesToKnife);
    if (!this.#model.hasCutter) return;
    if (depth === 'full') this.#commands.cut({ verticalTabAmount: 0 });
    else this.#commands.partialCut({ verticalTabAmount: 0 });
    // The library resets the printer after each cut.
    this.#afterReset();
  }

  #qr(data: string, moduleDots: number): void {
    // Printable ASCII only: the library counts characters where the printer counts bytes.
    const safe = data.replace(/[^\x20-\x7e]/g, '').slice(0, maxQrLength);
    if (safe === '') return;
    this.#wear({ ...plainStyle, align: 'centre' });
    const cellSize = Math.min(Math.max(Math.trunc(moduleDots) || 5, 1), 8);
    // A scanner needs white around it, which the printer does not leave by itself.
    this.#feed(1);
    this.#commands.printQR(safe, { model: 2, cellSize, correction: 'M' });
    this.#feed(1);
  }

  #raster(picture: Extract<TicketPart, { kind: 'raster' }>): void {
    const bits = Buffer.from(picture.bits, 'base64');
    const bytesPerRow = Math.ceil(picture.width / 8);
    // A picture that does not fill its frame would make the printer swallow the text after it as dots.
    const fits = picture.width >= 1 && picture.width <= this.#model.dotsWide && picture.height >= 1;
    if (!fits || picture.height > 1_000 || bits.length !== bytesPerRow * picture.height) return;
    this.#wear({ ...plainStyle, align: 'centre' });
    this.#raw([0x1d, 0x76, 0x30, 0, bytesPerRow & 0xff, bytesPerRow >> 8, picture.height & 0xff, picture.height >> 8]);
    this.#raw(bits);
  }

  #afterReset(): void {
    if (this.#model.startsInKanjiMode) this.#raw([0x1c, 0x2e]);
    this.#style = plainStyle;
    this.#codePage = this.#model.codePages[0];
    this.#selectCodePage();
  }

  #useCodePage(page: CodePage): void {
    if (page === this.#codePage) return;
    this.#codePage = page;
    this.#selectCodePage();
  }

  #selectCodePage(): void {
    this.#raw([0x1b, 0x74, this.#codePage.select]);
  }

  #raw(bytes: readonly number[] | Uint8Array): void {
    this.#commands.add(Buffer.from(bytes));
  }
}

type LineStyle = Omit<PrintLine, 'text'>;

const plainStyle: LineStyle = { size: 'normal', bold: false, inverse: false, align: 'left' };

/** The library wants somewhere to send to; it is only ever asked for its buffer. Its types know addresses only. */
const bufferOnly = {
  execute: () => Promise.reject(new Error('Printing goes through a wire, never through the encoder.')),
} as unknown as string;

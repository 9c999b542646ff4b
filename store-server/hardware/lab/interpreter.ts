import type { CodePage, PrinterModel } from '../models/printer-models.ts';
import { codePageTable } from '../printing/code-pages.ts';
import type { Command } from './commands.ts';
import { createCommandReader } from './reader.ts';
import type { Slip, SlipAlign, SlipElement, SlipRun } from './slip.ts';

/** Dots a normal character is wide. */
export const cellDots = 12;

/** A command that is well formed and still wrong for this printer. */
export class WrongForModel extends Error {}

export interface PaperMachine {
  /** Does what the command says. @throws WrongForModel */
  obey(command: Command): void;
  /** What hangs in the printer, not cut yet; null if nothing does. */
  unfinished(): Slip | null;
}

export interface PaperEvents {
  onSlip(slip: Slip): void;
  onDrawer(pin: 2 | 5): void;
}

/** The mechanics of a printer: commands in, paper and drawer pulses out. */
export function createPaperMachine(model: PrinterModel, events: PaperEvents): PaperMachine {
  let elements: SlipElement[] = [];
  let runs: SlipRun[] = [];
  let usedDots = 0;
  let style = plain;
  let align: SlipAlign = 'left';
  let codePage: CodePage = model.codePages[0];
  let qr = { moduleDots: 3, data: '' };

  const endLine = () => {
    elements.push({ kind: 'line', align, runs });
    runs = [];
    usedDots = 0;
  };

  const put = (character: string) => {
    const dots = cellDots * style.width;
    if (usedDots + dots > model.columns * cellDots) endLine();
    usedDots += dots;
    const last = runs.at(-1);
    if (last && sameStyle(last, style)) runs[runs.length - 1] = { ...last, text: last.text + character };
    else runs.push({ ...style, text: character });
  };

  const finishedSlip = (cut: Slip['cut']): Slip => {
    if (runs.length > 0) endLine();
    const slip = { elements, cut };
    elements = [];
    return slip;
  };

  const atLineStart = () => {
    if (runs.length > 0) endLine();
  };

  return {
    unfinished: () => {
      const hanging = runs.length > 0 ? [...elements, { kind: 'line' as const, align, runs }] : elements;
      return hanging.length === 0 ? null : { elements: hanging, cut: null };
    },
    obey(command) {
      switch (command.kind) {
        case 'text':
          for (const byte of command.bytes) put(characterOf(byte, codePage));
          return;
        case 'lineFeed':
          endLine();
          return;
        case 'reset':
          // The print buffer is thrown away; what is on paper stays.
          runs = [];
          usedDots = 0;
          style = plain;
          align = 'left';
          codePage = model.codePages[0];
          return;
        case 'bold':
          style = { ...style, bold: command.on };
          return;
        case 'inverse':
          style = { ...style, inverse: command.on };
          return;
        case 'size':
          style = { ...style, width: command.width, height: command.height };
          return;
        case 'align':
          if (runs.length > 0) throw new WrongForModel('Alignment takes effect at the start of a line only.');
          align = command.align;
          return;
        case 'feed':
          atLineStart();
          for (let line = 0; line < command.lines; line++) endLine();
          return;
        case 'codePage':
          codePage = knownPage(model, command.select);
          return;
        case 'cancelKanji':
          return;
        case 'cut':
          if (!model.hasCutter) throw new WrongForModel('This printer has no knife.');
          events.onSlip(finishedSlip(command.depth));
          return;
        case 'drawer':
          events.onDrawer(command.pin);
          return;
        case 'qrModel':
        case 'qrCorrection':
          return;
        case 'qrSize':
          qr = { ...qr, moduleDots: command.value };
          return;
        case 'qrData':
          qr = { ...qr, data: command.data };
          return;
        case 'qrPrint':
          atLineStart();
          elements.push({ kind: 'qr', align, ...qr });
          return;
        case 'raster':
          atLineStart();
          if (command.bytesPerRow * 8 > model.dotsWide + 7)
            throw new WrongForModel('The picture is wider than the paper.');
          elements.push({ ...command, align });
          return;
        case 'askStatus':
          return;
      }
    },
  };
}

type RunStyle = Omit<SlipRun, 'text'>;

const plain: RunStyle = { width: 1, height: 1, bold: false, inverse: false };

function sameStyle(one: RunStyle, other: RunStyle): boolean {
  return (
    one.width === other.width && one.height === other.height && one.bold === other.bold && one.inverse === other.inverse
  );
}

function knownPage(model: PrinterModel, select: number): CodePage {
  const page = model.codePages.find((each) => each.select === select);
  if (!page) throw new WrongForModel(`This printer has no code page ${select}.`);
  return page;
}

function characterOf(byte: number, { page }: CodePage): string {
  const character = codePageTable(page).characters[byte];
  if (character === undefined) throw new WrongForModel(`Code page ${page} has no character ${byte.toString(16)}.`);
  return character;
}

export interface Interpreted {
  readonly slips: readonly Slip[];
  readonly unfinished: Slip | null;
  readonly drawerPulses: readonly (2 | 5)[];
  readonly commands: readonly Command[];
}

/**
 * Everything these bytes would make a printer do.
 * @throws UnknownBytes, WrongForModel, or Error when the bytes end within a command
 */
export function interpret(bytes: Uint8Array, model: PrinterModel): Interpreted {
  const slips: Slip[] = [];
  const drawerPulses: (2 | 5)[] = [];
  const machine = createPaperMachine(model, {
    onSlip: (slip) => slips.push(slip),
    onDrawer: (pin) => drawerPulses.push(pin),
  });
  const reader = createCommandReader();
  const { commands, error } = reader.read(bytes);
  for (const command of commands) machine.obey(command);
  if (error) throw error;
  if (reader.pending() > 0) throw new Error(`The bytes end within a command (${reader.pending()} left over).`);
  return { slips, unfinished: machine.unfinished(), drawerPulses, commands };
}

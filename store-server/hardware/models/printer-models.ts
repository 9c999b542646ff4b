import type { Codepage } from '@point-of-sale/codepage-encoder';

/** A character table a printer knows, and the number that selects it (`ESC t n`). */
export interface CodePage {
  readonly page: Codepage;
  readonly select: number;
}

/** What a printer is: data only. Whatever differs between printers stands here, never in an `if` about a brand. */
export interface PrinterModel {
  readonly id: string;
  readonly name: string;
  /** Characters of normal width in a line. */
  readonly columns: number;
  /** Printable dots across; a normal character takes 12 of them. */
  readonly dotsWide: number;
  /** In order of preference: text stays in the first page that knows its characters. */
  readonly codePages: readonly [CodePage, ...CodePage[]];
  /** Whether it answers `DLE EOT n`. A printer that does not is never asked. */
  readonly hasStatus: boolean;
  readonly hasDrawer: boolean;
  readonly hasCutter: boolean;
  /** Lines between the print head and the knife, fed before a cut so that it misses the text. */
  readonly linesToKnife: number;
  /** Many cheap boards start in a two-byte Chinese mode in which £ and é swallow their neighbour. */
  readonly startsInKanjiMode: boolean;
}

const epsonPages = [
  { page: 'cp858', select: 19 },
  { page: 'windows1252', select: 16 },
  { page: 'cp852', select: 18 },
  { page: 'cp857', select: 13 },
  { page: 'cp866', select: 17 },
  { page: 'cp737', select: 14 },
] as const satisfies readonly CodePage[];

const epson80 = {
  columns: 48,
  dotsWide: 576,
  codePages: epsonPages,
  hasStatus: true,
  hasDrawer: true,
  hasCutter: true,
  linesToKnife: 4,
  startsInKanjiMode: false,
} as const;

/** The generic models promise only what every ESC/POS board can do: one table, no status. */
const generic = {
  codePages: [{ page: 'cp858', select: 19 }],
  hasStatus: false,
  hasDrawer: true,
  startsInKanjiMode: true,
} as const;

export const printerModels: readonly PrinterModel[] = [
  {
    ...generic,
    id: 'generic-escpos-80',
    name: 'Any ESC/POS printer, 80 mm',
    columns: 48,
    dotsWide: 576,
    hasCutter: true,
    linesToKnife: 4,
  },
  {
    ...generic,
    id: 'generic-escpos-58',
    name: 'Any ESC/POS printer, 58 mm',
    columns: 32,
    dotsWide: 384,
    hasCutter: false,
    linesToKnife: 4,
  },
  { ...epson80, id: 'epson-tm-m30iii', name: 'Epson TM-m30III' },
  { ...epson80, id: 'epson-tm-t88vi', name: 'Epson TM-T88VI', columns: 42, dotsWide: 512 },
  { ...epson80, id: 'epson-tm-t20iii', name: 'Epson TM-T20III' },
  { ...epson80, id: 'fynlo-lab-80', name: 'Fynlo virtual printer, 80 mm', linesToKnife: 2 },
];

/** The model with this id, or undefined for one we do not know. */
export function printerModelById(id: string): PrinterModel | undefined {
  return printerModels.find((model) => model.id === id);
}

/** What `GET hardware/models` shows. */
export interface PrinterModelSummary {
  readonly id: string;
  readonly name: string;
  readonly columns: number;
  readonly has_status: boolean;
  readonly has_drawer: boolean;
}

export function printerModelSummaries(): readonly PrinterModelSummary[] {
  return printerModels.map(({ id, name, columns, hasStatus, hasDrawer }) => ({
    id,
    name,
    columns,
    has_status: hasStatus,
    has_drawer: hasDrawer,
  }));
}

import type { PrinterModel } from '../models/printer-models.ts';

/**
 * What to print: plain data, so that a job can keep it frozen in a row and the same ticket can go to another printer.
 * Whoever writes a ticket never writes bytes; the language does.
 */
export type Ticket = readonly TicketPart[];

/** Tall and wide double one side of a character, double both; huge has three times both and is read across a kitchen. */
export type TextSize = 'normal' | 'tall' | 'wide' | 'double' | 'huge';
export type Align = 'left' | 'centre' | 'right';

export interface TextStyle {
  readonly size?: TextSize;
  readonly bold?: boolean;
  /** White on black. */
  readonly inverse?: boolean;
}

export interface Cell {
  readonly text: string;
  /** Characters of the row's own size; a cell without a width shares what is left. */
  readonly width?: number;
  readonly align?: Align;
}

export type TicketPart =
  | ({ readonly kind: 'text'; readonly text: string; readonly align?: Align } & TextStyle)
  | ({ readonly kind: 'row'; readonly cells: readonly Cell[] } & TextStyle)
  | { readonly kind: 'rule'; readonly style: 'single' | 'double' }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'allergy'; readonly lines: readonly string[] }
  | { readonly kind: 'banner'; readonly text: string }
  | { readonly kind: 'band'; readonly text: string; readonly size: TextSize }
  | { readonly kind: 'qr'; readonly data: string; readonly moduleDots: number }
  | { readonly kind: 'raster'; readonly width: number; readonly height: number; readonly bits: string }
  | { readonly kind: 'cut'; readonly depth: 'partial' | 'full' }
  | { readonly kind: 'drawer'; readonly pin: 2 | 5 };

/** How to say it: pure, so that it can be checked against saved bytes. */
export type Language = (ticket: Ticket, model: PrinterModel) => Uint8Array;

/** How it travels. A fake that jams, runs dry or vanishes in mid-ticket has the same few verbs. */
export interface Wire {
  /**
   * Resolves once every byte is accepted by the other side as far as this wire can know.
   * @throws WireError, whose `sent` tells whether any byte may have reached the printer
   */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /**
   * `'unknown'` when the printer gives no answer in time.
   * @throws WireError when it cannot be reached at all
   */
  status(signal: AbortSignal): Promise<WireStatus>;
  /**
   * The same question over the very connection that carried the last write, never over a new one: an answer proves that
   * the bytes before it arrived.
   * @throws WireError when that connection is gone
   */
  confirm(signal: AbortSignal): Promise<WireStatus>;
  close(): Promise<void>;
}

export type PaperState = 'ok' | 'low' | 'out';

export interface PrinterStatus {
  readonly online: boolean;
  readonly paper: PaperState;
  readonly coverOpen: boolean;
  /** Cutter jammed, head too hot, and the like: somebody has to look at it. */
  readonly error: boolean;
  /** The drawer connector's sense pin, high when the drawer stands open in the usual wiring. */
  readonly drawerOpen: boolean;
}

export type WireStatus = PrinterStatus | 'unknown';

export type WireFault = 'refused' | 'unreachable' | 'timeout' | 'reset' | 'closed' | 'cancelled';

/** A wire that failed. `sent` decides whether the slip can simply be sent again or may be on paper already. */
export class WireError extends Error {
  readonly fault: WireFault;
  readonly sent: 'nothing' | 'some' | 'all';
  /** Bytes the operating system had taken when it failed; the printer has at most these. */
  readonly accepted: number;

  constructor(fault: WireFault, sent: 'nothing' | 'some' | 'all' = 'nothing', accepted = 0) {
    super(`printer ${fault}, ${accepted} bytes accepted`);
    this.name = 'WireError';
    this.fault = fault;
    this.sent = sent;
    this.accepted = accepted;
  }
}

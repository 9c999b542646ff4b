import type { Align, Cell, TextSize, TextStyle, Ticket, TicketPart } from './ports.ts';

export function text(value: string, options: TextStyle & { readonly align?: Align } = {}): TicketPart {
  return { kind: 'text', text: value, ...options };
}

/** A name at the left that may wrap, a figure at the right edge that does not. */
export function row(left: string, right: string, style: TextStyle = {}): TicketPart {
  return { kind: 'row', cells: [{ text: left }, { text: right, width: right.length + 1, align: 'right' }], ...style };
}

/** A short lead (`2 x`) and a text that wraps beneath itself, not beneath the lead. */
export function item(lead: string, value: string, style: TextStyle = {}): TicketPart {
  return { kind: 'row', cells: [{ text: lead, width: lead.length + 1 }, { text: value }], ...style };
}

export function columns(cells: readonly Cell[], style: TextStyle = {}): TicketPart {
  return { kind: 'row', cells, ...style };
}

export function rule(style: 'single' | 'double' = 'single'): TicketPart {
  return { kind: 'rule', style };
}

export function feed(lines = 1): TicketPart {
  return { kind: 'feed', lines };
}

/** The loudest thing on a ticket: white on black across the paper. Nothing at all when nobody has an allergy. */
export function allergyBand(lines: readonly string[]): TicketPart[] {
  return lines.length === 0 ? [] : [{ kind: 'allergy', lines }];
}

/** White on black from edge to edge: what nobody may overlook on this slip. */
export function band(value: string, size: TextSize = 'huge'): TicketPart {
  return { kind: 'band', text: value, size };
}

export function banner(value: string): TicketPart {
  return { kind: 'banner', text: value };
}

/** A QR code. Only printable ASCII is encoded, as in an address; `moduleDots` is 1 to 8. */
export function qr(data: string, moduleDots = 5): TicketPart {
  return { kind: 'qr', data, moduleDots };
}

/** A one-bit picture, 1 is black, rows padded to whole bytes; kept as base64 so that the ticket stays plain data. */
export function raster(picture: { width: number; height: number; bits: Uint8Array }): TicketPart {
  return {
    kind: 'raster',
    width: picture.width,
    height: picture.height,
    bits: Buffer.from(picture.bits).toString('base64'),
  };
}

export function cut(depth: 'partial' | 'full' = 'partial'): TicketPart {
  return { kind: 'cut', depth };
}

/** One pulse to the cash drawer. It belongs into a job of its own, which is never repeated. */
export function drawerPulse(pin: 2 | 5 = 2): TicketPart {
  return { kind: 'drawer', pin };
}

const possibleRepeat = banner('POSSIBLE REPEAT');

/** The same ticket with a warning at the head of each slip, for when nobody knows whether it came out before. */
export function markPossibleRepeat(ticket: Ticket): Ticket {
  return onEachSlip(ticket, possibleRepeat);
}

/** A reprint that cannot pass for the original. */
export function markCopy(ticket: Ticket, copy: number): Ticket {
  return onEachSlip(ticket, banner(`COPY ${copy}`));
}

function onEachSlip(ticket: Ticket, mark: TicketPart): Ticket {
  const marked: TicketPart[] = [];
  let atHead = true;
  for (const part of ticket) {
    const prints = part.kind !== 'cut' && part.kind !== 'drawer';
    if (prints && atHead) {
      if (!isSameBanner(part, mark)) marked.push(mark);
      atHead = false;
    }
    if (part.kind === 'cut') atHead = true;
    marked.push(part);
  }
  return marked;
}

function isSameBanner(part: TicketPart, mark: TicketPart): boolean {
  return part.kind === 'banner' && mark.kind === 'banner' && part.text === mark.text;
}

/** How many there are, in words for paper: `1 cover`, `4 covers`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { counted, cut, feed, row, rule, text } from '../../hardware/printing/ticket.ts';
import { dateOnPaper, hourAndMinute } from '../../kernel/dates.ts';
import { amountOnPaper } from '../orders/index.ts';
import type { ShiftReport } from './shifts.report.ts';

const when = (ms: number, zone: string): string => `${dateOnPaper(ms, zone)} ${hourAndMinute(ms, zone)}`;
const percent = (bps: number): string => `${bps / 100} %`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const heading = (name: string): TicketPart => text(name, { bold: true });

/** Restaurant and zone: what every slip of a till needs from the settings. */
export interface OnPaper {
  readonly restaurant: string;
  readonly zone: string;
}

function cashPart({ cash }: ShiftReport): TicketPart[] {
  return [
    heading('Drawer'),
    row(cash.floatCounted ? 'Opening float' : 'Opening float (not counted)', amountOnPaper(cash.openingFloatMinor)),
    row('Cash taken', amountOnPaper(cash.salesMinor)),
    ...(cash.tipsMinor === 0 ? [] : [row('Cash tips', amountOnPaper(cash.tipsMinor))]),
    row('Cash refunds', amountOnPaper(-cash.refundsMinor)),
    row('Cash in', amountOnPaper(cash.inMinor)),
    row('Cash out', amountOnPaper(-cash.outMinor)),
    row('Should be in the drawer', amountOnPaper(cash.expectedMinor), { bold: true }),
    ...(cash.countedMinor === null || cash.differenceMinor === null
      ? []
      : [
          row('Counted', amountOnPaper(cash.countedMinor), { bold: true }),
          row('Difference', amountOnPaper(cash.differenceMinor), { bold: true }),
          ...(cash.differenceReason == null ? [] : [text(`Reason: ${cash.differenceReason}`)]),
          ...(cash.closingCounts > 1 ? [row('Times counted', String(cash.closingCounts))] : []),
        ]),
  ];
}

function salesPart(report: ShiftReport): TicketPart[] {
  return [
    heading('Sales'),
    row(`Checks paid (${counted(report.covers, 'cover')})`, String(report.checks)),
    row('Goods without VAT', amountOnPaper(report.salesNetMinor)),
    row('VAT', amountOnPaper(report.salesVatMinor)),
    row('Service charge', amountOnPaper(report.serviceMinor)),
    row('Total', amountOnPaper(report.salesTotalMinor), { bold: true }),
    ...(report.discountsMinor === 0 ? [] : [row('Discounts given', amountOnPaper(report.discountsMinor))]),
    row(`Refunds (${report.refunds.count})`, amountOnPaper(-report.refunds.amountMinor)),
    ...(report.refunds.returnedMinor === 0
      ? []
      : [row('Given back unsold', amountOnPaper(-report.refunds.returnedMinor))]),
    row('Tips', amountOnPaper(report.tipsMinor)),
    row(`Voids (${report.voids.count})`, amountOnPaper(report.voids.valueMinor)),
    row('Drawer opened without a sale', String(report.noSales)),
    ...(report.carriedOver === 0 ? [] : [row('Checks carried over', String(report.carriedOver))]),
  ];
}

/** The report of a session on paper: X while it runs, Z once it is closed. */
export function shiftReportTicket(report: ShiftReport, { restaurant, zone }: OnPaper): Ticket {
  return [
    text(restaurant, { align: 'centre', bold: true }),
    text(report.kind === 'z' ? `Z report ${report.number ?? ''}` : 'X report', { size: 'double', align: 'centre' }),
    text(`${report.tillName}  ${report.sessionName}`, { align: 'centre' }),
    row('Business day', report.businessDay),
    row('Opened', `${when(report.openedAt, zone)} ${report.openedBy ?? ''}`.trimEnd()),
    ...(report.closedAt === null
      ? [row('Made', when(report.madeAt, zone))]
      : [row('Closed', `${when(report.closedAt, zone)} ${report.closedBy ?? ''}`.trimEnd())]),
    rule('double'),
    ...salesPart(report),
    rule(),
    heading('VAT after refunds'),
    ...report.vatByRate.map((rate) =>
      row(`${percent(rate.bps)} on ${amountOnPaper(rate.netMinor)}`, amountOnPaper(rate.vatMinor)),
    ),
    rule(),
    heading('Tenders'),
    ...report.tenders.flatMap((tender) => [
      row(`${capital(tender.method)} (${tender.payments})`, amountOnPaper(tender.takenMinor)),
      ...(tender.tipMinor === 0 ? [] : [row('  tips', amountOnPaper(tender.tipMinor))]),
      ...(tender.refundedMinor === 0 ? [] : [row('  refunded', amountOnPaper(-tender.refundedMinor))]),
    ]),
    rule(),
    ...cashPart(report),
    ...report.movements.map((movement) =>
      row(
        `${movement.direction === 'in' ? 'In' : 'Out'} ${hourAndMinute(movement.recordedAt, zone)} ${movement.reason}`,
        amountOnPaper(movement.direction === 'in' ? movement.amountMinor : -movement.amountMinor),
      ),
    ),
    rule('double'),
    ...(report.journal === null ? [] : [text(`Journal ${report.journal.seq} ${report.journal.head}`)]),
    cut(),
  ];
}

/** What goes into the drawer beside the money that was taken out of it, or put in. */
export function movementSlip(
  movement: { direction: 'in' | 'out'; amountMinor: number; reason: string; madeBy: string; at: number; till: string },
  { restaurant, zone }: OnPaper,
): Ticket {
  return [
    text(restaurant, { align: 'centre', bold: true }),
    text(movement.direction === 'in' ? 'Cash in' : 'Cash out', { size: 'double', align: 'centre' }),
    row(movement.reason, amountOnPaper(movement.amountMinor), { bold: true }),
    row(movement.till, when(movement.at, zone)),
    text(movement.madeBy),
    feed(2),
    text('Signature ______________________'),
    cut(),
  ];
}

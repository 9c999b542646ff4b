import { type PaymentMethod, tenderKinds } from '#contract/payments.ts';
import type { Settings } from '#contract/settings.ts';
import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { cut, feed, item, markCopy, row, rule, text } from '../../hardware/printing/ticket.ts';
import { dateOnPaper, hourAndMinute } from '../../kernel/dates.ts';
import type { PaymentRow } from '../ledger/index.ts';
import {
  amountOnPaper,
  checkBody,
  checkHead,
  houseHead,
  type OrderView,
  type ShareView,
  typedLines,
} from '../orders/index.ts';

const nameOf = (method: string): string => tenderKinds[method as PaymentMethod]?.name ?? method;

const footer = ({ receipt }: Settings): TicketPart[] =>
  receipt.footer === '' ? [] : [feed(), ...typedLines(receipt.footer)];

function paymentParts(payments: readonly PaymentRow[]): TicketPart[] {
  return payments.flatMap((payment) => [
    row(nameOf(payment.method), amountOnPaper(payment.amountMinor), { bold: true }),
    ...(payment.tipMinor === 0 ? [] : [row('Tip, thank you', amountOnPaper(payment.tipMinor))]),
    ...(payment.method === 'cash' && payment.tenderedMinor !== null
      ? [row('Given', amountOnPaper(payment.tenderedMinor)), row('Change', amountOnPaper(payment.changeMinor))]
      : []),
    ...(payment.reference === null || payment.reference === 'none' ? [] : [text(`Ref. ${payment.reference}`)]),
  ]);
}

/** One guest's part: the dishes that are theirs alone, their part of the table's, and the VAT in it. */
function shareBody(order: OrderView, share: ShareView, settings: Settings): TicketPart[] {
  const { figures } = share;
  const own = order.lines.filter(({ id, status }) => status !== 'voided' && share.lineIds.includes(id));
  const ofTable = figures.itemsTotal - own.reduce((sum, line) => sum + line.grossMinor, 0);
  const seat = share.seat === null ? '' : `, seat ${share.seat}`;
  return [
    text(`Share ${share.n} of ${order.shares.length}${seat}`, { bold: true }),
    ...own.map((line) => row(`${line.quantity} x ${line.productName}`, amountOnPaper(line.grossMinor))),
    ...(ofTable === 0
      ? []
      : [row(own.length === 0 ? 'Part of the bill' : 'Part of the table’s', amountOnPaper(ofTable))]),
    rule(),
    ...(figures.discount === 0 ? [] : [row('Discount', amountOnPaper(-figures.discount))]),
    ...(figures.service === 0 ? [] : [row('Service charge', amountOnPaper(figures.service))]),
    row('TOTAL', amountOnPaper(share.totalMinor), { size: 'tall', bold: true }),
    ...(settings.receipt.show_vat_breakdown
      ? figures.vatByRate.map(({ bps, net, vat }) =>
          row(`VAT ${bps / 100} % on ${amountOnPaper(net)}`, amountOnPaper(vat)),
        )
      : []),
  ];
}

interface Printing {
  readonly settings: Settings;
  /** Epoch ms. */
  readonly at: number;
}

const isOn = (share: ShareView | undefined) => (row: { readonly shareId: string | null }) =>
  share === undefined || row.shareId === share.id;

/** The guests' receipt: of the whole check once it is paid, or of one share once that is. */
export function receiptTicket(
  order: OrderView,
  shareId: string | null,
  { settings, at, since = [] }: Printing & { readonly since?: readonly TicketPart[] },
): Ticket {
  const share = order.shares.find(({ id }) => id === shareId);
  return [
    ...houseHead(settings),
    text('RECEIPT', { bold: true, align: 'centre' }),
    ...checkHead(order, at, settings),
    ...(share === undefined ? checkBody(order, settings) : shareBody(order, share, settings)),
    rule(),
    ...paymentParts(order.money.payments.filter(isOn(share))),
    ...since,
    ...footer(settings),
    cut(),
  ];
}

/**
 * A receipt once more, with its number as a copy above all else. It bears the time of the receipt itself, which is that
 * of the last payment on it, and says what has gone back since.
 */
export function receiptCopyTicket(
  order: OrderView,
  shareId: string | null,
  { settings, at, copy }: Printing & { readonly copy: number },
): Ticket {
  const ofThis = isOn(order.shares.find(({ id }) => id === shareId));
  const paidAt = order.money.payments.filter(ofThis).at(-1)?.recordedAt ?? order.closedAt ?? at;
  const refunded = order.money.refunds.filter(ofThis).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const zone = settings.time_zone;
  const since = [
    ...(refunded === 0 ? [] : [row('Given back since', amountOnPaper(-refunded), { bold: true })]),
    text(`Copy printed ${dateOnPaper(at, zone)} ${hourAndMinute(at, zone)}`),
  ];
  return markCopy(receiptTicket(order, shareId, { settings, at: paidAt, since }), copy);
}

interface RefundOnPaper {
  readonly amountMinor: number;
  readonly vatMinor: number;
  readonly method: string;
  readonly reason: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** What the guest gets for money that went back, with a line for the signature of whoever took it. */
export function refundTicket(order: OrderView, refund: RefundOnPaper, { settings, at }: Printing): Ticket {
  const nameOfLine = (id: string): string => order.lines.find((line) => line.id === id)?.productName ?? '';
  return [
    ...houseHead(settings),
    text('REFUND', { bold: true, align: 'centre' }),
    ...checkHead(order, at, settings),
    ...refund.lines.map(({ lineId, quantity }) => item(`${quantity} x`, nameOfLine(lineId))),
    row(`Back by ${nameOf(refund.method).toLowerCase()}`, amountOnPaper(refund.amountMinor), {
      size: 'tall',
      bold: true,
    }),
    ...(refund.vatMinor === 0 ? [] : [row('VAT in it', amountOnPaper(refund.vatMinor))]),
    text(`Reason: ${refund.reason}`),
    feed(2),
    text('Signature ______________________'),
    cut(),
  ];
}

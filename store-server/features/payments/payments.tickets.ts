import { type PaymentMethod, tenderKinds } from '#contract/payments.ts';
import type { Settings } from '#contract/settings.ts';
import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { cut, feed, item, row, rule, text } from '../../hardware/printing/ticket.ts';
import type { PaymentRow } from '../ledger/index.ts';
import { amountOnPaper, checkBody, checkHead, houseHead, type OrderView, type ShareView } from '../orders/index.ts';

const nameOf = (method: string): string => tenderKinds[method as PaymentMethod]?.name ?? method;

const footer = ({ receipt }: Settings): TicketPart[] =>
  receipt.footer === '' ? [] : [feed(), text(receipt.footer, { align: 'centre' })];

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

/** The guests' receipt: of the whole check once it is paid, or of one share once that is. `at` is epoch ms. */
export function receiptTicket(
  order: OrderView,
  shareId: string | null,
  { settings, at }: { readonly settings: Settings; readonly at: number },
): Ticket {
  const share = order.shares.find(({ id }) => id === shareId);
  const payments = order.money.payments.filter((payment) => share === undefined || payment.shareId === share.id);
  return [
    ...houseHead(settings),
    text('RECEIPT', { bold: true, align: 'centre' }),
    ...checkHead(order, at, settings),
    ...(share === undefined ? checkBody(order, settings) : shareBody(order, share, settings)),
    rule(),
    ...paymentParts(payments),
    ...footer(settings),
    cut(),
  ];
}

interface RefundOnPaper {
  readonly amountMinor: number;
  readonly vatMinor: number;
  readonly method: string;
  readonly reason: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** What the guest gets for money that went back, with a line for the signature of whoever took it. */
export function refundTicket(
  order: OrderView,
  refund: RefundOnPaper,
  { settings, at }: { readonly settings: Settings; readonly at: number },
): Ticket {
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

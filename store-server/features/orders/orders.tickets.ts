import type { Settings } from '#contract/settings.ts';
import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { columns, counted, cut, feed, item, row, rule, text } from '../../hardware/printing/ticket.ts';
import { dateOnPaper, hourAndMinute } from '../../kernel/dates.ts';
import type { LineView, OrderView } from './orders.view.ts';

/** An amount as paper shows it: pounds and pence, `-` in front of what is taken off. */
export function amountOnPaper(units: number): string {
  const size = Math.abs(units);
  const pence = String(size % 100).padStart(2, '0');
  return `${units < 0 ? '-' : ''}£${Math.trunc(size / 100)}.${pence}`;
}

/** A rate as paper shows it: `20 %`, `12.5 %`. */
const rateOnPaper = (bps: number): string => `${bps / 100} %`;

/** A text of the settings as it was typed: each line is a line. */
export const typedLines = (typed: string): TicketPart[] =>
  typed === '' ? [] : typed.split(/\r?\n/).map((line) => text(line, { align: 'centre' }));

/** Who sells, as the law wants it on a bill: name, address, VAT number. */
export function houseHead({ restaurant, receipt }: Settings): TicketPart[] {
  return [
    text(restaurant.name, { size: 'double', bold: true, align: 'centre' }),
    ...[restaurant.address, restaurant.phone].flatMap(typedLines),
    ...(restaurant.vat_number === '' ? [] : [text(`VAT no. ${restaurant.vat_number}`, { align: 'centre' })]),
    ...typedLines(receipt.header),
    feed(),
  ];
}

/** Which check, where, when, and who served. */
export function checkHead(order: OrderView, at: number, { time_zone: zone }: Settings): TicketPart[] {
  const where = order.tableName === null ? order.orderType.replaceAll('_', ' ') : `Table ${order.tableName}`;
  return [
    row(`Order ${order.orderNumber}`, `${dateOnPaper(at, zone)} ${hourAndMinute(at, zone)}`),
    row(order.covers > 0 ? `${where}, ${counted(order.covers, 'cover')}` : where, order.serverName ?? ''),
    rule(),
  ];
}

function lineParts(line: LineView): TicketPart[] {
  const priced = line.modifiers.filter(({ priceMinor }) => priceMinor !== 0);
  return [
    columns([
      { text: `${line.quantity} x`, width: 6 },
      { text: line.productName },
      { text: amountOnPaper(line.grossMinor), width: 11, align: 'right' },
    ]),
    ...priced.map(({ name, quantity }) => item('     ', quantity > 1 ? `${quantity} x ${name}` : name)),
  ];
}

/** The dishes and what they come to: lines, discount, service, VAT per rate, total. Voided dishes are not on paper. */
export function checkBody(order: OrderView, settings: Settings): TicketPart[] {
  const { sums } = order;
  const service = order.serviceMandatory ? 'Service charge' : 'Optional service charge';
  return [
    ...order.lines.filter(({ status }) => status !== 'voided').flatMap(lineParts),
    rule(),
    row('Items', amountOnPaper(sums.itemsTotal)),
    ...(sums.discount === 0 ? [] : [row('Discount', amountOnPaper(-sums.discount))]),
    ...(sums.service === 0 ? [] : [row(service, amountOnPaper(sums.service))]),
    ...(sums.vatInclusive ? [] : [row('VAT', amountOnPaper(sums.tax))]),
    row('TOTAL', amountOnPaper(sums.total), { size: 'tall', bold: true }),
    ...(settings.receipt.show_vat_breakdown ? vatParts(order) : []),
  ];
}

const vatParts = ({ sums }: OrderView): TicketPart[] => [
  rule(),
  ...sums.vatByRate.map(({ bps, net, vat }) =>
    row(`VAT ${rateOnPaper(bps)} on ${amountOnPaper(net)}`, amountOnPaper(vat)),
  ),
];

/** The bill that guests are shown before they pay; it is no receipt and says so. */
export function billTicket(order: OrderView, at: number, settings: Settings): Ticket {
  const { paidMinor } = order.money;
  return [
    ...houseHead(settings),
    text('BILL - NOT A RECEIPT', { bold: true, align: 'centre' }),
    ...checkHead(order, at, settings),
    ...checkBody(order, settings),
    ...(paidMinor === 0 ? [] : [row('Paid', amountOnPaper(-paidMinor)), row('To pay', amountOnPaper(order.dueMinor))]),
    ...(order.shares.length === 0 ? [] : [rule()]),
    ...order.shares.map((share) =>
      row(
        `Share ${share.n} of ${order.shares.length}${share.seat === null ? '' : `, seat ${share.seat}`}`,
        share.dueMinor === 0 ? 'paid' : amountOnPaper(share.dueMinor),
      ),
    ),
    ...(settings.receipt.footer === '' ? [] : [feed(), ...typedLines(settings.receipt.footer)]),
    cut(),
  ];
}

import type {
  KitchenAllergy,
  KitchenCheck,
  KitchenLine,
  KitchenNotice,
  KitchenTicket,
  VoidSlip,
} from '#contract/kitchen.ts';
import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { allergyBand, banner, cut, item, row, rule, text } from '../../hardware/printing/ticket.ts';
import { hourAndMinute } from '../../kernel/dates.ts';

const orderTypeWords: Readonly<Record<string, string>> = {
  dine_in: 'EAT IN',
  takeaway: 'TAKEAWAY',
  collection: 'COLLECTION',
  delivery: 'DELIVERY',
  counter: 'COUNTER',
  bar: 'BAR',
};

const courseWords = ['DRINKS', 'STARTERS', 'MAINS', 'DESSERTS'];

/** How the kitchen calls a course. */
export const courseName = (course: number): string => courseWords[course] ?? `COURSE ${course}`;

const allergyLine = ({ seat, allergens, note }: KitchenAllergy): string =>
  `SEAT ${seat}: ${allergens.join(', ').toUpperCase()}${note === null ? '' : ` - ${note}`}`;

/** Allergies stand above everything else, on every station's ticket, whatever that station cooks. */
function head(check: KitchenCheck, at: number, zone: string, station: string): TicketPart[] {
  const place = check.tableName === null ? (orderTypeWords[check.orderType] ?? 'ORDER') : `TABLE ${check.tableName}`;
  return [
    ...allergyBand(check.allergies.map(allergyLine)),
    text(place, { size: 'double', bold: true }),
    row(`Order ${check.orderNumber}  ${check.covers} covers`, hourAndMinute(at, zone), { bold: true }),
    row(check.serverName, station),
    ...(check.note === null ? [] : [text(`NOTE: ${check.note}`, { bold: true })]),
    rule('double'),
  ];
}

const lineParts = (line: KitchenLine): TicketPart[] => [
  item(`${line.quantity} x`, `${line.kitchenName}${line.seat === null ? '' : `  (seat ${line.seat})`}`, {
    size: 'tall',
    bold: true,
  }),
  ...line.modifiers.map((modifier) =>
    item(
      `${'  '.repeat(modifier.depth + 1)}${modifier.quantity > 1 ? `${modifier.quantity} x` : '-'}`,
      modifier.kitchenName,
    ),
  ),
  ...(line.note === null ? [] : [item('   >', line.note, { inverse: true })]),
];

/** What one station cooks of one firing, grouped by course. */
export function fireTicket(ticket: KitchenTicket, zone: string, station: string, stationId: string): Ticket {
  const own = ticket.lines.filter((line) => line.stationIds.includes(stationId));
  const courses = [...new Set(own.map((line) => line.course))].sort((a, b) => a - b);
  return [
    ...head(ticket, ticket.firedAt, zone, station),
    ...courses.flatMap((course) => [
      text(courseName(course), { align: 'centre', bold: true }),
      ...own.filter((line) => line.course === course).flatMap(lineParts),
    ]),
    cut(),
  ];
}

export const voidTicket = (slip: VoidSlip, zone: string, station: string): Ticket => [
  banner('VOID - DO NOT MAKE'),
  ...head(slip, slip.voidedAt, zone, station),
  ...lineParts(slip.line),
  rule(),
  item('Why:', slip.reason),
  item('By:', slip.voidedBy),
  cut(),
];

export const noticeTicket = (notice: KitchenNotice, zone: string, station: string): Ticket => [
  banner(notice.heading),
  ...head(notice, notice.at, zone, station),
  ...notice.text.map((line) => text(line, { bold: true })),
  cut(),
];

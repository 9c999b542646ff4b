import type {
  KitchenAllergy,
  KitchenCheck,
  KitchenLine,
  KitchenNotice,
  KitchenTicket,
  VoidSlip,
} from '#contract/kitchen.ts';
import type { Ticket, TicketPart } from '../../hardware/printing/ports.ts';
import { allergyBand, band, counted, cut, feed, item, row, rule, text } from '../../hardware/printing/ticket.ts';
import { hourAndMinute } from '../../kernel/dates.ts';

/** Where and when a slip is read. */
export interface SlipPlace {
  /** The station's name. */
  readonly station: string;
  /** Time zone of the clock on the wall. */
  readonly zone: string;
}

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

const named = (allergens: readonly string[]): string => allergens.join(', ').toUpperCase();

const allergyLine = ({ seat, allergens, note }: KitchenAllergy): string =>
  `SEAT ${seat}: ${named(allergens)}${note === null ? '' : ` - ${note}`}`;

/** Allergies stand above everything else, on every station's ticket, whatever that station cooks. */
const allergies = (check: KitchenCheck): TicketPart[] => allergyBand(check.allergies.map(allergyLine));

function head(check: KitchenCheck, at: number, { station, zone }: SlipPlace): TicketPart[] {
  const place = check.tableName === null ? (orderTypeWords[check.orderType] ?? 'ORDER') : `TABLE ${check.tableName}`;
  const people = check.covers === 0 ? '' : `  ${counted(check.covers, 'cover')}`;
  return [
    text(place, { size: 'huge', bold: true }),
    row(`Order ${check.orderNumber}${people}`, hourAndMinute(at, zone), { size: 'tall', bold: true }),
    row(check.serverName, station),
  ];
}

/** Dishes large, what is changed about them beneath and bold, and the allergy of whoever gets it on the dish itself. */
function dish(line: KitchenLine, check: KitchenCheck): TicketPart[] {
  const mine = check.allergies.filter(({ seat }) => seat === line.seat);
  const seat = line.seat === null ? '' : `  (seat ${line.seat})`;
  return [
    item(`${line.quantity} x`, `${line.kitchenName}${seat}`, { size: 'tall', bold: true }),
    ...mine.map(({ allergens }) => item('   !', `ALLERGY: ${named(allergens)}`, { inverse: true, bold: true })),
    ...line.modifiers.map(({ depth, quantity, kitchenName }) =>
      item(`${'  '.repeat(depth + 1)}${quantity > 1 ? `${quantity} x` : '-'}`, kitchenName, { bold: true }),
    ),
    ...(line.note === null ? [] : [item('   >', line.note, { inverse: true })]),
  ];
}

/** What one station cooks of one firing, course by course. `alsoAt` names the stations whose plates go with these. */
export function fireTicket(
  ticket: KitchenTicket,
  own: readonly KitchenLine[],
  place: SlipPlace,
  alsoAt: readonly string[],
): Ticket {
  const courses = [...new Set(own.map((line) => line.course))].sort((a, b) => a - b);
  return [
    ...allergies(ticket),
    ...head(ticket, ticket.firedAt, place),
    ...(ticket.note === null ? [] : [item('NOTE:', ticket.note, { bold: true })]),
    ...courses.flatMap((course) => [
      rule('double'),
      text(courseName(course), { align: 'centre', size: 'wide', bold: true }),
      ...own.filter((line) => line.course === course).flatMap((line) => dish(line, ticket)),
    ]),
    ...(alsoAt.length === 0 ? [] : [rule(), item('Also at:', alsoAt.join(', '))]),
    cut(),
  ];
}

/** Looks like no ticket that is to be cooked: the word stands at both ends, and nothing on it has to be read first. */
export const voidTicket = (slip: VoidSlip, place: SlipPlace): Ticket => [
  band('VOID'),
  text('DO NOT MAKE', { size: 'double', bold: true, align: 'centre' }),
  feed(),
  ...head(slip, slip.voidedAt, place),
  rule('double'),
  ...dish(slip.line, { ...slip, allergies: [] }),
  rule(),
  item('Why:', slip.reason, { bold: true }),
  item('By:', slip.voidedBy),
  band('VOID', 'double'),
  cut(),
];

export const noticeTicket = (notice: KitchenNotice, place: SlipPlace): Ticket => [
  ...allergies(notice),
  ...(notice.allergies.length === 0 ? [] : [feed()]),
  band(notice.heading),
  ...notice.text.map((line) => text(line, { size: 'double', bold: true })),
  rule(),
  ...head(notice, notice.at, place),
  cut(),
];

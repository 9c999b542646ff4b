import type { Ticket } from '../../hardware/printing/ports.ts';
import { cut, item, row, rule, text } from '../../hardware/printing/ticket.ts';
import { isoTime } from '../../kernel/dates.ts';

/** A slip that shows at a glance whether the model was chosen rightly: width, £ and €, sizes. */
export const testTicket = (printerName: string, now: number): Ticket => [
  text('Fynlo test slip', { size: 'double', align: 'centre' }),
  text(printerName, { bold: true, align: 'centre' }),
  rule(),
  row('Pounds and euros', '£12.50 €12.50'),
  item('2 x', 'Crème brûlée, jalapeño, Ærø'),
  text('White on black', { inverse: true }),
  row('Printed at', isoTime(now)),
  rule('double'),
  cut(),
];

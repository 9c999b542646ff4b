import type { KitchenNotice, KitchenTicket, VoidSlip } from '#contract/kitchen.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { banner } from '../../hardware/printing/ticket.ts';
import { Problem } from '../../kernel/verdict.ts';
import { enqueueTicket, printersOfStation, receiptPrinter } from '../printers/index.ts';
import { settingsOf } from '../settings/index.ts';
import { stationById } from './kitchen.reads.ts';
import { fireTicket, noticeTicket, voidTicket } from './kitchen.tickets.ts';

/**
 * Sends a slip to every printer of a station. A station without a printer gets its slip on the receipt printer, headed
 * with the station's name, so that somebody carries it over; with no printer at all the kitchen screens still show it.
 */
function toStation(
  context: CommandContext,
  stationId: string,
  slip: { title: string; ticket: Ticket; orderId: string },
): void {
  const { connection } = context.tx;
  const own = printersOfStation(connection, stationId);
  const { title, ticket, orderId } = slip;
  for (const printer of own) enqueueTicket(context, { printerId: printer.id, title, ticket, subjectId: orderId });
  if (own.length > 0) return;
  const counter = receiptPrinter(connection, null);
  if (counter === undefined) return;
  const name = stationById(connection, stationId)?.name ?? 'kitchen';
  enqueueTicket(context, {
    printerId: counter.id,
    title,
    ticket: [banner(`TAKE THIS TO: ${name.toUpperCase()}`), ...ticket],
    subjectId: orderId,
  });
}

const stationName = (context: CommandContext, stationId: string): string =>
  stationById(context.tx.connection, stationId)?.name ?? 'Kitchen';

/**
 * One ticket for each station that cooks something of this firing, allergies first on each.
 * @throws Problem NO_STATION naming the dish, before anything is queued, when a line has nowhere to go
 */
export function sendFireTickets(context: CommandContext, ticket: KitchenTicket): void {
  const lost = ticket.lines.find((line) => line.stationIds.length === 0);
  if (lost !== undefined) throw new Problem('NO_STATION', { line_id: lost.lineId, product: lost.kitchenName });
  const zone = settingsOf(context.tx.connection).time_zone;
  for (const stationId of new Set(ticket.lines.flatMap((line) => line.stationIds))) {
    toStation(context, stationId, {
      title: `Order ${ticket.orderNumber}`,
      ticket: fireTicket(ticket, zone, stationName(context, stationId), stationId),
      orderId: ticket.orderId,
    });
  }
}

/** Tells every station that had the dish not to make it. */
export function sendVoidSlip(context: CommandContext, slip: VoidSlip): void {
  const zone = settingsOf(context.tx.connection).time_zone;
  for (const stationId of slip.line.stationIds) {
    toStation(context, stationId, {
      title: `Void, order ${slip.orderNumber}`,
      ticket: voidTicket(slip, zone, stationName(context, stationId)),
      orderId: slip.orderId,
    });
  }
}

/** Puts a notice on paper at the named stations. */
export function sendNotice(context: CommandContext, notice: KitchenNotice): void {
  const zone = settingsOf(context.tx.connection).time_zone;
  for (const stationId of new Set(notice.stationIds)) {
    toStation(context, stationId, {
      title: `${notice.heading}, order ${notice.orderNumber}`,
      ticket: noticeTicket(notice, zone, stationName(context, stationId)),
      orderId: notice.orderId,
    });
  }
}

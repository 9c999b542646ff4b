import { type KitchenNotice, type KitchenTicket, type VoidSlip, voidSlipSent } from '#contract/kitchen.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { band } from '../../hardware/printing/ticket.ts';
import { Problem } from '../../kernel/verdict.ts';
import { enqueueTicket, printersOfStation, receiptPrinter } from '../printers/index.ts';
import { settingsOf } from '../settings/index.ts';
import { stationById } from './kitchen.reads.ts';
import { fireTicket, noticeTicket, type SlipPlace, voidTicket } from './kitchen.tickets.ts';

interface Slip {
  readonly title: string;
  readonly ticket: Ticket;
  readonly orderId: string;
}

/**
 * Sends a slip to every printer of a station. A station without a printer gets its slip on the receipt printer, headed
 * with the station's name, so that somebody carries it over; with no printer at all the kitchen screens still show it.
 */
function toStation(context: CommandContext, stationId: string, { title, ticket, orderId }: Slip): void {
  const { connection } = context.tx;
  const own = printersOfStation(connection, stationId);
  for (const printer of own) enqueueTicket(context, { printerId: printer.id, title, ticket, subjectId: orderId });
  if (own.length > 0) return;
  const counter = receiptPrinter(connection, null);
  if (counter === undefined) return;
  const carried = [band(`TAKE TO ${stationName(context, stationId).toUpperCase()}`, 'double'), ...ticket];
  enqueueTicket(context, { printerId: counter.id, title, ticket: carried, subjectId: orderId });
}

const stationName = (context: CommandContext, stationId: string): string =>
  stationById(context.tx.connection, stationId)?.name ?? 'Kitchen';

const placeOf = (context: CommandContext, stationId: string): SlipPlace => ({
  station: stationName(context, stationId),
  zone: settingsOf(context.tx.connection).time_zone,
});

/**
 * One ticket for each station that cooks something of this firing, allergies first on each.
 * @throws Problem NO_STATION naming the dish, before anything is queued, when a line has nowhere to go
 */
export function sendFireTickets(context: CommandContext, ticket: KitchenTicket): void {
  const lost = ticket.lines.find((line) => line.stationIds.length === 0);
  if (lost !== undefined) throw new Problem('NO_STATION', { line_id: lost.lineId, product: lost.kitchenName });
  const stationIds = [...new Set(ticket.lines.flatMap((line) => line.stationIds))];
  for (const stationId of stationIds) {
    const own = ticket.lines.filter((line) => line.stationIds.includes(stationId));
    const alsoAt = stationIds.filter((id) => id !== stationId).map((id) => stationName(context, id));
    toStation(context, stationId, {
      title: `Order ${ticket.orderNumber}`,
      ticket: fireTicket(ticket, own, placeOf(context, stationId), alsoAt),
      orderId: ticket.orderId,
    });
  }
}

/** Tells every station that had the dish not to make it, on paper and on its screens. */
export function sendVoidSlip(context: CommandContext, slip: VoidSlip): void {
  const { orderId, orderNumber, tableName, line } = slip;
  const stationIds = [...new Set(line.stationIds)];
  for (const stationId of stationIds) {
    toStation(context, stationId, {
      title: `Void, order ${orderNumber}`,
      ticket: voidTicket(slip, placeOf(context, stationId)),
      orderId,
    });
  }
  context.tx.on('order', orderId).tell(voidSlipSent, {
    order_id: orderId,
    order_number: orderNumber,
    table_name: tableName,
    line_id: line.lineId,
    item_name: line.kitchenName,
    quantity: line.quantity,
    station_ids: stationIds,
  });
}

/** Puts a notice on paper at the named stations. */
export function sendNotice(context: CommandContext, notice: KitchenNotice): void {
  for (const stationId of new Set(notice.stationIds)) {
    toStation(context, stationId, {
      title: `${notice.heading}, order ${notice.orderNumber}`,
      ticket: noticeTicket(notice, placeOf(context, stationId)),
      orderId: notice.orderId,
    });
  }
}

import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { enqueueDrawerPulse, enqueueTicket, type Printer, receiptPrinter } from '../printers/index.ts';
import { settingsOf } from '../settings/index.ts';
import { type Session, type Till, tillById } from './shifts.reads.ts';
import type { OnPaper } from './shifts.tickets.ts';

/** The drawer of a session, with the printer it hangs on. */
export const tillOf = (connection: Connection, session: Session): Till => tillById(connection, session.tillId);

export function onPaper(connection: Connection): OnPaper {
  const { restaurant, time_zone } = settingsOf(connection);
  return { restaurant: restaurant.name, zone: time_zone };
}

/** Prints at the till's printer, or at the first receipt printer; a store without one goes on without paper. Answers which it was. */
export function printAtTill(
  context: CommandContext,
  till: Till | null,
  slip: { title: string; ticket: Ticket; subjectId: string },
): Printer | undefined {
  const printer = receiptPrinter(context.tx.connection, till?.printerId ?? null);
  if (printer !== undefined) enqueueTicket(context, { printerId: printer.id, ...slip });
  return printer;
}

/** One pulse to the drawer; false where no printer could give it, so that somebody takes the key. */
export function openDrawer(context: CommandContext, till: Till, subjectId: string, reason: string): boolean {
  const printer = receiptPrinter(context.tx.connection, till.printerId);
  if (printer === undefined) return false;
  enqueueDrawerPulse(context, { printerId: printer.id, subjectId, reason });
  return true;
}

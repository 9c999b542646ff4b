import { drawerPulsed } from '#contract/printers.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { drawerLane, printLane } from './printers.reads.ts';

/** What a print job keeps, frozen when it was asked for. The language is chosen only when it is sent. */
export interface PrintPayload {
  readonly title: string;
  readonly ticket: Ticket;
}

/** A drawer pulse that has not happened within this time never happens: a drawer must not open on its own later. */
export const DRAWER_PULSE_LIFE_MS = 5_000;

/** Queues a slip for a printer; it is kept until it is on paper. Returns the job's id. */
export function enqueueTicket(
  context: CommandContext,
  {
    printerId,
    title,
    ticket,
    subjectId,
  }: { printerId: string; title: string; ticket: Ticket; subjectId: string | null },
): string {
  const payload: PrintPayload = { title, ticket };
  return context.enqueue({ lane: printLane(printerId), kind: 'print', payload, subjectId, diesAt: null });
}

/**
 * Queues one pulse to the drawer behind a printer, with its audit fact. It is a job of its own that dies after five
 * seconds or a restart and is never repeated. Returns the job's id.
 */
export function enqueueDrawerPulse(
  context: CommandContext,
  { printerId, subjectId, reason }: { printerId: string; subjectId: string | null; reason: string },
): string {
  const jobId = context.enqueue({
    lane: drawerLane(printerId),
    kind: 'drawer',
    payload: { title: 'Drawer', reason },
    subjectId,
    diesAt: context.now + DRAWER_PULSE_LIFE_MS,
  });
  context.tx
    .on('printer', printerId)
    .tell(drawerPulsed, { printer_id: printerId, job_id: jobId, subject_id: subjectId, reason });
  return jobId;
}

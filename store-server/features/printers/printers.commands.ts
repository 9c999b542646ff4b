import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import {
  AddPrinterInput,
  ChangePrinterBody,
  printerAdded,
  printerChanged,
  printerRemoved,
  printerRestored,
} from '#contract/printers.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { printerModelById } from '../../hardware/models/printer-models.ts';
import { parsePrinterAddress } from '../../hardware/printing/wires/address.ts';
import { overtakenFields } from '../../kernel/overtaken.ts';
import { insist, Problem } from '../../kernel/verdict.ts';
import { plainDto } from './printers.dto.ts';
import { moveJob } from './printers.job.commands.ts';
import { enqueueTicket } from './printers.jobs.ts';
import {
  drawerLane,
  type Printer,
  printerByRef,
  printerEver,
  printers,
  printLane,
  waitingJobs,
} from './printers.reads.ts';
import { endJob } from './printers.results.ts';
import { canBeCalled, canStandAt } from './printers.rules.ts';
import { printerTable } from './printers.schema.ts';
import { testTicket } from './printers.tickets.ts';

/** The stations of the kitchen, which is a later feature: it hands over how to find one. */
export type FindStation = (context: CommandContext, ref: string | number) => string;

function insistGood(fields: { address?: string | undefined; model?: string | undefined }): string | undefined {
  if (fields.model !== undefined && printerModelById(fields.model) === undefined) {
    throw new Problem('VALIDATION_ERROR', { field: 'model', reason: 'This printer model is not known.' });
  }
  if (fields.address === undefined) return undefined;
  const parsed = parsePrinterAddress(fields.address);
  if (!parsed.ok) throw new Problem('VALIDATION_ERROR', { field: 'address', reason: parsed.reason });
  return parsed.address.href;
}

/** Where a removed printer's waiting slips go: a sibling for the same station, else a receipt printer. */
function standInFor(context: CommandContext, gone: Printer): Printer | undefined {
  const others = printers(context.tx.connection).filter((printer) => printer.id !== gone.id);
  const sibling = others.find((printer) => printer.stations.some((station) => gone.stations.includes(station)));
  return sibling ?? others.find((printer) => printer.isReceiptPrinter);
}

/**
 * From now on a station's tickets come out of these printers and of no other. Whatever else those print stays as it is.
 * @throws Problem NOT_FOUND naming `printers` when one of them is not in use
 */
export function routeStation(context: CommandContext, stationId: string, refs: readonly Ref[]): void {
  const { connection } = context.tx;
  const wanted = new Set(refs.map((ref) => printerByRef(connection, ref, 'printers').id));
  for (const { id, name, stations } of printers(connection)) {
    if (stations.includes(stationId) === wanted.has(id)) continue;
    const others = stations.filter((station) => station !== stationId);
    context.tx
      .on('printer', id)
      .update(printerTable, id, { stations: wanted.has(id) ? [...others, stationId] : others })
      .tell(printerChanged, { printer_id: id, name });
  }
}

export function printerCommands(findStation: FindStation) {
  const add = defineCommand({
    name: 'printers.add',
    permission: 'printers.change',
    input: AddPrinterInput,
    handle(context, input) {
      const address = insistGood(input) as string;
      const others = printers(context.tx.connection);
      insist(canBeCalled(input.name, others));
      insist(canStandAt(address, others));
      const id = context.ids.next();
      context.tx
        .on('printer', id)
        .insert(printerTable, {
          id,
          name: input.name,
          address,
          model: input.model,
          stations: input.stations.map((station) => findStation(context, station)),
          isReceiptPrinter: input.is_receipt_printer,
        })
        .tell(printerAdded, { printer_id: id, name: input.name });
      return printerByRef(context.tx.connection, id);
    },
  });

  const change = defineCommand({
    name: 'printers.change',
    permission: 'printers.change',
    input: ChangePrinterBody.extend({ printer_id: Ref }),
    handle(context, input) {
      const { connection } = context.tx;
      const printer = printerByRef(connection, input.printer_id, 'printer_id');
      const address = insistGood(input);
      const keys = overtakenFields(plainDto(printer), { ...input, address }, input.seen ?? {});
      if (keys.length > 0) throw new Problem('VERSION_CONFLICT', { keys });
      // Not the address: two printers may have exchanged theirs, and are put right one after the other.
      const others = printers(connection).filter(({ id }) => id !== printer.id);
      if (input.name !== undefined && input.name !== printer.name) insist(canBeCalled(input.name, others));
      const fields = {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(address === undefined ? {} : { address }),
        ...(input.model === undefined ? {} : { model: input.model }),
        ...(input.stations === undefined
          ? {}
          : { stations: input.stations.map((station) => findStation(context, station)) }),
        ...(input.is_receipt_printer === undefined ? {} : { isReceiptPrinter: input.is_receipt_printer }),
      };
      if (Object.keys(fields).length === 0) return printer;
      context.tx
        .on('printer', printer.id)
        .update(printerTable, printer.id, fields)
        .tell(printerChanged, { printer_id: printer.id, name: input.name ?? printer.name });
      return printerByRef(connection, printer.id);
    },
  });

  const remove = defineCommand({
    name: 'printers.remove',
    permission: 'printers.change',
    input: z.strictObject({ printer_id: Ref }),
    handle(context, input) {
      const { connection } = context.tx;
      const printer = printerByRef(connection, input.printer_id, 'printer_id');
      const standIn = standInFor(context, printer);
      const waiting = waitingJobs(connection, printLane(printer.id));
      for (const job of waiting) {
        if (standIn === undefined) endJob(context, job, 'printer_removed');
        else moveJob(context, job, standIn);
      }
      for (const job of waitingJobs(connection, drawerLane(printer.id))) endJob(context, job, 'printer_removed');
      context.tx
        .on('printer', printer.id)
        .update(printerTable, printer.id, { removedAt: context.now })
        .tell(printerRemoved, {
          printer_id: printer.id,
          name: printer.name,
          jobs_moved_to: waiting.length === 0 ? null : (standIn?.id ?? null),
        });
      return { id: printer.id, removed: true as const };
    },
  });

  const restore = defineCommand({
    name: 'printers.restore',
    permission: 'printers.change',
    input: z.strictObject({ printer_id: Ref }),
    handle({ tx }, input) {
      const { connection } = tx;
      const printer = printerEver(connection, String(input.printer_id));
      if (printer === undefined) throw new Problem('NOT_FOUND', { field: 'printer_id' });
      if (printer.removedAt === null) return printer;
      insist(canBeCalled(printer.name, printers(connection)));
      insist(canStandAt(printer.address, printers(connection)));
      tx.on('printer', printer.id)
        .update(printerTable, printer.id, { removedAt: null })
        .tell(printerRestored, { printer_id: printer.id, name: printer.name });
      return printerByRef(connection, printer.id);
    },
  });

  const test = defineCommand({
    name: 'printers.test',
    permission: 'printers.read',
    input: z.strictObject({ printer_id: Ref }),
    handle(context, input) {
      const printer = printerByRef(context.tx.connection, input.printer_id, 'printer_id');
      const ticket = testTicket(printer.name, context.now);
      return { job_id: enqueueTicket(context, { printerId: printer.id, title: 'Test', ticket, subjectId: null }) };
    },
  });

  return { add, change, remove, restore, test };
}

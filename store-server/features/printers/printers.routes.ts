import { Uuid } from '#contract/ids.ts';
import {
  AddPrinterInput,
  ChangePrinterBody,
  PrinterDto,
  PrinterModelDto,
  PrintJobDto,
  RemovedDto,
} from '#contract/printers.ts';
import type { Connection } from '../../db/connection.ts';
import { printerModelSummaries } from '../../hardware/models/printer-models.ts';
import type { Api } from '../../http/api.ts';
import { isoTime } from '../../kernel/dates.ts';
import type { printerCommands } from './printers.commands.ts';
import { TestPrintDto } from './printers.commands.ts';
import type { PrintPayload } from './printers.jobs.ts';
import {
  type Printer,
  type PrintJob,
  printerByRef,
  printers,
  printLane,
  recentJobs,
  waitingJobs,
} from './printers.reads.ts';

/** A station's name by its id; the kitchen, a later feature, hands it over. */
export type StationName = (connection: Connection, stationId: string) => string | undefined;

const plainDto = (printer: Printer) => ({
  id: printer.id,
  name: printer.name,
  address: printer.address,
  model: printer.model,
  stations: printer.stations,
  is_receipt_printer: printer.isReceiptPrinter,
});

const jobDto = (job: PrintJob, printerId: string) => ({
  id: job.id,
  printer_id: printerId,
  title: (job.payload as PrintPayload).title,
  state: job.state,
  attempt: job.attempt,
  repeat_possible: job.repeatPossible,
  confirmed: job.confirmed,
  reason: job.reason,
  created_at: isoTime(job.createdAt),
  updated_at: isoTime(job.updatedAt),
});

const ChangedPrinterDto = PrinterDto.omit({ station_names: true, waiting_jobs: true, problem: true });

export const printerRoutes =
  (commands: ReturnType<typeof printerCommands>, stationName: StationName) =>
  (api: Api): void => {
    const dto = (connection: Connection, printer: Printer) => {
      const waiting = waitingJobs(connection, printLane(printer.id));
      return {
        ...plainDto(printer),
        station_names: printer.stations.flatMap((id) => stationName(connection, id) ?? []),
        waiting_jobs: waiting.length,
        problem: waiting.find((job) => job.reason !== null)?.reason ?? null,
      };
    };

    api.router('/api/v1/hardware', (at) => {
      at.get('/models', () => printerModelSummaries(), {
        operation: 'printers.models',
        access: 'printers.read',
        summary: 'The printer models that can be chosen',
        answers: PrinterModelDto,
        plural: 'models',
      });
      at.get('/printers', ({ connection }) => printers(connection).map((printer) => dto(connection, printer)), {
        operation: 'printers.list',
        access: 'printers.read',
        summary: 'Every printer with its waiting slips and what is wrong with it',
        answers: PrinterDto,
        plural: 'printers',
      });
      at.post('/printers', commands.add, {
        summary: 'Add a printer',
        body: AddPrinterInput,
        answers: ChangedPrinterDto,
        toDto: plainDto,
      });
      at.put('/printers/:printer_id', commands.change, {
        summary: 'Change a printer; a new address counts at once, for waiting slips too',
        body: ChangePrinterBody,
        answers: ChangedPrinterDto,
        toDto: plainDto,
      });
      at.delete('/printers/:printer_id', commands.remove, {
        summary: 'Remove a printer; its waiting slips go to a sibling or the receipt printer',
        answers: RemovedDto,
      });
      at.post('/printers/:printer_id/test', commands.test, {
        summary: 'Print a test slip',
        answers: TestPrintDto,
      });
      at.get(
        '/printers/:printer_id/jobs',
        ({ connection }, { params }) => {
          const printer = printerByRef(connection, params['printer_id'] as string, 'printer_id');
          return recentJobs(connection, printLane(printer.id)).map((job) => jobDto(job, printer.id));
        },
        {
          operation: 'printers.jobs',
          access: 'printers.read',
          summary: 'A printer’s last fifty slips and what became of them',
          answers: PrintJobDto.extend({ printer_id: Uuid }),
          plural: 'jobs',
        },
      );
    });
  };

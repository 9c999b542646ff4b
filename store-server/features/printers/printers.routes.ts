import { Uuid } from '#contract/ids.ts';
import {
  AddPrinterInput,
  ChangedPrinterDto,
  ChangePrinterBody,
  FoundPrintersDto,
  MoveJobBody,
  PaperDto,
  PrinterDto,
  PrinterModelDto,
  PrintJobDto,
  RemovedDto,
  SearchStateDto,
  TestPrintDto,
} from '#contract/printers.ts';
import type { Connection } from '../../db/connection.ts';
import { printerModelSummaries } from '../../hardware/models/printer-models.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { markPossibleRepeat } from '../../hardware/printing/ticket.ts';
import type { Api } from '../../http/api.ts';
import { isoTime } from '../../kernel/dates.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { printerCommands } from './printers.commands.ts';
import { plainDto } from './printers.dto.ts';
import type { searchOf } from './printers.find.commands.ts';
import { cancelJob, moveJobTo, retryJob } from './printers.job.commands.ts';
import type { PrintPayload } from './printers.jobs.ts';
import {
  findJob,
  lastJob,
  type Printer,
  type PrintJob,
  printerByRef,
  printerIdOf,
  printers,
  printLane,
  recentJobs,
  waitingJobs,
} from './printers.reads.ts';

/** A station's name by its id; the kitchen, a later feature, hands it over. */
export type StationName = (connection: Connection, stationId: string) => string | undefined;

/** Draws a ticket as a printer of this model puts it on paper: as a picture, and in words. */
export type DrawOnModel = (ticket: Ticket, modelId: string) => { readonly svg: string; readonly text: string };

const jobDto = (job: PrintJob, printerId = printerIdOf(job)) => ({
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

interface Reached {
  readonly commands: ReturnType<typeof printerCommands>;
  readonly search: ReturnType<typeof searchOf>;
  readonly stationName: StationName;
  readonly draw: DrawOnModel;
}

function paperOf(connection: Connection, draw: DrawOnModel, params: Readonly<Record<string, unknown>>) {
  const printer = printerByRef(connection, params['printer_id'] as string, 'printer_id');
  const job = findJob(connection, String(params['job_id']));
  if (job === undefined || job.lane !== printLane(printer.id)) throw new Problem('NOT_FOUND', { field: 'job_id' });
  const { title, ticket } = job.payload as PrintPayload;
  return { job_id: job.id, title, ...draw(job.repeatPossible ? markPossibleRepeat(ticket) : ticket, printer.model) };
}

export const printerRoutes =
  ({ commands, search, stationName, draw }: Reached) =>
  (api: Api): void => {
    const lastDto = (connection: Connection, printer: Printer) => {
      const job = lastJob(connection, printLane(printer.id));
      if (job === undefined) return null;
      const { title } = job.payload as PrintPayload;
      return { title, state: job.state, confirmed: job.confirmed, at: isoTime(job.updatedAt) };
    };
    const dto = (connection: Connection, printer: Printer) => {
      const waiting = waitingJobs(connection, printLane(printer.id));
      return {
        ...plainDto(printer),
        station_names: printer.stations.flatMap((id) => stationName(connection, id) ?? []),
        waiting_jobs: waiting.length,
        problem: waiting.find((job) => job.reason !== null)?.reason ?? null,
        last_job: lastDto(connection, printer),
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
      at.get('/printers/discover', () => search.state(), {
        operation: 'printers.search_state',
        access: 'printers.change',
        summary: 'How far the search for printers is, and which addresses have answered so far',
        answers: SearchStateDto,
      });
      at.post('/printers/discover', search.discover, {
        summary: 'Look for printers in the store’s own network; answers within seconds',
        answers: FoundPrintersDto,
        status: 200,
      });
      at.post('/printers/:printer_id/restore', commands.restore, {
        summary: 'Take a removed printer into use again, as it was',
        answers: ChangedPrinterDto,
        toDto: plainDto,
        status: 200,
      });
      at.post('/printers/:printer_id/jobs/:job_id/retry', retryJob, {
        summary: 'Try a stuck slip again at once',
        answers: PrintJobDto,
        toDto: (job) => jobDto(job),
        status: 200,
      });
      at.post('/printers/:printer_id/jobs/:job_id/cancel', cancelJob, {
        summary: 'Give up a slip that is not on paper',
        answers: PrintJobDto,
        toDto: (job) => jobDto(job),
        status: 200,
      });
      at.post('/printers/:printer_id/jobs/:job_id/move', moveJobTo, {
        summary: 'Send a waiting slip to another printer',
        body: MoveJobBody,
        answers: PrintJobDto,
        toDto: (job) => jobDto(job),
        status: 200,
      });
      at.get(
        '/printers/:printer_id/jobs/:job_id/paper',
        ({ connection }, { params }) => paperOf(connection, draw, params),
        {
          operation: 'printers.paper',
          access: 'printers.change',
          summary: 'What a slip looks like on this printer’s paper',
          answers: PaperDto,
        },
      );
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

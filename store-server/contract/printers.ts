import { z } from 'zod';
import { defineFact } from './facts.ts';
import { Ref, Uuid } from './ids.ts';

const Name = z.string().trim().min(1).max(60);
const Address = z.string().trim().min(1).max(200);
const Model = z.string().min(1).max(60);
const Stations = z.array(Ref).max(20);

export const AddPrinterInput = z.strictObject({
  name: Name,
  address: Address,
  model: Model,
  stations: Stations.default([]),
  is_receipt_printer: z.boolean().default(false),
});

const printerFields = {
  name: z.string(),
  address: z.string(),
  model: z.string(),
  stations: z.array(Ref),
  is_receipt_printer: z.boolean(),
};

/** Changes the fields given. What `GET` shows beside them (`id`, `state`, …) may come along and is ignored. */
export const ChangePrinterBody = z.strictObject({
  name: Name.optional(),
  address: Address.optional(),
  model: Model.optional(),
  stations: Stations.optional(),
  is_receipt_printer: z.boolean().optional(),
  id: z.unknown().optional(),
  state: z.unknown().optional(),
  problem: z.unknown().optional(),
  waiting_jobs: z.unknown().optional(),
  station_names: z.unknown().optional(),
  last_job: z.unknown().optional(),
  /** What each field was when its author looked. What is something else by now is not overwritten: VERSION_CONFLICT with `keys`. */
  seen: z.strictObject(printerFields).partial().optional(),
});

const jobStates = ['queued', 'running', 'done', 'failed', 'uncertain', 'dead'] as const;

export const PrinterDto = z.object({
  id: Uuid,
  name: z.string(),
  address: z.string(),
  model: z.string(),
  stations: z.array(Uuid),
  station_names: z.array(z.string()),
  is_receipt_printer: z.boolean(),
  /** Jobs that are not on paper yet. */
  waiting_jobs: z.int(),
  /** Why the first of them is stuck; null when nothing is. */
  problem: z.string().nullable(),
  /** The slip that was asked for last; null before the first. */
  last_job: z
    .object({ title: z.string(), state: z.enum(jobStates), confirmed: z.boolean().nullable(), at: z.string() })
    .nullable(),
});

export const ChangedPrinterDto = PrinterDto.omit({
  station_names: true,
  waiting_jobs: true,
  problem: true,
  last_job: true,
});

export const PrinterModelDto = z.object({
  id: z.string(),
  name: z.string(),
  columns: z.int(),
  has_status: z.boolean(),
  has_drawer: z.boolean(),
});

export const PrintJobDto = z.object({
  id: Uuid,
  printer_id: z.string(),
  title: z.string(),
  state: z.enum(jobStates),
  attempt: z.int(),
  repeat_possible: z.boolean(),
  confirmed: z.boolean().nullable(),
  reason: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const TestPrintDto = z.object({ job_id: Uuid });

/** What a slip looks like on this printer's paper: as a picture, and in words. */
export const PaperDto = z.object({ job_id: Uuid, title: z.string(), svg: z.string(), text: z.string() });

/** What answered in the store's own network; `known_as` is the printer that already stands at this address. */
export const FoundPrintersDto = z.object({
  printers: z.array(z.object({ address: z.string(), name: z.string().nullable(), known_as: z.string().nullable() })),
  /** How many addresses were knocked at. */
  looked_at: z.int(),
});

/** How far a search is. */
export const SearchStateDto = z.object({
  running: z.boolean(),
  /** 0 to 100. */
  percent: z.int(),
  /** Addresses that have answered so far. */
  addresses: z.array(z.string()),
});

export const JobInput = z.strictObject({ printer_id: Ref, job_id: Ref });
export const MoveJobBody = z.strictObject({ to: Ref });

export const RemovedDto = z.object({ id: Uuid, removed: z.literal(true) });

const printerBody = z.object({ printer_id: Uuid, name: z.string() });
const jobBody = z.object({
  job_id: Uuid,
  printer_id: z.string(),
  printer_name: z.string(),
  title: z.string(),
  subject_id: z.string().nullable(),
  reason: z.string(),
});
const forPrinter = { version: 1, entity: 'printer', audience: ['management'] } as const;
const forFloor = { version: 1, entity: 'printer', audience: ['pos', 'kitchen', 'management'] } as const;

export const printerAdded = defineFact({ ...forPrinter, kind: 'printer.added', body: printerBody });
export const printerChanged = defineFact({ ...forPrinter, kind: 'printer.changed', body: printerBody });
export const printerRemoved = defineFact({
  ...forPrinter,
  kind: 'printer.removed',
  body: printerBody.extend({ jobs_moved_to: z.string().nullable() }),
});
/** A slip does not come out; told once per reason, to everybody who could be waiting for it. */
export const printStuck = defineFact({ ...forFloor, kind: 'printer.job_stuck', body: jobBody });
/** Nobody can know whether the slip came out; the next copy is marked. */
export const printUncertain = defineFact({ ...forFloor, kind: 'printer.job_uncertain', body: jobBody });
/** A slip that had been stuck is on paper after all. */
export const printRecovered = defineFact({ ...forFloor, kind: 'printer.job_recovered', body: jobBody });
/** The roll is nearly at its end: told with the first slip that came out on it, not with each. */
export const paperLow = defineFact({ ...forFloor, kind: 'printer.paper_low', body: printerBody });
/** A slip or pulse that will not be tried any more. */
export const jobDied = defineFact({ ...forFloor, kind: 'printer.job_died', body: jobBody });
export const printerRestored = defineFact({ ...forPrinter, kind: 'printer.restored', body: printerBody });
/** Somebody asked that a slip be tried again at once; `reason` is why it was stuck. */
export const jobRetried = defineFact({ ...forPrinter, kind: 'printer.job_retried', body: jobBody });
/** A slip goes to another printer; `reason` names the one it waited at. */
export const jobMoved = defineFact({ ...forPrinter, kind: 'printer.job_moved', body: jobBody });
/** A drawer was told to open: the audit row of each opening. */
export const drawerPulsed = defineFact({
  ...forPrinter,
  kind: 'drawer.pulsed',
  body: z.object({ printer_id: Uuid, job_id: Uuid, subject_id: z.string().nullable(), reason: z.string() }),
});

import type { z } from 'zod';
import { JobInput, jobMoved, jobRetried, MoveJobBody } from '#contract/printers.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { jobTable } from '../../commands/job.schema.ts';
import { Problem } from '../../kernel/verdict.ts';
import { findJob, hasTwin, jobOf, type Printer, type PrintJob, printerByRef, printLane } from './printers.reads.ts';
import { doubt, endJob, tellAbout } from './printers.results.ts';

/** The printer beside it has the same slip from the start: a second one there would be cooked twice. */
const dropCopy = ({ tx, now }: CommandContext, job: PrintJob): void =>
  void tx.local(jobTable).update(job.id, { state: 'dead', reason: 'printed_beside', retryAt: null, updatedAt: now });

/** A slip that was being sent may be on the old printer's paper, so its copy on the other one is marked. */
export function moveJob(context: CommandContext, job: PrintJob, to: Printer): void {
  if (hasTwin(context.tx.connection, printLane(to.id), job)) {
    dropCopy(context, job);
    return;
  }
  if (job.state === 'running') doubt(context, job, 'printer_removed');
  const fields = { lane: printLane(to.id), retryAt: null, updatedAt: context.now };
  context.tx.local(jobTable).update(job.id, fields);
}

/** A slip of this printer that is not at an end. What is being sent right now ends by itself within seconds. */
function unfinished({ tx }: CommandContext, ref: z.output<typeof JobInput>): { printer: Printer; job: PrintJob } {
  const printer = printerByRef(tx.connection, ref.printer_id, 'printer_id');
  const job = findJob(tx.connection, String(ref.job_id));
  if (job === undefined || job.lane !== printLane(printer.id)) throw new Problem('NOT_FOUND', { field: 'job_id' });
  if (job.state === 'done' || job.state === 'dead' || job.state === 'running') {
    throw new Problem('ILLEGAL_TRANSITION', { state: job.state, possible: [] });
  }
  return { printer, job };
}

/** Tries a stuck slip again at once, instead of when its next try is due. */
export const retryJob = defineCommand({
  name: 'printers.retry_job',
  permission: 'printers.change',
  input: JobInput,
  handle(context, input) {
    const { job } = unfinished(context, input);
    context.tx.local(jobTable).update(job.id, { retryAt: null, updatedAt: context.now });
    tellAbout(context, job, jobRetried, job.reason ?? job.state);
    return jobOf(context.tx.connection, job.id);
  },
});

/** Gives up a slip that is not on paper. */
export const cancelJob = defineCommand({
  name: 'printers.cancel_job',
  permission: 'printers.change',
  input: JobInput,
  handle(context, input) {
    const { job } = unfinished(context, input);
    endJob(context, job, 'cancelled');
    return jobOf(context.tx.connection, job.id);
  },
});

/** Sends a waiting slip to another printer; one that may be on paper already comes out marked as a possible repeat. */
export const moveJobTo = defineCommand({
  name: 'printers.move_job',
  permission: 'printers.change',
  input: JobInput.extend(MoveJobBody.shape),
  handle(context, { to, ...input }) {
    const { connection } = context.tx;
    const { printer, job } = unfinished(context, input);
    const other = printerByRef(connection, to, 'to');
    if (other.id === printer.id) return job;
    moveJob(context, job, other);
    const moved = jobOf(connection, job.id);
    if (moved.state !== 'dead') tellAbout(context, moved, jobMoved, printer.name);
    return moved;
  },
});

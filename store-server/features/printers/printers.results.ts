import { z } from 'zod';
import { jobDied, paperLow, printRecovered, printStuck, printUncertain } from '#contract/printers.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { jobTable } from '../../commands/job.schema.ts';
import type { PrintPayload } from './printers.jobs.ts';
import { jobOf, type PrintJob, printerEver, printerIdOf, recentJobs, unfinishedJobs } from './printers.reads.ts';

type AboutJob = typeof printStuck | typeof printUncertain | typeof printRecovered | typeof jobDied;

/** Tells the floor about a slip or a pulse. */
export function tellAbout(context: CommandContext, job: PrintJob, fact: AboutJob, reason: string): void {
  const printerId = printerIdOf(job);
  context.tx.on('printer', printerId).tell(fact, {
    job_id: job.id,
    printer_id: printerId,
    printer_name: printerEver(context.tx.connection, printerId)?.name ?? 'printer',
    title: (job.payload as PrintPayload).title,
    subject_id: job.subjectId,
    reason,
  });
}

const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), confirmed: z.boolean(), flag: z.string().nullable() }),
  z.object({ kind: z.literal('failed'), reason: z.string(), retryInMs: z.number() }),
  z.object({ kind: z.literal('uncertain'), reason: z.string(), retryInMs: z.number() }),
  z.object({ kind: z.literal('dead'), reason: z.string() }),
]);
type Outcome = z.output<typeof Outcome>;
type Trouble = Extract<Outcome, { kind: 'failed' | 'uncertain' }>;

/** Ways in which a line fails; a person does the same about all of them, so changing from one to the other is no news. */
const lineFaults: ReadonlySet<string> = new Set(['refused', 'unreachable', 'timeout', 'reset', 'closed']);
const isNews = (before: string | null, reason: string): boolean =>
  before === null || (before !== reason && !(lineFaults.has(before) && lineFaults.has(reason)));

const isOver = ({ state }: PrintJob): boolean => state === 'done' || state === 'dead';

/**
 * Notes, before any byte leaves, that an attempt begins: a crash from here on leaves a possible repeat. Null when the
 * job has meanwhile been moved, ended or begun by somebody else.
 */
export const startJob = defineCommand({
  name: 'printers.start_job',
  permission: 'printers.change',
  input: z.strictObject({ job_id: z.string(), lane: z.string(), attempt: z.int() }),
  handle({ tx, now }, { job_id, lane, attempt }) {
    const job = jobOf(tx.connection, job_id);
    if (isOver(job) || job.lane !== lane || job.attempt !== attempt) return null;
    tx.local(jobTable).update(job.id, {
      state: 'running',
      attempt: attempt + 1,
      // It was under way before, and nobody could note how that ended.
      repeatPossible: job.repeatPossible || job.state === 'running',
      updatedAt: now,
    });
    return jobOf(tx.connection, job.id);
  },
});

/** Notes how an attempt ended, and tells the floor when a slip is stuck, uncertain, lost, or out after all. */
export const finishJob = defineCommand({
  name: 'printers.finish_job',
  permission: 'printers.change',
  input: z.strictObject({ job_id: z.string(), attempt: z.int(), outcome: Outcome }),
  handle(context, { job_id, attempt, outcome }) {
    const job = jobOf(context.tx.connection, job_id);
    // The attempt belongs to another time: before a restart, or before the slip went to another printer.
    if (job.attempt !== attempt || isOver(job)) return null;
    if (outcome.kind === 'done') finishDone(context, job, outcome);
    else if (outcome.kind === 'dead') endJob(context, job, outcome.reason);
    else finishInTrouble(context, job, outcome);
    return null;
  },
});

function finishDone(
  context: CommandContext,
  job: PrintJob,
  { confirmed, flag }: Extract<Outcome, { kind: 'done' }>,
): void {
  const { tx, now } = context;
  tx.local(jobTable).update(job.id, { state: 'done', confirmed, reason: flag, retryAt: null, updatedAt: now });
  if (flag === 'status_silent') tellAbout(context, job, printUncertain, flag);
  else if (job.reason !== null) tellAbout(context, job, printRecovered, job.reason);
  if (flag === 'paper_low') tellPaperLow(context, job);
}

function tellPaperLow({ tx }: CommandContext, job: PrintJob): void {
  const before = recentJobs(tx.connection, job.lane).find((other) => other.id !== job.id && isOver(other));
  if (before?.reason === 'paper_low') return;
  const printerId = printerIdOf(job);
  const name = printerEver(tx.connection, printerId)?.name ?? 'printer';
  tx.on('printer', printerId).tell(paperLow, { printer_id: printerId, name });
}

/** Ends a job for good and says so: nothing that was asked for disappears in silence. */
export function endJob(context: CommandContext, job: PrintJob, reason: string): void {
  context.tx.local(jobTable).update(job.id, { state: 'dead', reason, retryAt: null, updatedAt: context.now });
  tellAbout(context, job, jobDied, reason);
}

function finishInTrouble(context: CommandContext, job: PrintJob, { kind, reason, retryInMs }: Trouble): void {
  const { tx, now } = context;
  const uncertain = kind === 'uncertain';
  // Given up by us before anything left: nothing is wrong with the printer or the slip.
  const isOurs = kind === 'failed' && reason === 'cancelled';
  tx.local(jobTable).update(job.id, {
    state: kind,
    reason: isOurs ? job.reason : reason,
    repeatPossible: job.repeatPossible || uncertain,
    retryAt: now + Math.round(retryInMs),
    updatedAt: now,
  });
  const isFirstDoubt = uncertain && !job.repeatPossible;
  if (isOurs || job.kind === 'drawer') return;
  if (isFirstDoubt || isNews(job.reason, reason)) {
    tellAbout(context, job, uncertain ? printUncertain : printStuck, reason);
  }
}

/**
 * After a restart: a slip that was being sent may be on paper, so its next copy is marked; a drawer pulse that was not
 * finished never happens any more.
 */
export const recoverJobs = defineCommand({
  name: 'printers.recover_jobs',
  permission: 'printers.change',
  input: z.strictObject({}),
  handle(context) {
    for (const job of unfinishedJobs(context.tx.connection)) {
      if (job.kind === 'drawer') endJob(context, job, 'restart');
      else if (job.state === 'running') doubt(context, job, 'restart');
    }
    return null;
  },
});

/** From now on nobody knows whether this slip is on paper. */
export function doubt(context: CommandContext, job: PrintJob, reason: string): void {
  const fields = { state: 'uncertain', reason, repeatPossible: true, retryAt: null, updatedAt: context.now } as const;
  context.tx.local(jobTable).update(job.id, fields);
  tellAbout(context, job, printUncertain, reason);
}

import { asc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { jobDied, printRecovered, printStuck, printUncertain } from '#contract/printers.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import { jobTable } from '../../commands/job.schema.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import type { PrintPayload } from './printers.jobs.ts';
import { type PrintJob, printerEver } from './printers.reads.ts';

const unfinished = ['queued', 'running', 'failed', 'uncertain'] as const;

const jobById = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(eq(jobTable.id, sql.placeholder('id')))
    .prepare(),
);
const allUnfinished = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(inArray(jobTable.state, [...unfinished]))
    .orderBy(asc(jobTable.n))
    .prepare(),
);

/** Every job that is not at an end, oldest first. */
export const unfinishedJobs = (connection: Connection): PrintJob[] => allUnfinished(connection).all();

function jobOf(connection: Connection, id: string): PrintJob {
  const job = jobById(connection).get({ id });
  if (job === undefined) throw new Error(`There is no job ${id}`);
  return job;
}

const printerIdOf = (job: PrintJob): string => job.lane.slice(job.lane.indexOf(':') + 1);

function tell(context: CommandContext, job: PrintJob, fact: typeof printStuck, reason: string): void {
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

/** Notes, before any byte leaves, that an attempt begins: a crash from here on leaves a possible repeat. */
export const startJob = defineCommand({
  name: 'printers.start_job',
  permission: 'printers.change',
  input: z.strictObject({ job_id: z.string() }),
  handle({ tx, now }, { job_id }) {
    const job = jobOf(tx.connection, job_id);
    tx.local(jobTable).update(job.id, { state: 'running', attempt: job.attempt + 1, updatedAt: now });
    return jobOf(tx.connection, job.id);
  },
});

/** Notes how an attempt ended, and tells the floor when a slip is stuck, uncertain, lost, or out after all. */
export const finishJob = defineCommand({
  name: 'printers.finish_job',
  permission: 'printers.change',
  input: z.strictObject({ job_id: z.string(), attempt: z.int(), outcome: Outcome }),
  handle(context, { job_id, attempt, outcome }) {
    const { tx, now } = context;
    const job = jobOf(tx.connection, job_id);
    // The printer was removed, or the attempt belongs to the time before a restart: its end is known already.
    if (job.attempt !== attempt || job.state === 'dead' || job.state === 'done') return null;
    const jobs = tx.local(jobTable);
    switch (outcome.kind) {
      case 'done':
        jobs.update(job.id, {
          state: 'done',
          confirmed: outcome.confirmed,
          reason: outcome.flag,
          retryAt: null,
          updatedAt: now,
        });
        if (outcome.flag !== null) tell(context, job, printUncertain, outcome.flag);
        else if (job.reason !== null) tell(context, job, printRecovered, job.reason);
        return null;
      case 'dead':
        jobs.update(job.id, { state: 'dead', reason: outcome.reason, retryAt: null, updatedAt: now });
        tell(context, job, jobDied, outcome.reason);
        return null;
      default: {
        const uncertain = outcome.kind === 'uncertain';
        jobs.update(job.id, {
          state: outcome.kind,
          reason: outcome.reason,
          repeatPossible: job.repeatPossible || uncertain,
          retryAt: now + Math.round(outcome.retryInMs),
          updatedAt: now,
        });
        if (job.reason !== outcome.reason) tell(context, job, uncertain ? printUncertain : printStuck, outcome.reason);
        return null;
      }
    }
  },
});

/**
 * After a restart: a slip that was being sent may be on paper, so its next copy is marked; a drawer pulse that was not
 * finished never happens any more.
 */
export const recoverJobs = defineCommand({
  name: 'printers.recover_jobs',
  permission: 'printers.change',
  input: z.strictObject({}),
  handle(context) {
    const { tx, now } = context;
    for (const job of unfinishedJobs(tx.connection)) {
      if (job.kind === 'drawer') {
        tx.local(jobTable).update(job.id, { state: 'dead', reason: 'restart', retryAt: null, updatedAt: now });
        tell(context, job, jobDied, 'restart');
      } else if (job.state === 'running') {
        tx.local(jobTable).update(job.id, {
          state: 'uncertain',
          reason: 'restart',
          repeatPossible: true,
          retryAt: null,
          updatedAt: now,
        });
        tell(context, job, printUncertain, 'restart');
      }
    }
    return null;
  },
});

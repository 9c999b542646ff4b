import { and, asc, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import { jobTable } from '../../commands/job.schema.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { Problem } from '../../kernel/verdict.ts';
import { printerTable } from './printers.schema.ts';

export type Printer = typeof printerTable.$inferSelect;
export type PrintJob = typeof jobTable.$inferSelect;

/** A printer's lane in the job queue; its drawer has one of its own, so that a pulse never waits for paper. */
export const printLane = (printerId: string): string => `printer:${printerId}`;
export const drawerLane = (printerId: string): string => `drawer:${printerId}`;

/** The id of the printer that a job's lane leads to. */
export const printerIdOf = (job: Pick<PrintJob, 'lane'>): string => job.lane.slice(job.lane.indexOf(':') + 1);

/** How many of a lane's slips are shown, and among how many of the latest of all they are looked for. */
const SHOWN = 50;
const LOOK_BACK = 5_000;

const all = prepared((orm) =>
  orm.select().from(printerTable).where(isNull(printerTable.removedAt)).orderBy(asc(printerTable.id)).prepare(),
);
const byId = prepared((orm) =>
  orm
    .select()
    .from(printerTable)
    .where(eq(printerTable.id, sql.placeholder('id')))
    .prepare(),
);
/** Spelt out, not as parameters: only so does SQLite use the index of jobs that are waiting, and not read all there ever were. */
const isUnfinished = sql`${jobTable.state} IN ('queued', 'running', 'failed', 'uncertain')`;

const waiting = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(and(eq(jobTable.lane, sql.placeholder('lane')), isUnfinished))
    .orderBy(asc(jobTable.n))
    .prepare(),
);
const first = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(and(eq(jobTable.lane, sql.placeholder('lane')), isUnfinished))
    .orderBy(asc(jobTable.n))
    .limit(1)
    .prepare(),
);
const allUnfinished = prepared((orm) =>
  orm.select().from(jobTable).where(isUnfinished).orderBy(asc(jobTable.lane), asc(jobTable.n)).prepare(),
);
const queuedTogether = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(
      and(
        eq(jobTable.subjectId, sql.placeholder('subjectId')),
        eq(jobTable.lane, sql.placeholder('lane')),
        eq(jobTable.createdAt, sql.placeholder('createdAt')),
        ne(jobTable.state, 'dead'),
      ),
    )
    .prepare(),
);
const aboutSubject = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(and(eq(jobTable.subjectId, sql.placeholder('subjectId')), eq(jobTable.kind, 'print')))
    .orderBy(asc(jobTable.n))
    .prepare(),
);
const last = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(
      and(eq(jobTable.lane, sql.placeholder('lane')), gt(jobTable.n, sql`(SELECT max(n) FROM job) - ${LOOK_BACK}`)),
    )
    .orderBy(desc(jobTable.n))
    .limit(1)
    .prepare(),
);
const jobById = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(eq(jobTable.id, sql.placeholder('id')))
    .prepare(),
);
const recent = prepared((orm) =>
  orm
    .select()
    .from(jobTable)
    .where(
      and(eq(jobTable.lane, sql.placeholder('lane')), gt(jobTable.n, sql`(SELECT max(n) FROM job) - ${LOOK_BACK}`)),
    )
    .orderBy(desc(jobTable.n))
    .limit(SHOWN)
    .prepare(),
);

/** Every printer that is in use, in the order they were added. */
export const printers: (connection: Connection) => readonly Printer[] = remembered([printerTable], (connection) =>
  all(connection).all(),
);

/** @throws Problem NOT_FOUND naming `field` when there is no such printer in use */
export function printerByRef(connection: Connection, ref: Ref, field = 'id'): Printer {
  const printer = byId(connection).get({ id: String(ref) });
  if (printer === undefined || printer.removedAt !== null) throw new Problem('NOT_FOUND', { field });
  return printer;
}

/** The printer even if it has been removed: a job's record outlives it. */
export const printerEver = (connection: Connection, id: string): Printer | undefined => byId(connection).get({ id });

/** The printers that put out a station's tickets. */
export const printersOfStation = (connection: Connection, stationId: string): Printer[] =>
  printers(connection).filter((printer) => printer.stations.includes(stationId));

/** The till's own receipt printer if it still is one, else the first receipt printer; undefined when there is none. */
export function receiptPrinter(connection: Connection, preferredId: string | null): Printer | undefined {
  const all = printers(connection).filter((printer) => printer.isReceiptPrinter);
  return all.find((printer) => printer.id === preferredId) ?? all[0];
}

/** Jobs of a lane that are not finished, in printing order. */
export const waitingJobs = (connection: Connection, lane: string): PrintJob[] => waiting(connection).all({ lane });

/** Whether a lane had the very same slip at the same moment, as every printer of a station has. */
export function hasTwin(connection: Connection, lane: string, { subjectId, createdAt, payload }: PrintJob): boolean {
  const slip = JSON.stringify(payload);
  const others = queuedTogether(connection).all({ lane, subjectId, createdAt });
  return others.some((other) => JSON.stringify(other.payload) === slip);
}

/** Every slip that was asked for about one thing, a check say, the oldest first. */
export const slipsAbout = (connection: Connection, subjectId: string): PrintJob[] =>
  aboutSubject(connection).all({ subjectId });

/** The job that a lane does next. */
export const nextJob = (connection: Connection, lane: string): PrintJob | undefined => first(connection).get({ lane });

/** Every job that is not at an end, lane by lane, oldest first. */
export const unfinishedJobs = (connection: Connection): PrintJob[] => allUnfinished(connection).all();

/** The slip or pulse of this id; undefined when there is none. */
export const findJob = (connection: Connection, id: string): PrintJob | undefined => jobById(connection).get({ id });

/** @throws Error when there is none: jobs are never deleted while somebody may ask for them */
export function jobOf(connection: Connection, id: string): PrintJob {
  const job = jobById(connection).get({ id });
  if (job === undefined) throw new Error(`There is no job ${id}`);
  return job;
}

/** A lane's latest jobs, newest first. */
export const recentJobs = (connection: Connection, lane: string): PrintJob[] => recent(connection).all({ lane });

/** A lane's newest job; undefined where there has been none of late. */
export const lastJob = (connection: Connection, lane: string): PrintJob | undefined => last(connection).get({ lane });

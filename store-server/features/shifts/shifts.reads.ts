import { and, asc, count, desc, eq, inArray, max, ne, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { Problem } from '../../kernel/verdict.ts';
import { nextIn } from '../settings/index.ts';
import { cashCountTable, cashMovementTable, posSessionTable, tillTable, zReportTable } from './shifts.schema.ts';

export type Till = typeof tillTable.$inferSelect;
export type Session = typeof posSessionTable.$inferSelect;
export type CashMovement = typeof cashMovementTable.$inferSelect;
export type CashCount = typeof cashCountTable.$inferSelect;
export type ZReportRow = typeof zReportTable.$inferSelect;

const id = sql.placeholder('id');
const everyTill = prepared((orm) => orm.select().from(tillTable).orderBy(asc(tillTable.alias)).prepare());
const tillRow = prepared((orm) => orm.select().from(tillTable).where(eq(tillTable.id, id)).prepare());
const tillAlias = prepared((orm) => orm.select().from(tillTable).where(eq(tillTable.alias, id)).prepare());
const sessionRow = prepared((orm) => orm.select().from(posSessionTable).where(eq(posSessionTable.id, id)).prepare());
const sessionAlias = prepared((orm) =>
  orm.select().from(posSessionTable).where(eq(posSessionTable.alias, id)).prepare(),
);
const unfinished = prepared((orm) =>
  orm
    .select()
    .from(posSessionTable)
    .where(ne(posSessionTable.state, 'closed'))
    .orderBy(asc(posSessionTable.alias))
    .prepare(),
);
const latest = prepared((orm) =>
  orm.select().from(posSessionTable).orderBy(desc(posSessionTable.alias)).limit(sql.placeholder('limit')).prepare(),
);
const lastSessionAlias = prepared((orm) =>
  orm
    .select({ n: max(posSessionTable.alias) })
    .from(posSessionTable)
    .prepare(),
);
const lastZNumber = prepared((orm) =>
  orm
    .select({ n: max(zReportTable.number) })
    .from(zReportTable)
    .prepare(),
);
const zRow = prepared((orm) => orm.select().from(zReportTable).where(eq(zReportTable.sessionId, id)).prepare());
const everyZ = prepared((orm) => orm.select().from(zReportTable).orderBy(asc(zReportTable.number)).prepare());
const movementRows = prepared((orm) =>
  orm
    .select()
    .from(cashMovementTable)
    .where(eq(cashMovementTable.sessionId, id))
    .orderBy(asc(cashMovementTable.id))
    .prepare(),
);
const countRows = prepared((orm) =>
  orm.select().from(cashCountTable).where(eq(cashCountTable.sessionId, id)).orderBy(asc(cashCountTable.id)).prepare(),
);
const closingCounts = prepared((orm) =>
  orm
    .select({ n: count() })
    .from(cashCountTable)
    .where(and(eq(cashCountTable.sessionId, id), eq(cashCountTable.kind, 'closing')))
    .prepare(),
);
const everySession = prepared((orm) =>
  orm
    .select()
    .from(posSessionTable)
    .where(inArray(posSessionTable.state, ['opening_control', 'opened', 'closing_control', 'closed']))
    .orderBy(asc(posSessionTable.alias))
    .prepare(),
);

/** Every drawer, closed down ones too, in the order of their numbers. */
export const tills = (connection: Connection): Till[] => everyTill(connection).all();

export const tillById = (connection: Connection, tillId: string): Till => {
  const till = tillRow(connection).get({ id: tillId });
  if (till === undefined) throw new Error(`There is no till ${tillId}`);
  return till;
};

/** @throws Problem NOT_FOUND naming `field` when there is no such drawer in use */
export function tillByRef(connection: Connection, ref: Ref, field = 'config_id'): Till {
  const till = typeof ref === 'number' ? tillAlias(connection).get({ id: ref }) : tillRow(connection).get({ id: ref });
  if (till === undefined || !till.active) throw new Problem('NOT_FOUND', { field });
  return till;
}

/** @throws Problem NOT_FOUND naming `field` */
export function sessionByRef(connection: Connection, ref: Ref, field = 'session_id'): Session {
  const session =
    typeof ref === 'number' ? sessionAlias(connection).get({ id: ref }) : sessionRow(connection).get({ id: ref });
  if (session === undefined) throw new Problem('NOT_FOUND', { field });
  return session;
}

/** Sessions that are not closed, the eldest first: at most one per drawer. */
export const unfinishedSessions = (connection: Connection): Session[] => unfinished(connection).all();

/** The newest sessions first, open and closed. */
export const latestSessions = (connection: Connection, limit: number): Session[] => latest(connection).all({ limit });

export const allSessions = (connection: Connection): Session[] => everySession(connection).all();

const takesCash = ({ state }: Session): boolean => state === 'opening_control' || state === 'opened';

/**
 * The session whose drawer takes cash now. Without a till it is the only one there is, and undefined where several
 * drawers are open: money must not go into a drawer by guess.
 */
export function openSession(connection: Connection, tillId: string | null): Session | undefined {
  const open = unfinishedSessions(connection).filter(takesCash);
  if (tillId !== null) return open.find((session) => session.tillId === tillId);
  return open.length === 1 ? open[0] : undefined;
}

/** The session that a till shows as its own: the one this person opened, else the newest one that takes cash. */
export function currentSession(connection: Connection, staffId: string | null): Session | undefined {
  const open = unfinishedSessions(connection).filter(takesCash);
  return open.findLast((session) => session.openedBy === staffId) ?? open.at(-1);
}

/**
 * The session whose drawer a piece of cash goes into.
 * @throws Problem NO_OPEN_SESSION, or VALIDATION_ERROR naming `config_id` where several drawers are open
 */
export function insistOpenSession(connection: Connection, tillRef: Ref | null): Session {
  const till = tillRef === null ? null : tillByRef(connection, tillRef);
  const session = openSession(connection, till?.id ?? null);
  if (session !== undefined) return session;
  const unfinishedOnes = unfinishedSessions(connection);
  if (till === null && unfinishedOnes.filter(takesCash).length > 1) {
    const reason = 'Several drawers are open: say which one.';
    throw new Problem('VALIDATION_ERROR', { field: 'config_id', reason });
  }
  const counted = unfinishedOnes.find(
    (one) => one.state === 'closing_control' && (till === null || one.tillId === till.id),
  );
  throw new Problem('NO_OPEN_SESSION', counted === undefined ? {} : { state: counted.state });
}

export const nextSessionAlias = (connection: Connection): number =>
  nextIn(connection, 'session', lastSessionAlias(connection).get()?.n);

/** The next number of the Z series, which has no gaps but those of a restore. */
export const nextZNumber = (connection: Connection): number =>
  nextIn(connection, 'z', lastZNumber(connection).get()?.n);

export const zReportOf = (connection: Connection, sessionId: string): ZReportRow | undefined =>
  zRow(connection).get({ id: sessionId });

/** Every Z in the order of its number. */
export const zReports = (connection: Connection): ZReportRow[] => everyZ(connection).all();

export const movementsOf = (connection: Connection, sessionId: string): CashMovement[] =>
  movementRows(connection).all({ id: sessionId });

export const countsOf = (connection: Connection, sessionId: string): CashCount[] =>
  countRows(connection).all({ id: sessionId });

/** How often the drawer has been counted for closing. */
export const closingCountsOf = (connection: Connection, sessionId: string): number =>
  closingCounts(connection).get({ id: sessionId })?.n ?? 0;

import { and, asc, eq, isNull, max, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { relayCursorTable, relayInboxTable, relayMembershipTable } from './relay.schema.ts';

export type Membership = typeof relayMembershipTable.$inferSelect;
export type RelayCursor = typeof relayCursorTable.$inferSelect;
export type InboxRow = typeof relayInboxTable.$inferSelect;

const ofRelay = eq(relayInboxTable.relayId, sql.placeholder('relayId'));

const theMembership = prepared((orm) => orm.select().from(relayMembershipTable).limit(1).prepare());
const theCursor = prepared((orm) => orm.select().from(relayCursorTable).limit(1).prepare());
const verdictById = prepared((orm) =>
  orm
    .select()
    .from(relayInboxTable)
    .where(eq(relayInboxTable.id, sql.placeholder('id')))
    .prepare(),
);
const unacknowledged = prepared((orm) =>
  orm
    .select()
    .from(relayInboxTable)
    .where(and(ofRelay, isNull(relayInboxTable.acknowledgedAt)))
    .orderBy(asc(relayInboxTable.n))
    .limit(sql.placeholder('most'))
    .prepare(),
);
const waitingById = prepared((orm) =>
  orm
    .select({ id: relayInboxTable.id })
    .from(relayInboxTable)
    .where(and(eq(relayInboxTable.id, sql.placeholder('id')), isNull(relayInboxTable.acknowledgedAt)))
    .prepare(),
);
const highest = prepared((orm) =>
  orm
    .select({ n: max(relayInboxTable.n) })
    .from(relayInboxTable)
    .where(ofRelay)
    .prepare(),
);

/** The highest number of a relay's command that was answered; 0 before the first. */
export const lastTaken = (connection: Connection, relayId: string): number =>
  highest(connection).get({ relayId })?.n ?? 0;

/** The relay that the store belongs to, or undefined. */
export const membership = (connection: Connection): Membership | undefined => theMembership(connection).get();

/** How far the relay has confirmed, as last noted; undefined before the first note. */
export const relayCursor = (connection: Connection): RelayCursor | undefined => theCursor(connection).get();

export const verdictOf = (connection: Connection, commandId: string): InboxRow | undefined =>
  verdictById(connection).get({ id: commandId });

/** Verdicts that a relay has not confirmed, the oldest command first. */
export const verdictsToSend = (connection: Connection, relayId: string, most: number): InboxRow[] =>
  unacknowledged(connection).all({ relayId, most });

export const isUnacknowledged = (connection: Connection, commandId: string): boolean =>
  waitingById(connection).get({ id: commandId }) !== undefined;

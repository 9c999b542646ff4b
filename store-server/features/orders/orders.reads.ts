import { and, asc, count, desc, eq, gte, isNull, lt, max, type SQL, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection, Orm } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { Problem } from '../../kernel/verdict.ts';
import { nextIn } from '../settings/index.ts';
import {
  orderAllergyTable,
  orderLineModifierTable,
  orderLineTable,
  orderShareTable,
  orderTable,
  sealedDayTable,
} from './orders.schema.ts';

export type OrderRow = typeof orderTable.$inferSelect;
export type LineRow = typeof orderLineTable.$inferSelect;
export type ModifierRow = typeof orderLineModifierTable.$inferSelect;
export type AllergyRow = typeof orderAllergyTable.$inferSelect;
export type ShareRow = typeof orderShareTable.$inferSelect;

/** Written out rather than bound: SQLite uses a partial index only where it can see the value. */
const isOpen = sql`${orderTable.status} = 'open'`;

const byId = prepared((orm) =>
  orm
    .select()
    .from(orderTable)
    .where(eq(orderTable.id, sql.placeholder('id')))
    .prepare(),
);
const byAlias = prepared((orm) =>
  orm
    .select()
    .from(orderTable)
    .where(eq(orderTable.alias, sql.placeholder('alias')))
    .prepare(),
);
const linesById = prepared((orm) =>
  orm
    .select()
    .from(orderLineTable)
    .where(eq(orderLineTable.orderId, sql.placeholder('id')))
    .orderBy(asc(orderLineTable.n))
    .prepare(),
);
const oneLine = prepared((orm) =>
  orm
    .select()
    .from(orderLineTable)
    .where(eq(orderLineTable.id, sql.placeholder('id')))
    .prepare(),
);
const modifiersById = prepared((orm) =>
  orm
    .select({ modifier: orderLineModifierTable })
    .from(orderLineTable)
    .innerJoin(orderLineModifierTable, eq(orderLineModifierTable.lineId, orderLineTable.id))
    .where(eq(orderLineTable.orderId, sql.placeholder('id')))
    .orderBy(asc(orderLineModifierTable.lineId), asc(orderLineModifierTable.n))
    .prepare(),
);
const allergiesById = prepared((orm) =>
  orm
    .select()
    .from(orderAllergyTable)
    .where(eq(orderAllergyTable.orderId, sql.placeholder('id')))
    .orderBy(asc(orderAllergyTable.seat))
    .prepare(),
);
const sharesById = prepared((orm) =>
  orm
    .select()
    .from(orderShareTable)
    .where(and(eq(orderShareTable.orderId, sql.placeholder('id')), isNull(orderShareTable.dissolvedAt)))
    .orderBy(asc(orderShareTable.n))
    .prepare(),
);
const sealed = prepared((orm) =>
  orm
    .select()
    .from(sealedDayTable)
    .where(eq(sealedDayTable.id, sql.placeholder('day')))
    .prepare(),
);
const openAtTable = prepared((orm) =>
  orm
    .select()
    .from(orderTable)
    .where(and(isOpen, eq(orderTable.tableId, sql.placeholder('tableId'))))
    .orderBy(asc(orderTable.alias))
    .prepare(),
);
const everyOpen = prepared((orm) =>
  orm.select().from(orderTable).where(isOpen).orderBy(asc(orderTable.alias)).prepare(),
);
const countOpen = prepared((orm) => orm.select({ n: count() }).from(orderTable).where(isOpen).prepare());
const countDiffering = prepared((orm) =>
  orm
    .select({ n: count() })
    .from(orderTable)
    .where(and(gte(orderTable.openedAt, sql.placeholder('since')), sql`${orderTable.totalsDifferByMinor} <> 0`))
    .prepare(),
);
const lastAlias = prepared((orm) =>
  orm
    .select({ last: max(orderTable.alias) })
    .from(orderTable)
    .prepare(),
);
const lastNumber = prepared((orm) =>
  orm
    .select({ last: max(orderTable.orderNumber) })
    .from(orderTable)
    .where(eq(orderTable.businessDay, sql.placeholder('day')))
    .prepare(),
);
const pageOf = (status: SQL | undefined) =>
  prepared((orm: Orm) =>
    orm
      .select()
      .from(orderTable)
      .where(and(lt(orderTable.alias, sql.placeholder('before')), status))
      .orderBy(desc(orderTable.alias))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
/** Checks whose dishes may still be on their way: a paid one is done at the latest when its day is sealed. */
const isMoving = sql`(${isOpen} OR (${orderTable.settledDay} IS NOT NULL AND ${orderTable.settledDay} NOT IN (SELECT ${sealedDayTable.id} FROM ${sealedDayTable})))`;
const pages = {
  open: pageOf(isOpen),
  moving: pageOf(isMoving),
  closed: pageOf(sql`${orderTable.status} = 'closed'`),
  cancelled: pageOf(sql`${orderTable.status} = 'cancelled'`),
  all: pageOf(undefined),
};

export const orderById = (connection: Connection, id: string): OrderRow | undefined => byId(connection).get({ id });

/** @throws Problem NOT_FOUND naming `field` when there is no such order */
export function orderByRef(connection: Connection, ref: Ref, field = 'order_id'): OrderRow {
  const order = typeof ref === 'number' ? byAlias(connection).get({ alias: ref }) : orderById(connection, ref);
  if (order === undefined) throw new Problem('NOT_FOUND', { field });
  return order;
}

/** The uuid behind either name. @throws Problem NOT_FOUND */
export const orderIdOf = (connection: Connection, ref: Ref): string => orderByRef(connection, ref).id;

/** The order's lines in the order in which they were added, voided ones too. */
export const linesOf = (connection: Connection, orderId: string): LineRow[] =>
  linesById(connection).all({ id: orderId });

export const lineById = (connection: Connection, id: string): LineRow | undefined => oneLine(connection).get({ id });

/** The choices on every line of an order, by line. */
export function modifiersOf(connection: Connection, orderId: string): ReadonlyMap<string, ModifierRow[]> {
  return Map.groupBy(
    modifiersById(connection)
      .all({ id: orderId })
      .map(({ modifier }) => modifier),
    (modifier) => modifier.lineId,
  );
}

export const allergiesOf = (connection: Connection, orderId: string): AllergyRow[] =>
  allergiesById(connection).all({ id: orderId });

/** The shares that count now; those of an earlier split have been dissolved. */
export const sharesOfOrder = (connection: Connection, orderId: string): ShareRow[] =>
  sharesById(connection).all({ id: orderId });

export const isDaySealed = (connection: Connection, day: string): boolean =>
  sealed(connection).get({ day }) !== undefined;

/** Open checks of one table, the oldest first. */
export const openOrdersAt = (connection: Connection, tableId: string): OrderRow[] =>
  openAtTable(connection).all({ tableId });

/** How many checks are open. */
export const openOrderCount = (connection: Connection): number => countOpen(connection).get()?.n ?? 0;

/** How many orders since then came with a total that was not ours. @param since epoch ms */
export const ordersWithOtherTotals = (connection: Connection, since: number): number =>
  countDiffering(connection).get({ since })?.n ?? 0;

/** Every open check, the oldest first. */
export const openOrderRows = (connection: Connection): OrderRow[] => everyOpen(connection).all();

/**
 * The short number a new order is called by: without gaps within its business day but for those of a restore, because it
 * is only taken inside the transaction that also writes the order.
 */
export const nextOrderNumber = (connection: Connection, businessDay: string): number =>
  nextIn(connection, `order_number:${businessDay}`, lastNumber(connection).get({ day: businessDay })?.last);

/** The integer by which older clients know the next order, for ever. */
export const nextOrderAlias = (connection: Connection): number =>
  nextIn(connection, 'order', lastAlias(connection).get()?.last);

/** A page of orders, the newest first; `before` is the alias at which the page before ended. */
export function ordersPage(
  connection: Connection,
  { status, before, limit }: { status: keyof typeof pages; before: number; limit: number },
): OrderRow[] {
  return pages[status](connection).all({ before, limit });
}

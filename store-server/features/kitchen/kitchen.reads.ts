import { asc, eq, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { Problem } from '../../kernel/verdict.ts';
import { stationTable } from './kitchen.schema.ts';

export type Station = typeof stationTable.$inferSelect;

const all = prepared((orm) =>
  orm.select().from(stationTable).orderBy(asc(stationTable.sortOrder), asc(stationTable.alias)).prepare(),
);
const byAlias = prepared((orm) =>
  orm
    .select()
    .from(stationTable)
    .where(eq(stationTable.alias, sql.placeholder('alias')))
    .prepare(),
);

/** Every station, in the order the kitchen stands. */
export const stations = (connection: Connection): Station[] => all(connection).all();

const byTheirId = remembered([stationTable], (connection) => new Map(stations(connection).map((one) => [one.id, one])));

export const stationById = (connection: Connection, id: string): Station | undefined => byTheirId(connection).get(id);

/** @throws Problem NOT_FOUND naming `field` when there is no such station */
export function stationByRef(connection: Connection, ref: Ref, field = 'station_id'): Station {
  const station = typeof ref === 'number' ? byAlias(connection).get({ alias: ref }) : stationById(connection, ref);
  if (station === undefined) throw new Problem('NOT_FOUND', { field });
  return station;
}

import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { remembered } from '../../db/remembered.ts';
import { numbersTakenTable } from './settings.schema.ts';

/**
 * What is numbered for people and for older clients: orders and payments by the integer that stands for them, drawer
 * sessions, Z reports, and the orders of one business day by the number they are called by.
 */
export type Series = 'order' | 'payment' | 'session' | 'z' | `order_number:${string}`;

const everyRow = prepared((orm) => orm.select().from(numbersTakenTable).prepare());
const taken = remembered([numbersTakenTable], (connection) =>
  Map.groupBy(everyRow(connection).all(), ({ series }) => series),
);

/** Up to where histories that were left behind by a restore may have numbered a series; empty where there is none. */
export const takenIn = (connection: Connection, series: Series): readonly number[] =>
  taken(connection)
    .get(series)
    ?.map(({ upTo }) => upTo) ?? [];

/**
 * The next number of a series. None is given out twice, not even for something that a restore has lost: it may stand on
 * paper, or be what an older iPad still shows.
 * @param last the last number of this history; null where there is none
 */
export const nextIn = (connection: Connection, series: Series, last: number | null | undefined): number =>
  Math.max(last ?? 0, ...takenIn(connection, series)) + 1;

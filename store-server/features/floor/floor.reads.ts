import { asc, eq, max, sql } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { Problem } from '../../kernel/verdict.ts';
import { diningTable, sectionTable } from './floor.schema.ts';

export type DiningTable = typeof diningTable.$inferSelect;
export type Section = typeof sectionTable.$inferSelect;

const everySection = prepared((orm) =>
  orm.select().from(sectionTable).orderBy(asc(sectionTable.sortOrder), asc(sectionTable.alias)).prepare(),
);
const sectionById = prepared((orm) =>
  orm
    .select()
    .from(sectionTable)
    .where(eq(sectionTable.id, sql.placeholder('id')))
    .prepare(),
);
const sectionByAlias = prepared((orm) =>
  orm
    .select()
    .from(sectionTable)
    .where(eq(sectionTable.alias, sql.placeholder('alias')))
    .prepare(),
);
const everyTable = prepared((orm) =>
  orm.select().from(diningTable).where(eq(diningTable.active, true)).orderBy(asc(diningTable.alias)).prepare(),
);
const byId = prepared((orm) =>
  orm
    .select()
    .from(diningTable)
    .where(eq(diningTable.id, sql.placeholder('id')))
    .prepare(),
);
const byAlias = prepared((orm) =>
  orm
    .select()
    .from(diningTable)
    .where(eq(diningTable.alias, sql.placeholder('alias')))
    .prepare(),
);
const byName = prepared((orm) =>
  orm
    .select()
    .from(diningTable)
    .where(sql`${diningTable.active} = 1 and lower(${diningTable.name}) = lower(${sql.placeholder('name')})`)
    .prepare(),
);
const lastTableAlias = prepared((orm) =>
  orm
    .select({ alias: max(diningTable.alias) })
    .from(diningTable)
    .prepare(),
);
const lastSectionAlias = prepared((orm) =>
  orm
    .select({ alias: max(sectionTable.alias) })
    .from(sectionTable)
    .prepare(),
);

/** Every section, closed ones too, in the order of the plan. */
export const sections = (connection: Connection): Section[] => everySection(connection).all();

/** Every table that stands on the floor, in the order they were set up. */
export const tables = (connection: Connection): DiningTable[] => everyTable(connection).all();

export const tableById = (connection: Connection, id: string): DiningTable | undefined => byId(connection).get({ id });

/** A table on the floor by the name that staff call it by; capitals do not matter. */
export const tableByName = (connection: Connection, name: string): DiningTable | undefined =>
  byName(connection).get({ name: name.trim() });

/** @throws Problem NOT_FOUND naming `field` when there is no such table on the floor */
export function tableByRef(connection: Connection, ref: Ref, field = 'table_id'): DiningTable {
  const table = anyTableByRef(connection, ref, field);
  if (!table.active) throw new Problem('NOT_FOUND', { field });
  return table;
}

/** The table even if it has been taken off the floor: it can be put back. */
export function anyTableByRef(connection: Connection, ref: Ref, field = 'table_id'): DiningTable {
  const table = typeof ref === 'number' ? byAlias(connection).get({ alias: ref }) : tableById(connection, ref);
  if (table === undefined) throw new Problem('NOT_FOUND', { field });
  return table;
}

/** @throws Problem NOT_FOUND naming `field` when there is no such section */
export function sectionByRef(connection: Connection, ref: Ref, field = 'section_id'): Section {
  const section =
    typeof ref === 'number' ? sectionByAlias(connection).get({ alias: ref }) : sectionById(connection).get({ id: ref });
  if (section === undefined) throw new Problem('NOT_FOUND', { field });
  return section;
}

/** The integer that older clients will know the next table by. */
export const nextTableAlias = (connection: Connection): number => (lastTableAlias(connection).get()?.alias ?? 0) + 1;

export const nextSectionAlias = (connection: Connection): number =>
  (lastSectionAlias(connection).get()?.alias ?? 0) + 1;

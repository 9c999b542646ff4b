import { desc, eq, gte, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { Problem } from '../../kernel/verdict.ts';
import { stationById } from '../kitchen/index.ts';
import { catalogueOf, categoryById } from '../menu/index.ts';
import { menuImportTable } from './menu-import.schema.ts';

export type MenuImport = typeof menuImportTable.$inferSelect;

/** For so long imports are shown with a way back. */
const SHOWN_MS = 7 * 24 * 60 * 60_000;

const since = prepared((orm) =>
  orm
    .select()
    .from(menuImportTable)
    .where(gte(menuImportTable.importedAt, sql.placeholder('from')))
    .orderBy(desc(menuImportTable.importedAt), desc(menuImportTable.id))
    .limit(50)
    .prepare(),
);
const byId = prepared((orm) =>
  orm
    .select()
    .from(menuImportTable)
    .where(eq(menuImportTable.id, sql.placeholder('id')))
    .prepare(),
);

/** The imports of the last seven days, the latest first. `now` is epoch ms. */
export const latestImports = (connection: Connection, now: number): MenuImport[] =>
  since(connection).all({ from: now - SHOWN_MS });

/** @throws Problem NOT_FOUND */
export function insistImport(connection: Connection, id: string): MenuImport {
  const found = byId(connection).get({ id });
  if (found === undefined) throw new Problem('NOT_FOUND', { field: 'import_id' });
  return found;
}

/** How many dishes can be sold. */
export const dishesOnMenu = (connection: Connection): number =>
  catalogueOf(connection).products.filter(({ onMenu }) => onMenu).length;

/** What was made for an import, by the names it has now. */
export const madeFor = (connection: Connection, { did }: MenuImport) => ({
  categories: did.categories.flatMap((id) => categoryById(connection, id)?.name ?? []),
  stations: did.stations.flatMap((id) => stationById(connection, id)?.name ?? []),
});

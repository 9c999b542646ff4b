import type { z } from 'zod';
import type { MenuImportBody, MenuImportDto } from '#contract/menu-import.ts';
import type { Connection } from '../../db/connection.ts';
import { isoTime } from '../../kernel/dates.ts';
import { fromPounds } from '../../kernel/money.ts';
import { Problem } from '../../kernel/verdict.ts';
import { staffName } from '../staff/index.ts';
import { type MenuImport, madeFor } from './menu-import.reads.ts';
import { countOf, type ImportInput } from './menu-import.rules.ts';

/** Prices come in pounds and go on in minor units. @throws Problem VALIDATION_ERROR naming the dish */
export const importInput = ({ body }: { body: z.output<typeof MenuImportBody> }): ImportInput => ({
  ...body,
  dishes: body.dishes.map(({ price, ...dish }, at) => {
    const read = fromPounds(price);
    if (!read.ok) throw new Problem('VALIDATION_ERROR', { field: `dishes.${at}.price`, reason: read.reason });
    return { ...dish, price_minor: read.value };
  }),
});

export function importDto(connection: Connection, one: MenuImport): z.output<typeof MenuImportDto> {
  const { categories, stations } = madeFor(connection, one);
  return {
    import_id: one.id,
    source: one.source,
    imported_at: isoTime(one.importedAt),
    imported_by: one.importedBy === null ? null : (staffName(connection, one.importedBy) ?? null),
    ...countOf(one.did),
    categories_added: categories,
    stations_added: stations,
    undone: one.undoneAt !== null,
  };
}

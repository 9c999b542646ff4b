import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { productModifierGroupTable } from './menu.schema.ts';

const ofProduct = prepared((orm) =>
  orm
    .select()
    .from(productModifierGroupTable)
    .where(eq(productModifierGroupTable.productId, sql.placeholder('id')))
    .prepare(),
);

/** The rows that say which groups a product offers, groups that were taken off the menu included. */
export const productLinks = (connection: Connection, productId: string) => ofProduct(connection).all({ id: productId });

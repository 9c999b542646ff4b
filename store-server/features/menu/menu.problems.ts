import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { MenuProblemDto } from '#contract/menu.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { dishProblems } from './menu.problems.rules.ts';
import { categoryById } from './menu.reads.ts';

const activeStations = prepared((orm) =>
  orm.select({ id: sql<string>`id` }).from(sql`station`).where(sql`active = 1`).prepare(),
);

/** What will go wrong with the menu at the till or in the kitchen, so that it is found before the evening. */
export function menuProblems(connection: Connection): z.output<typeof MenuProblemDto>[] {
  const stations = new Set(
    activeStations(connection)
      .all()
      .map(({ id }) => id),
  );
  const products = catalogueOf(connection).products.filter((product) => product.active);
  const barcodes = new Map<string, number>();
  for (const { barcode } of products) if (barcode !== null) barcodes.set(barcode, (barcodes.get(barcode) ?? 0) + 1);
  return products.flatMap((product) => {
    const found = dishProblems(product, {
      stations,
      categoryActive: categoryById(connection, product.categoryId)?.active === true,
      barcodeTwice: product.barcode !== null && (barcodes.get(product.barcode) ?? 0) > 1,
    });
    return found.map((problem) => ({ ...problem, product_id: product.alias, uuid: product.id, name: product.name }));
  });
}

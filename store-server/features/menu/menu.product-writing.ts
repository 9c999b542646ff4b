import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import { type AddProductInput, type ChangeProductInput, productChanged } from '#contract/menu.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { AggregateWriter } from '../../db/tx.ts';
import { insist } from '../../kernel/verdict.ts';
import { settingsOf } from '../settings/index.ts';
import type { Catalogue } from './menu.catalogue.ts';
import { definedOnly, isEmpty } from './menu.changes.ts';
import { canOffer } from './menu.groups.rules.ts';
import { productLinks } from './menu.product-links.ts';
import { insistStationId, nextAlias, there } from './menu.reads.ts';
import { productModifierGroupTable, productTable } from './menu.schema.ts';
import type { MenuProduct } from './menu.types.ts';

/** What can be set of a product. */
export type ProductFields = Omit<z.output<typeof ChangeProductInput>, 'product_id'>;

/** The columns that the given fields set. @throws Problem NOT_FOUND for a category or station that is not there */
export function columnsOf(
  connection: Connection,
  catalogue: Catalogue,
  input: ProductFields,
): Partial<typeof productTable.$inferInsert> {
  const { category_id: category, station_id: station } = input;
  return definedOnly({
    name: input.name,
    kitchenName: input.kitchen_name,
    description: input.description,
    priceMinor: input.price_minor,
    vatBps: input.vat_bps,
    course: input.course,
    allergens: input.allergens,
    dietaryInfo: input.dietary_info,
    barcode: input.barcode,
    sku: input.sku,
    prepMinutes: input.prep_time,
    image: input.image,
    sortOrder: input.sort_order,
    active: input.active,
    categoryId: category === undefined ? undefined : there(catalogue.category(category), 'category_id').id,
    stationId: station === undefined || station === null ? station : insistStationId(connection, station, 'station_id'),
    alsoStationIds: input.also_station_ids?.map((ref) => insistStationId(connection, ref, 'also_station_ids')),
  });
}

/** Makes the product offer exactly these groups, in this order. */
export function offerGroups(
  { tx, ids }: CommandContext,
  catalogue: Catalogue,
  writer: AggregateWriter,
  { productId, refs }: { productId: string; refs: readonly Ref[] },
): void {
  const groups = refs.map((ref) => there(catalogue.group(ref), 'modifier_group_ids'));
  insist(canOffer(groups));
  for (const link of productLinks(tx.connection, productId)) writer.remove(productModifierGroupTable, link.id);
  for (const [sortOrder, group] of groups.entries()) {
    writer.insert(productModifierGroupTable, { id: ids.next(), productId, groupId: group.id, sortOrder });
  }
}

export const tellProduct = (
  writer: AggregateWriter,
  product: Pick<typeof productTable.$inferSelect, 'id' | 'name' | 'categoryId' | 'priceMinor' | 'vatBps' | 'active'>,
): void =>
  void writer.tell(productChanged, {
    product_id: product.id,
    name: product.name,
    category_id: product.categoryId,
    price_minor: product.priceMinor,
    vat_bps: product.vatBps,
    active: product.active,
  });

/** Sets the given fields of a product, if any, looking names up in the catalogue it is given. */
export function rewriteProduct(
  context: CommandContext,
  catalogue: Catalogue,
  product: MenuProduct,
  fields: ProductFields,
): void {
  const { tx } = context;
  const columns = columnsOf(tx.connection, catalogue, fields);
  const { modifier_group_ids: refs } = fields;
  if (isEmpty(columns) && refs === undefined) return;
  const writer = tx.on('product', product.id);
  if (!isEmpty(columns)) writer.update(productTable, product.id, columns);
  if (refs !== undefined) offerGroups(context, catalogue, writer, { productId: product.id, refs });
  tellProduct(writer, { ...product, ...columns });
}

/**
 * Writes a new product and answers its id. It looks categories and groups up in the catalogue it is given, so a whole
 * menu can be written with one reading of it.
 */
export function writeProduct(
  context: CommandContext,
  catalogue: Catalogue,
  input: z.output<typeof AddProductInput>,
): string {
  const { tx, ids } = context;
  const id = ids.next();
  const alias = nextAlias(tx.connection, 'product');
  const row = {
    vatBps: settingsOf(tx.connection).default_vat_bps,
    alsoStationIds: [],
    allergens: [],
    dietaryInfo: [],
    prepMinutes: 0,
    sortOrder: alias * 10,
    active: true,
    ...columnsOf(tx.connection, catalogue, input),
    id,
    alias,
    name: input.name,
    categoryId: there(catalogue.category(input.category_id), 'category_id').id,
    priceMinor: input.price_minor,
    soldOut: false,
    remaining: null,
  };
  const writer = tx.on('product', id).insert(productTable, row);
  const refs = input.modifier_group_ids ?? [];
  if (refs.length > 0) offerGroups(context, catalogue, writer, { productId: id, refs });
  tellProduct(writer, row);
  return id;
}

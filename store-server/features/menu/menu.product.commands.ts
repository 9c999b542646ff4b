import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import { AddProductInput, ChangeProductInput, ProductInput, productChanged } from '#contract/menu.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { AggregateWriter } from '../../db/tx.ts';
import { insist } from '../../kernel/verdict.ts';
import { settingsOf } from '../settings/index.ts';
import { definedOnly, isEmpty } from './menu.changes.ts';
import { canOffer } from './menu.groups.rules.ts';
import { productLinks } from './menu.product-links.ts';
import { insistCategory, insistGroup, insistProduct, insistStationId, nextAlias, productView } from './menu.reads.ts';
import { productModifierGroupTable, productTable } from './menu.schema.ts';

type Input = Omit<z.output<typeof ChangeProductInput>, 'product_id'>;

/** The columns that the given fields set. */
function columns(connection: Connection, input: Input): Partial<typeof productTable.$inferInsert> {
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
    categoryId: category === undefined ? undefined : insistCategory(connection, category).id,
    stationId: station === undefined || station === null ? station : insistStationId(connection, station, 'station_id'),
    alsoStationIds: input.also_station_ids?.map((ref) => insistStationId(connection, ref, 'also_station_ids')),
  });
}

/** Makes the product offer exactly these groups, in this order. */
function offer({ tx, ids }: CommandContext, writer: AggregateWriter, productId: string, refs: readonly Ref[]): void {
  const groups = refs.map((ref) => insistGroup(tx.connection, ref, 'modifier_group_ids'));
  insist(canOffer(groups));
  for (const link of productLinks(tx.connection, productId)) writer.remove(productModifierGroupTable, link.id);
  for (const [sortOrder, group] of groups.entries()) {
    writer.insert(productModifierGroupTable, { id: ids.next(), productId, groupId: group.id, sortOrder });
  }
}

function tellChanged({ tx }: CommandContext, writer: AggregateWriter, productId: string): void {
  const { id, name, categoryId, priceMinor, vatBps, active } = insistProduct(tx.connection, productId);
  writer.tell(productChanged, {
    product_id: id,
    name,
    category_id: categoryId,
    price_minor: priceMinor,
    vat_bps: vatBps,
    active,
  });
}

export const addProduct = defineCommand({
  name: 'menu.add_product',
  permission: 'menu.change',
  input: AddProductInput,
  handle(context, input) {
    const { tx, ids } = context;
    const id = ids.next();
    const alias = nextAlias(tx.connection, 'product');
    const writer = tx.on('product', id).insert(productTable, {
      vatBps: settingsOf(tx.connection).default_vat_bps,
      alsoStationIds: [],
      allergens: [],
      dietaryInfo: [],
      prepMinutes: 0,
      sortOrder: alias * 10,
      active: true,
      ...columns(tx.connection, input),
      id,
      alias,
      name: input.name,
      categoryId: insistCategory(tx.connection, input.category_id).id,
      priceMinor: input.price_minor,
      soldOut: false,
      remaining: null,
    });
    if (input.modifier_group_ids !== undefined) offer(context, writer, id, input.modifier_group_ids);
    tellChanged(context, writer, id);
    return productView(tx.connection, id);
  },
});

export const changeProduct = defineCommand({
  name: 'menu.change_product',
  permission: 'menu.change',
  input: ChangeProductInput,
  handle(context, input) {
    const { tx } = context;
    const { id } = insistProduct(tx.connection, input.product_id);
    const change = columns(tx.connection, input);
    if (isEmpty(change) && input.modifier_group_ids === undefined) return productView(tx.connection, id);
    const writer = tx.on('product', id);
    if (!isEmpty(change)) writer.update(productTable, id, change);
    if (input.modifier_group_ids !== undefined) offer(context, writer, id, input.modifier_group_ids);
    tellChanged(context, writer, id);
    return productView(tx.connection, id);
  },
});

/** Takes a product off the menu. Its row stays: yesterday's checks still name it. */
export const removeProduct = defineCommand({
  name: 'menu.remove_product',
  permission: 'menu.change',
  input: ProductInput,
  handle(context, input) {
    const { tx } = context;
    const { id, active } = insistProduct(tx.connection, input.product_id);
    if (active) tellChanged(context, tx.on('product', id).update(productTable, id, { active: false }), id);
    return productView(tx.connection, id);
  },
});

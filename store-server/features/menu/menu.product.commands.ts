import { AddProductInput, ChangeProductInput, ProductInput } from '#contract/menu.ts';
import { defineCommand } from '../../commands/define.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { isEmpty } from './menu.changes.ts';
import { columnsOf, offerGroups, tellProduct, writeProduct } from './menu.product-writing.ts';
import { insistProduct, productView } from './menu.reads.ts';
import { productTable } from './menu.schema.ts';

export const addProduct = defineCommand({
  name: 'menu.add_product',
  permission: 'menu.change',
  input: AddProductInput,
  handle(context, input) {
    const { connection } = context.tx;
    return productView(connection, writeProduct(context, catalogueOf(connection), input));
  },
});

export const changeProduct = defineCommand({
  name: 'menu.change_product',
  permission: 'menu.change',
  input: ChangeProductInput,
  handle(context, input) {
    const { tx } = context;
    const catalogue = catalogueOf(tx.connection);
    const before = insistProduct(tx.connection, input.product_id);
    const change = columnsOf(tx.connection, catalogue, input);
    const { modifier_group_ids: refs } = input;
    if (isEmpty(change) && refs === undefined) return productView(tx.connection, before.id);
    const writer = tx.on('product', before.id);
    if (!isEmpty(change)) writer.update(productTable, before.id, change);
    if (refs !== undefined) offerGroups(context, catalogue, writer, { productId: before.id, refs });
    tellProduct(writer, insistProduct(tx.connection, before.id));
    return productView(tx.connection, before.id);
  },
});

/** Takes a product off the menu. Its row stays: yesterday's checks still name it. */
export const removeProduct = defineCommand({
  name: 'menu.remove_product',
  permission: 'menu.change',
  input: ProductInput,
  handle({ tx }, input) {
    const product = insistProduct(tx.connection, input.product_id);
    if (product.active) {
      const writer = tx.on('product', product.id).update(productTable, product.id, { active: false });
      tellProduct(writer, { ...product, active: false });
    }
    return productView(tx.connection, product.id);
  },
});

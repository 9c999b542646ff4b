import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const menuCategoryTable = sqliteTable('menu_category', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  parentId: text('parent_id'),
  name: text('name').notNull(),
  description: text('description'),
  color: text('color').notNull(),
  icon: text('icon'),
  course: integer('course').notNull(),
  stationId: text('station_id'),
  sortOrder: integer('sort_order').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

export const productTable = sqliteTable('product', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  categoryId: text('category_id').notNull(),
  name: text('name').notNull(),
  kitchenName: text('kitchen_name'),
  description: text('description'),
  priceMinor: integer('price_minor').notNull(),
  vatBps: integer('vat_bps').notNull(),
  course: integer('course'),
  stationId: text('station_id'),
  alsoStationIds: text('also_station_ids', { mode: 'json' }).$type<string[]>().notNull(),
  allergens: text('allergens', { mode: 'json' }).$type<string[]>().notNull(),
  dietaryInfo: text('dietary_info', { mode: 'json' }).$type<string[]>().notNull(),
  barcode: text('barcode'),
  sku: text('sku'),
  prepMinutes: integer('prep_minutes').notNull(),
  image: text('image'),
  sortOrder: integer('sort_order').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
  soldOut: integer('sold_out', { mode: 'boolean' }).notNull(),
  remaining: integer('remaining'),
});

/** Products that are off (86) for one business day only; the id is the product's. */
export const productOffTodayTable = sqliteTable('product_off_today', {
  id: text('id').primaryKey(),
  businessDay: text('business_day').notNull(),
});

export const modifierGroupTable = sqliteTable('modifier_group', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<'size' | 'choice' | 'extra' | 'removal'>().notNull(),
  min: integer('min').notNull(),
  max: integer('max'),
  freeCount: integer('free_count').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

export const modifierOptionTable = sqliteTable('modifier_option', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  groupId: text('group_id').notNull(),
  name: text('name').notNull(),
  kitchenName: text('kitchen_name'),
  priceMinor: integer('price_minor').notNull(),
  pricesBySize: text('prices_by_size', { mode: 'json' }).$type<Record<string, number>>().notNull(),
  maxQuantity: integer('max_quantity').notNull(),
  isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
  nestedGroupId: text('nested_group_id'),
  allergens: text('allergens', { mode: 'json' }).$type<string[]>().notNull(),
  sortOrder: integer('sort_order').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
  soldOut: integer('sold_out', { mode: 'boolean' }).notNull(),
});

export const productModifierGroupTable = sqliteTable('product_modifier_group', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  groupId: text('group_id').notNull(),
  sortOrder: integer('sort_order').notNull(),
});

/** A new random text whenever the menu changed; the database's own triggers write it. */
export const menuVersionTable = sqliteTable('menu_version', {
  id: text('id').$type<'catalogue' | 'stock'>().primaryKey(),
  version: text('version').notNull(),
});

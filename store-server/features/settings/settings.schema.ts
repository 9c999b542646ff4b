import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row per setting that was ever changed, its value as JSON; the row `revision` names the present whole. */
export const settingTable = sqliteTable('setting', {
  id: text('id').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** Who this store is; one row for ever. */
export const storeTable = sqliteTable('store', {
  id: text('id').primaryKey(),
  restaurantId: text('restaurant_id').notNull(),
  kind: text('kind').$type<'restaurant' | 'demo'>().notNull(),
  createdAt: integer('created_at').notNull(),
});

/** One row per branch of history: the first at founding, another at each restore. */
export const epochTable = sqliteTable('epoch', {
  id: text('id').primaryKey(),
  startedAt: integer('started_at').notNull(),
  parentEpoch: text('parent_epoch'),
  parentSeq: integer('parent_seq'),
  parentHash: blob('parent_hash', { mode: 'buffer' }),
  reason: text('reason').notNull(),
});

/** One row per restore and series: up to where the history that was left behind may have numbered it. */
export const numbersTakenTable = sqliteTable('numbers_taken', {
  /** The epoch that began then, and the series. */
  id: text('id').primaryKey(),
  series: text('series').notNull(),
  upTo: integer('up_to').notNull(),
});

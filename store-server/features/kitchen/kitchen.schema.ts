import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const stationTable = sqliteTable('station', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  name: text('name').notNull(),
  color: text('color').notNull(),
  sortOrder: integer('sort_order').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

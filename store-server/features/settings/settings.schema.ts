import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const settingTable = sqliteTable('setting', {
  id: text('id').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const printerTable = sqliteTable('printer', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  model: text('model').notNull(),
  stations: text('stations', { mode: 'json' }).$type<string[]>().notNull(),
  isReceiptPrinter: integer('is_receipt_printer', { mode: 'boolean' }).notNull(),
  removedAt: integer('removed_at'),
});

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Did } from './menu-import.rules.ts';

/** What each import did, so that it can be taken back. */
export const menuImportTable = sqliteTable('menu_import', {
  id: text('id').primaryKey(),
  /** Epoch ms. */
  importedAt: integer('imported_at').notNull(),
  importedBy: text('imported_by'),
  source: text('source').notNull(),
  did: text('did', { mode: 'json' }).$type<Did>().notNull(),
  undoneAt: integer('undone_at'),
});

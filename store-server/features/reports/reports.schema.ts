import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DaySummary } from './reports.summary.ts';

export const daySealTable = sqliteTable('day_seal', {
  id: text('id').primaryKey(),
  sealedAt: integer('sealed_at').notNull(),
  sealedBy: text('sealed_by'),
  summary: text('summary', { mode: 'json' }).$type<DaySummary>().notNull(),
});

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const tillTable = sqliteTable('till', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  name: text('name').notNull(),
  printerId: text('printer_id'),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

export const posSessionTable = sqliteTable('pos_session', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  tillId: text('till_id').notNull(),
  state: text('state').$type<'opening_control' | 'opened' | 'closing_control' | 'closed'>().notNull(),
  businessDay: text('business_day').notNull(),
  openedBy: text('opened_by'),
  openedAt: integer('opened_at').notNull(),
  openingFloatMinor: integer('opening_float_minor'),
  countedMinor: integer('counted_minor'),
  expectedMinor: integer('expected_minor'),
  closedBy: text('closed_by'),
  closedAt: integer('closed_at'),
  carriedOver: integer('carried_over').notNull(),
});

export const cashMovementTable = sqliteTable('cash_movement', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  direction: text('direction').$type<'in' | 'out'>().notNull(),
  amountMinor: integer('amount_minor').notNull(),
  reason: text('reason').notNull(),
  madeBy: text('made_by'),
  recordedAt: integer('recorded_at').notNull(),
});

export const cashCountTable = sqliteTable('cash_count', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  kind: text('kind').$type<'opening' | 'closing'>().notNull(),
  countedMinor: integer('counted_minor').notNull(),
  denominations: text('denominations', { mode: 'json' }).$type<Record<string, number>>(),
  countedBy: text('counted_by'),
  recordedAt: integer('recorded_at').notNull(),
});

export const zReportTable = sqliteTable('z_report', {
  id: text('id').primaryKey(),
  number: integer('number').notNull(),
  sessionId: text('session_id').notNull(),
  businessDay: text('business_day').notNull(),
  body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
  madeAt: integer('made_at').notNull(),
});

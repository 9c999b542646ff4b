import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const paymentTable = sqliteTable('payment', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  orderId: text('order_id').notNull(),
  shareId: text('share_id'),
  sessionId: text('session_id'),
  method: text('method').notNull(),
  amountMinor: integer('amount_minor').notNull(),
  tipMinor: integer('tip_minor').notNull(),
  tenderedMinor: integer('tendered_minor'),
  changeMinor: integer('change_minor').notNull(),
  reference: text('reference'),
  businessDay: text('business_day').notNull(),
  takenBy: text('taken_by'),
  deviceId: text('device_id'),
  flags: text('flags', { mode: 'json' }).$type<string[]>().notNull(),
  occurredAt: integer('occurred_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
});

export const refundTable = sqliteTable('refund', {
  id: text('id').primaryKey(),
  orderId: text('order_id').notNull(),
  shareId: text('share_id'),
  sessionId: text('session_id'),
  method: text('method').notNull(),
  amountMinor: integer('amount_minor').notNull(),
  allocation: text('allocation', { mode: 'json' }).$type<unknown>().notNull(),
  lines: text('lines', { mode: 'json' }).$type<unknown>().notNull(),
  reason: text('reason').notNull(),
  businessDay: text('business_day').notNull(),
  madeBy: text('made_by'),
  approvedBy: text('approved_by'),
  occurredAt: integer('occurred_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
});

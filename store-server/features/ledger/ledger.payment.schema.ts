import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Breakdown } from '../../kernel/breakdown.ts';

/** Whole pieces of a line that went back. */
export interface RefundedLine {
  readonly lineId: string;
  readonly quantity: number;
}

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
  /** The part that undoes no sale: the check was still open, or had been paid more than it came to. */
  returnedMinor: integer('returned_minor').notNull(),
  /** What was taken back of the sale, figure by figure: `amountMinor` less `returnedMinor`. */
  allocation: text('allocation', { mode: 'json' }).$type<Breakdown>().notNull(),
  lines: text('lines', { mode: 'json' }).$type<readonly RefundedLine[]>().notNull(),
  reason: text('reason').notNull(),
  businessDay: text('business_day').notNull(),
  madeBy: text('made_by'),
  approvedBy: text('approved_by'),
  occurredAt: integer('occurred_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
});

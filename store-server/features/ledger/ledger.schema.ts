import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const ledgerEntryTable = sqliteTable('ledger_entry', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  orderId: text('order_id'),
  sessionId: text('session_id'),
  paymentId: text('payment_id'),
  businessDay: text('business_day').notNull(),
  occurredAt: integer('occurred_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
});

export const ledgerPostingTable = sqliteTable('ledger_posting', {
  id: text('id').primaryKey(),
  entryId: text('entry_id').notNull(),
  account: text('account').notNull(),
  amountMinor: integer('amount_minor').notNull(),
  vatBps: integer('vat_bps'),
});

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Figures } from '../../kernel/breakdown.ts';

export const orderTable = sqliteTable('orders', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  orderNumber: integer('order_number').notNull(),
  businessDay: text('business_day').notNull(),
  orderType: text('order_type')
    .$type<'dine_in' | 'takeaway' | 'collection' | 'delivery' | 'counter' | 'bar'>()
    .notNull(),
  status: text('status').$type<'open' | 'closed' | 'cancelled'>().notNull(),
  tableId: text('table_id'),
  tableName: text('table_name'),
  covers: integer('covers').notNull(),
  customerName: text('customer_name'),
  note: text('note'),
  serverId: text('server_id'),
  deviceId: text('device_id'),
  source: text('source').notNull(),
  currency: text('currency').notNull(),
  vatInclusive: integer('vat_inclusive', { mode: 'boolean' }).notNull(),
  serviceBps: integer('service_bps').notNull(),
  serviceMandatory: integer('service_mandatory', { mode: 'boolean' }).notNull(),
  serviceRemovedBy: text('service_removed_by'),
  /** What a client's own body asked for as service; null where the charge follows from `serviceBps`. */
  serviceAskedMinor: integer('service_asked_minor'),
  discountBps: integer('discount_bps').notNull(),
  clientTotalMinor: integer('client_total_minor'),
  totalsDifferByMinor: integer('totals_differ_by_minor'),
  flags: text('flags', { mode: 'json' }).$type<string[]>().notNull(),
  billPrintedAt: integer('bill_printed_at'),
  openedAt: integer('opened_at').notNull(),
  occurredAt: integer('occurred_at').notNull(),
  closedAt: integer('closed_at'),
  settledDay: text('settled_day'),
});

export const orderLineTable = sqliteTable('order_line', {
  id: text('id').primaryKey(),
  orderId: text('order_id').notNull(),
  n: integer('n').notNull(),
  productId: text('product_id').notNull(),
  productName: text('product_name').notNull(),
  kitchenName: text('kitchen_name').notNull(),
  categoryId: text('category_id').notNull(),
  quantity: integer('quantity').notNull(),
  unitPriceMinor: integer('unit_price_minor').notNull(),
  vatBps: integer('vat_bps').notNull(),
  seat: integer('seat'),
  course: integer('course').notNull(),
  stationIds: text('station_ids', { mode: 'json' }).$type<string[]>().notNull(),
  allergens: text('allergens', { mode: 'json' }).$type<string[]>().notNull(),
  note: text('note'),
  status: text('status').$type<'held' | 'fired' | 'preparing' | 'ready' | 'served' | 'voided'>().notNull(),
  addedBy: text('added_by'),
  addedAt: integer('added_at').notNull(),
  firedAt: integer('fired_at'),
  readyAt: integer('ready_at'),
  servedAt: integer('served_at'),
  voidedAt: integer('voided_at'),
  voidedBy: text('voided_by'),
  voidReason: text('void_reason'),
});

export const orderLineModifierTable = sqliteTable('order_line_modifier', {
  id: text('id').primaryKey(),
  lineId: text('line_id').notNull(),
  optionId: text('option_id').notNull(),
  groupId: text('group_id').notNull(),
  name: text('name').notNull(),
  kitchenName: text('kitchen_name').notNull(),
  quantity: integer('quantity').notNull(),
  priceMinor: integer('price_minor').notNull(),
  depth: integer('depth').notNull(),
  n: integer('n').notNull(),
});

export const orderAllergyTable = sqliteTable('order_allergy', {
  id: text('id').primaryKey(),
  orderId: text('order_id').notNull(),
  seat: integer('seat').notNull(),
  allergens: text('allergens', { mode: 'json' }).$type<string[]>().notNull(),
  note: text('note'),
});

export const orderShareTable = sqliteTable('order_share', {
  id: text('id').primaryKey(),
  orderId: text('order_id').notNull(),
  splitId: text('split_id').notNull(),
  n: integer('n').notNull(),
  mode: text('mode').$type<'even' | 'items' | 'seats'>().notNull(),
  seat: integer('seat'),
  lineIds: text('line_ids', { mode: 'json' }).$type<string[]>().notNull(),
  /** What the share comes to, figure by figure; all shares of a split add up to what was split. */
  figures: text('figures', { mode: 'json' }).$type<Figures>().notNull(),
  totalMinor: integer('total_minor').notNull(),
  dissolvedAt: integer('dissolved_at'),
});

/** Belongs to reports, which seals a day by giving it a row; an order only asks whether its day has one. */
export const sealedDayTable = sqliteTable('day_seal', { id: text('id').primaryKey() });

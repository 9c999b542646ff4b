import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sectionTable = sqliteTable('section', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  name: text('name').notNull(),
  color: text('color').notNull(),
  sortOrder: integer('sort_order').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

export const diningTable = sqliteTable('dining_table', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  name: text('name').notNull(),
  sectionId: text('section_id').notNull(),
  seats: integer('seats').notNull(),
  x: integer('x').notNull(),
  y: integer('y').notNull(),
  width: integer('width').notNull(),
  height: integer('height').notNull(),
  rotation: integer('rotation').notNull(),
  shape: text('shape').$type<'round' | 'square' | 'rectangle'>().notNull(),
  status: text('status').$type<'available' | 'occupied' | 'reserved' | 'cleaning' | 'out_of_order'>().notNull(),
  serverId: text('server_id'),
  occupiedSince: integer('occupied_since'),
  /** Checks that are open on it now; orders seats and clears it. */
  openChecks: integer('open_checks').notNull(),
  active: integer('active', { mode: 'boolean' }).notNull(),
});

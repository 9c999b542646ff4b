import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The one relay that the store belongs to; no row while it belongs to none. Journaled: joining is a manager's act. */
export const relayMembershipTable = sqliteTable('relay_membership', {
  id: text('id').primaryKey(),
  url: text('url').notNull(),
  tenantId: text('tenant_id').notNull(),
  relayId: text('relay_id').notNull(),
  /** Pinned at joining: whoever else answers under the address cannot give commands. */
  relayPublicKey: text('relay_public_key').notNull(),
  joinedAt: integer('joined_at').notNull(),
});

/** How far the relay has confirmed the journal, as last noted; it may know more, and is asked at every start. */
export const relayCursorTable = sqliteTable('relay_cursor', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  hash: blob('hash', { mode: 'buffer' }).notNull(),
  state: text('state').$type<'open' | 'forked' | 'revoked'>().notNull(),
  lastError: text('last_error'),
  seenAt: integer('seen_at'),
});

/** What became of each command from the platform, sent to the relay until it has confirmed it. */
export const relayInboxTable = sqliteTable('relay_inbox', {
  id: text('id').primaryKey(),
  /** Each relay counts its commands from 1. */
  relayId: text('relay_id').notNull(),
  n: integer('n').notNull(),
  command: text('command').notNull(),
  outcome: text('outcome').$type<'applied' | 'duplicate' | 'refused'>().notNull(),
  code: text('code'),
  sentence: text('sentence'),
  receivedAt: integer('received_at').notNull(),
  acknowledgedAt: integer('acknowledged_at'),
});

/** The id of the one membership and of its cursor. */
export const THE_RELAY = 'relay';

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const staffMemberTable = sqliteTable('staff_member', {
  id: text('id').primaryKey(),
  alias: integer('alias').notNull(),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  email: text('email'),
  role: text('role').$type<'platform_owner' | 'restaurant_owner' | 'manager' | 'employee'>().notNull(),
  preset: text('preset').$type<'server' | 'cashier' | 'kitchen' | 'host' | 'bar'>(),
  active: integer('active', { mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
});

export const staffSecretTable = sqliteTable('staff_secret', {
  id: text('id').primaryKey(),
  passwordHash: text('password_hash'),
  pinHash: text('pin_hash'),
});

export const deviceTable = sqliteTable('device', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<'registered' | 'legacy'>().notNull(),
  address: text('address'),
  registeredBy: text('registered_by'),
  registeredAt: integer('registered_at').notNull(),
  revokedAt: integer('revoked_at'),
});

export const deviceSecretTable = sqliteTable('device_secret', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
});

export const oneTimeCodeTable = sqliteTable('one_time_code', {
  id: text('id').primaryKey(),
  purpose: text('purpose').$type<'setup' | 'device'>().notNull(),
  createdBy: text('created_by'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at'),
  usedAt: integer('used_at'),
});

export const loginSessionTable = sqliteTable('login_session', {
  id: text('id').primaryKey(),
  staffId: text('staff_id').notNull(),
  deviceId: text('device_id'),
  kind: text('kind').$type<'password' | 'pin' | 'legacy'>().notNull(),
  address: text('address'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  revokedAt: integer('revoked_at'),
});

export const refreshTokenTable = sqliteTable('refresh_token', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
});

/**
 * Counts of wrong PINs, passwords and codes. Times here are steady ms (see staff.guard.ts), not epoch ms.
 * The row `clock` keeps how far the steady time had come.
 */
export const signInGuardTable = sqliteTable('sign_in_guard', {
  id: text('id').primaryKey(),
  /** When each recent failure happened, oldest first. */
  failures: text('failures', { mode: 'json' }).$type<readonly number[]>().notNull(),
  /** Failures since the last success. */
  streak: integer('streak').notNull(),
  lockedUntil: integer('locked_until'),
  touchedAt: integer('touched_at').notNull(),
});

/** A manager's yes, used up by the guarded command itself (commands/approvals.ts). */
export const approvalTable = sqliteTable('approval', {
  id: text('id').primaryKey(),
  approverId: text('approver_id').notNull(),
  role: text('role').$type<'platform_owner' | 'restaurant_owner' | 'manager' | 'employee'>().notNull(),
  preset: text('preset').$type<'server' | 'cashier' | 'kitchen' | 'host' | 'bar'>(),
  deviceId: text('device_id'),
  command: text('command').notNull(),
  targetId: text('target_id').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
});

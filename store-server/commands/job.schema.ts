import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What is to be done after a commit: printing, drawers. Ordered by `n` within a lane. */
export const jobTable = sqliteTable('job', {
  n: integer('n').primaryKey(),
  id: text('id').notNull(),
  lane: text('lane').notNull(),
  kind: text('kind').notNull(),
  payload: text('payload', { mode: 'json' }).$type<unknown>().notNull(),
  subjectId: text('subject_id'),
  state: text('state').$type<'queued' | 'running' | 'done' | 'failed' | 'uncertain' | 'dead'>().notNull(),
  attempt: integer('attempt').notNull(),
  repeatPossible: integer('repeat_possible', { mode: 'boolean' }).notNull(),
  confirmed: integer('confirmed', { mode: 'boolean' }),
  reason: text('reason'),
  retryAt: integer('retry_at'),
  diesAt: integer('dies_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { defineFact } from '#contract/facts.ts';
import { openConnection } from '../db/connection.ts';
import { migrateSchema } from '../db/migrate.ts';
import { verifyChain } from '../journal/verify.ts';
import { systemClock, systemRandom } from '../kernel/clock.ts';
import { createIds } from '../kernel/ids.ts';
import { Problem } from '../kernel/verdict.ts';
import { callerOf, nobody, systemCaller } from './caller.ts';
import { type Core, openCore } from './core.ts';
import { defineCommand, refused } from './define.ts';
import type { Rejection } from './perform.ts';

const note = sqliteTable('note', { id: text('id').primaryKey(), words: text('words').notNull() });
const noted = defineFact({
  kind: 'note.written',
  version: 1,
  entity: 'note',
  audience: ['pos'],
  body: z.object({ words: z.string() }),
});
const write = defineCommand({
  name: 'notes.write',
  permission: null,
  input: z.object({ id: z.string(), words: z.string() }),
  handle({ tx }, input) {
    tx.on('note', input.id).insert(note, { id: input.id, words: input.words }).tell(noted, { words: input.words });
    if (input.words === 'no') throw new Problem('VALIDATION_ERROR', { field: 'words' });
    if (input.words === 'remember') return refused('PIN_LOCKED');
    if (input.words === 'bug') throw new Error('a bug');
    return { written: input.id };
  },
});
const silent = defineCommand({
  name: 'notes.silent',
  permission: null,
  input: z.object({ id: z.string() }),
  handle({ tx }, input) {
    tx.on('note', input.id).insert(note, { id: input.id, words: '' });
    return null;
  },
});

let folder: string;
let core: Core;
let failAt: ((sql: string) => void) | undefined;
const ids = createIds(systemClock.now, systemRandom);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-core-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.exec('CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT');
  first.sqlite.close();
  failAt = undefined;
  core = openCore({
    file,
    clock: systemClock,
    ids,
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
    reopenMs: 0,
    beforeWrite: (sql) => failAt?.(sql),
  });
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const keyed = (key: string) => callerOf(nobody, { scope: 'device:1', key });
const rows = () => core.connection().sqlite.prepare('SELECT id FROM note ORDER BY id').pluck().all();
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('it was allowed');
    },
    (error: Rejection) => error,
  );

test('a repeated request gets the first answer and changes nothing', async () => {
  const first = await core.execute(write, keyed('k1'), { id: 'a', words: 'one' });
  const again = await core.execute(write, keyed('k1'), { id: 'a', words: 'one' });
  expect(again).toEqual({ ...first, outcome: 'duplicate' });
  expect(rows()).toEqual(['a']);
});

test('twenty copies at once are one effect', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, () => core.execute(write, keyed('k2'), { id: 'b', words: 'x' })),
  );
  expect(all.filter((one) => one.outcome === 'applied')).toHaveLength(1);
  expect(core.head().seq).toBe(1);
});

test('the same key for something else is refused', async () => {
  await core.execute(write, keyed('k3'), { id: 'a', words: 'one' });
  const no = await rejection(core.execute(write, keyed('k3'), { id: 'a', words: 'two' }));
  expect(no.problem.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('a final refusal is repeated with the same error id, a refusal that is not final is asked anew', async () => {
  const no = await rejection(core.execute(write, keyed('k4'), { id: 'a', words: 'no' }));
  const again = await rejection(core.execute(write, keyed('k4'), { id: 'a', words: 'no' }));
  expect([again.errorId, again.replayed, no.replayed]).toEqual([no.errorId, true, false]);
  expect(rows()).toEqual([]);
  const locked = await rejection(core.execute(write, keyed('k5'), { id: 'c', words: 'remember' }));
  expect(locked.problem.code).toBe('PIN_LOCKED');
  expect(rows()).toEqual(['c']);
});

test('one command that fails does not take the others of its group along, and gives its number back', async () => {
  const results = await Promise.allSettled([
    core.execute(write, systemCaller(), { id: 'a', words: 'one' }),
    core.execute(write, systemCaller(), { id: 'b', words: 'bug' }),
    core.execute(write, systemCaller(), { id: 'c', words: 'no' }),
    core.execute(write, systemCaller(), { id: 'd', words: 'two' }),
  ]);
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(rows()).toEqual(['a', 'd']);
  expect(core.head().seq).toBe(2);
  expect(verifyChain(core.connection())).toEqual({ ok: true, entries: 2 });
});

test('a change that tells nobody why is a bug', async () => {
  await expect(core.execute(silent, systemCaller(), { id: 'q' })).rejects.toThrow('nobody was told why');
  expect(rows()).toEqual([]);
});

test('a full disk is heard by the whole group, loses nothing acknowledged, and heals by itself', async () => {
  await core.execute(write, systemCaller(), { id: 'a', words: 'before' });
  const { sqlite } = core.connection();
  sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`);
  const big = 'x'.repeat(200_000);
  const group = await Promise.all([
    rejection(core.execute(write, keyed('k6'), { id: 'b', words: 'small' })),
    rejection(core.execute(write, systemCaller(), { id: 'c', words: big })),
  ]);
  expect(group.map((one) => one.problem.code)).toEqual(['STORE_READ_ONLY', 'STORE_READ_ONLY']);
  expect(core.readOnly()).toBe(true);
  const after = await core.execute(write, keyed('k6'), { id: 'b', words: 'small' });
  expect(after.outcome).toBe('applied');
  expect(core.readOnly()).toBe(false);
  expect(rows()).toEqual(['a', 'b']);
  expect(verifyChain(core.connection())).toEqual({ ok: true, entries: 2 });
});

test('a BEGIN that fails refuses those who wait instead of spinning for ever', async () => {
  core.connection().sqlite.exec('BEGIN');
  const no = await rejection(core.execute(write, systemCaller(), { id: 'a', words: 'one' }));
  expect(no.problem.code).toBe('STORE_READ_ONLY');
  await core.execute(write, systemCaller(), { id: 'b', words: 'two' });
  expect(rows()).toEqual(['b']);
});

test('failing before any statement of a command leaves nothing of it', async () => {
  let statements = 0;
  failAt = () => {
    statements += 1;
  };
  await core.execute(write, keyed('count'), { id: 'count', words: 'all' });
  const total = statements;
  expect(total).toBeGreaterThan(4);
  for (let k = 1; k <= total; k += 1) {
    let n = 0;
    failAt = () => {
      n += 1;
      if (n === k) throw new Error('fault');
    };
    await expect(core.execute(write, keyed(`f${k}`), { id: `f${k}`, words: 'x' })).rejects.toThrow('fault');
  }
  failAt = undefined;
  expect(rows()).toEqual(['count']);
  expect(verifyChain(core.connection())).toEqual({ ok: true, entries: 1 });
});

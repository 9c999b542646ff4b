import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { defineFact } from '#contract/facts.ts';
import { Ref } from '#contract/ids.ts';
import { nobody, staffActor } from '../commands/caller.ts';
import { type Core, openCore } from '../commands/core.ts';
import { defineCommand, refused } from '../commands/define.ts';
import { openConnection } from '../db/connection.ts';
import { migrateSchema } from '../db/migrate.ts';
import { systemClock, systemRandom } from '../kernel/clock.ts';
import { createIds } from '../kernel/ids.ts';
import { Problem } from '../kernel/verdict.ts';
import { withMeta } from './answer.ts';
import { createRouteTable } from './api.ts';
import { createHttp, type Http, type HttpDeps } from './app.ts';
import type { Authenticate } from './identity.ts';

/** A store with one thing to do: take a note. Enough to see how the edge treats every kind of request. */

const note = sqliteTable('note', { id: text('id').primaryKey(), words: text('words').notNull() });
const noted = defineFact({
  kind: 'note.taken',
  version: 1,
  entity: 'note',
  audience: ['pos'],
  body: z.object({ words: z.string() }),
});

export const RESTAURANT = '0190a000-0000-7000-8000-000000000001';

const NoteBody = z.strictObject({
  words: z.string().min(1).max(40),
  quantity: z.int().min(1).max(999).default(1),
  lines: z
    .array(z.strictObject({ dish: z.string(), seat: z.int().optional() }))
    .max(3)
    .optional(),
});
const Noted = z.object({ id: z.string(), words: z.string(), quantity: z.int() });

interface Replies {
  words: string;
  replies: Replies[];
}
const Reply: z.ZodType<Replies> = z.object({ words: z.string(), replies: z.array(z.lazy(() => Reply)) });

const noteInput = z.object({ words: z.string(), quantity: z.int() });
type Note = z.infer<typeof noteInput>;

const refusals: Record<string, () => never> = {
  'sold out': () => {
    throw new Problem('LINE_SOLD_OUT', { product: 'Negroni', remaining: 1 });
  },
  missing: () => {
    throw new Problem('NOT_FOUND', { field: 'words' });
  },
  bug: () => {
    throw new Error('a bug with a secret in it');
  },
};

/** Lets a test look at who the command thinks is asking, and make it take its time. */
export interface Watch {
  looksRepeated: boolean[];
  prepareMs: number;
  /** Commands whose preparation has begun. */
  begun: number;
}

export async function openToyStore(overrides: Partial<HttpDeps> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-http-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.exec('CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT');
  first.sqlite.close();

  const ids = createIds(systemClock.now, systemRandom);
  const watch: Watch = { looksRepeated: [], prepareMs: 0, begun: 0 };
  const lines: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const log: HttpDeps['log'] = (level, message, fields = {}) =>
    void lines.push({ level, message, fields: { ...fields } });
  const businessDay = () => '2025-06-18';
  const core: Core = openCore({ file, clock: systemClock, ids, businessDay, reactions: new Map(), log, reopenMs: 0 });

  const take = defineCommand({
    name: 'notes.take',
    permission: 'orders.take',
    input: noteInput,
    async prepare() {
      watch.begun += 1;
      if (watch.prepareMs > 0) await new Promise((resolve) => setTimeout(resolve, watch.prepareMs));
    },
    handle({ tx, ids: newIds, caller }, { words, quantity }: Note) {
      refusals[words]?.();
      if (words === 'locked') return refused('PIN_LOCKED', { retry_after_seconds: 45 });
      watch.looksRepeated.push(caller.looksRepeated === true);
      const id = newIds.next();
      tx.on('note', id).insert(note, { id, words }).tell(noted, { words });
      return { id, words, quantity };
    },
  });
  const burn = defineCommand({
    name: 'notes.burn',
    permission: 'orders.void_fired',
    input: z.object({ note_id: z.union([z.string(), z.number()]) }),
    target: ({ note_id }) => String(note_id),
    handle: () => ({ burnt: true }),
  });
  const api = createRouteTable();
  api.router('/api/v1/notes', (at) => {
    at.post('', take, { summary: 'Take a note', body: NoteBody, answers: Noted });
    at.get('', ({ connection }) => connection.sqlite.prepare('SELECT id, words FROM note ORDER BY id').all(), {
      operation: 'notes.list',
      summary: 'All notes',
      access: 'orders.read',
      query: z.object({ limit: z.coerce.number().int().max(100).optional() }),
      answers: z.array(z.object({ id: z.string(), words: z.string() })),
      plural: 'notes',
    });
    at.get('/recent', () => withMeta({ recent: true }, { has_more: false }), {
      operation: 'notes.recent',
      summary: 'The latest note',
      access: 'public',
      answers: z.object({ recent: z.boolean() }),
    });
    at.get('/current', () => null, {
      operation: 'notes.current',
      summary: 'The note in hand, or null',
      access: 'public',
      answers: z.object({}).nullable(),
    });
    at.get('/broken', () => refusals['bug']?.(), {
      operation: 'notes.broken',
      summary: 'A page with a bug',
      access: 'public',
      answers: z.object({}),
    });
    at.get('/:note_id', (_, { params }) => ({ id: params['note_id'] ?? null }), {
      operation: 'notes.read',
      summary: 'One note',
      access: 'device',
      params: z.object({ note_id: Ref }),
      answers: z.object({ id: z.string() }),
    });
    at.delete('/:note_id', burn, { summary: 'Burn a note', answers: z.object({ burnt: z.boolean() }) });
  });
  api.router('/api/v1/restaurants/:restaurant_id', (at) =>
    at.get('/hours', () => ({ open: true }), {
      operation: 'restaurants.hours',
      summary: 'Opening hours',
      access: 'public',
      params: z.object({ restaurant_id: z.string() }),
      answers: z.object({ open: z.boolean() }),
    }),
  );
  api.router('/api/v1/replies', (at) =>
    at.get('', () => [], {
      operation: 'replies.list',
      summary: 'Replies to replies',
      access: 'public',
      answers: Reply,
      plural: 'replies',
    }),
  );
  api.router('/api/v1/older/notes', (at) =>
    at.post('', take, {
      operation: 'older.notes.take',
      summary: 'Take a note from an older app',
      tolerant: true,
      body: z.object({ ...NoteBody.shape, date_order: z.string().optional() }),
      toInput: ({ body: { words, quantity } }: { body: Note }) => ({ words, quantity }),
      answers: Noted,
    }),
  );

  /** `Bearer server` and `Bearer manager` are signed in, `X-Device-Token: till-1` is a device. */
  const authenticate: Authenticate = ({ bearer, deviceToken }) => {
    if (bearer === 'expired') throw new Problem('TOKEN_EXPIRED');
    if (deviceToken !== null && deviceToken !== 'till-1') throw new Problem('DEVICE_NOT_REGISTERED');
    const deviceId = deviceToken;
    if (bearer === null) return deviceId === null ? null : { actor: nobody, deviceId, sessionId: null, scope: null };
    const people = {
      server: staffActor('ana', 'employee', 'server'),
      cook: staffActor('jo', 'employee', 'kitchen'),
      manager: staffActor('sam', 'manager', null),
    };
    const actor = people[bearer as keyof typeof people];
    if (actor === undefined) throw new Problem('TOKEN_INVALID');
    return { actor, deviceId, sessionId: 'session-1', scope: null };
  };

  const http: Http = createHttp({
    core,
    routes: api.routes,
    authenticate,
    restaurantId: () => RESTAURANT,
    businessDay,
    clock: systemClock,
    ids,
    log,
    version: '0.1.0',
    pid: process.pid,
    hosts: ['till.example'],
    accepting: () => true,
    limits: { perSecond: 100_000 },
    ...overrides,
  });
  const { port } = await http.listen('127.0.0.1', 0);

  return {
    core,
    http,
    port,
    url: `http://127.0.0.1:${port}`,
    watch,
    lines,
    notes: () => core.connection().sqlite.prepare<[], string>('SELECT words FROM note ORDER BY id').pluck().all(),
    async close() {
      await http.close(200);
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type ToyStore = Awaited<ReturnType<typeof openToyStore>>;

/** Asks as a signed-in server with a JSON body, unless told otherwise. */
export async function ask(store: ToyStore, path: string, init: RequestInit & { json?: unknown } = {}) {
  const { json, ...rest } = init;
  const headers = { Authorization: 'Bearer server', 'Content-Type': 'application/json', ...(rest.headers ?? {}) };
  const body = json === undefined ? rest.body : JSON.stringify(json);
  const response = await fetch(store.url + path, { ...rest, headers, ...(body == null ? {} : { body }) });
  const answered = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(answered === '' ? 'null' : answered) };
}

import { expect } from 'vitest';
import type { Connection } from '../../store-server/db/connection.ts';
import type { ApiClient, Reply } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';

/**
 * Refusals that have to be remembered, or the next attempt would not know of them: guesses at secrets are counted, and a
 * refresh token that was used twice ends its whole family.
 */
const remembered = new Set([
  'INVALID_CREDENTIALS',
  'PIN_LOCKED',
  'DEVICE_CODE_WRONG',
  'SETUP_CODE_WRONG',
  'TOKEN_INVALID',
]);

/** A key that was refused for good stays refused, so receipts are no change; slips print by themselves meanwhile. */
const notCounted = new Set(['receipt', 'journal', 'journal_part']);
const byPrinters = "command LIKE 'printers.%\\_job%' ESCAPE '\\'";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Begins like a sentence or with a field's name, ends like one, and speaks of no machinery. */
const sentence = /^[\p{L}\d].{8,}[.!?]$/su;
const machinery = /undefined|\[object|Invalid input|expected |ZodError|SQLITE|\bnull\b.*received/;

/** How many rows each table has, and how long the journal is but for what the printers did. */
export function standing({ sqlite }: Connection): Record<string, number> {
  const tables = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const counted = tables.filter((name) => !notCounted.has(name) && !/^(sqlite_|__)/.test(name));
  const rows = counted.map((name) => [name, sqlite.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]);
  const entries = sqlite.prepare(`SELECT count(*) FROM journal WHERE NOT (${byPrinters})`).pluck().get() as number;
  return { ...Object.fromEntries(rows), journal: entries };
}

/** What every refusal has in common, whatever it refuses. */
export function insistGoodRefusal({ status, body, headers }: Reply): void {
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(body).toMatchObject({
    success: false,
    data: null,
    meta: null,
    error: { code: expect.stringMatching(/^[A-Z_]+$/) },
  });
  const { code, message, field, details } = body.error;
  expect(code, 'a bug is no refusal').not.toBe('INTERNAL_ERROR');
  expect([body.message, body.detail]).toEqual([message, message]);
  expect(message).toMatch(sentence);
  expect(message).not.toMatch(machinery);
  expect(details.suggestion).toMatch(sentence);
  expect(details.error_id).toMatch(uuid);
  expect(new Date(body.timestamp).toISOString()).toBe(body.timestamp);
  if (code === 'UNKNOWN_FIELD') expect(field).toEqual(expect.any(String));
  for (const one of details.validation_errors ?? [])
    expect(Object.keys(one).sort()).toEqual(['field', 'message', 'type']);
  if (status === 409 && code === 'ILLEGAL_TRANSITION') {
    expect(details).toMatchObject({ state: expect.any(String), possible: expect.any(Array) });
  }
}

/**
 * The same store, whose clients look at every refusal that they get: it has to be a good one, and nothing may have
 * changed by it. Requests that overlap are looked at on their own, but not for what changed meanwhile.
 */
export function watched(store: TestStore): TestStore {
  let underWay = 0;
  let begun = 0;
  const watch = (client: ApiClient): ApiClient => {
    const ask = client.ask.bind(client);
    client.ask = async (...request) => {
      const connection = store.server.core.connection();
      const alone = ++underWay === 1;
      const mine = ++begun;
      const before = standing(connection);
      let reply: Reply;
      try {
        reply = await ask(...request);
      } finally {
        underWay -= 1;
      }
      if (reply.status < 400) return reply;
      insistGoodRefusal(reply);
      const quiet = alone && begun === mine && !remembered.has(reply.body.error.code);
      if (quiet) expect(standing(connection), `${request[0]} ${request[1]} was refused`).toEqual(before);
      return reply;
    };
    return client;
  };
  return {
    ...store,
    client: () => watch(store.client()),
    signedIn: async (email, password) => watch(await store.signedIn(email, password)),
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Connection, openConnection } from '../db/connection.ts';
import { migrateSchema } from '../db/migrate.ts';
import { numbersTakenTable } from '../features/settings/settings.schema.ts';
import { numbersTaken } from './numbers-taken.ts';

const folder = mkdtempSync(join(tmpdir(), 'fynlo-numbers-'));
const now = Date.parse('2025-06-18T19:00:00Z');
const HOUR_MS = 3_600_000;

function database(name: string): Connection {
  const connection = openConnection(join(folder, name));
  migrateSchema(connection);
  return connection;
}
const into = database('into.db');
const unreadable = database('old.db');
unreadable.sqlite.exec('DROP TABLE z_report; DROP TABLE orders');
afterAll(() => {
  for (const { sqlite } of [into, unreadable]) sqlite.close();
  rmSync(folder, { recursive: true });
});

const taken = (left: Partial<Parameters<typeof numbersTaken>[1]>) =>
  Object.fromEntries(
    numbersTaken(
      into,
      { cause: 'missing', lost_from: 101, lost_to: null, snapshot_at: now - HOUR_MS, old: null, ...left },
      now,
    ),
  );

test('where nothing is lost, numbers go on without a gap', () => {
  expect(taken({ lost_from: null })).toEqual({});
});

test('what is lost is reckoned rather too high, by days, and never higher than there were entries', () => {
  const busy = { order: 4_000, payment: 6_000, session: 20, z: 20, 'order_number:2025-06-18': 500 };
  expect(taken({})).toEqual(busy);
  expect(taken({ snapshot_at: now - 49 * HOUR_MS })).toMatchObject({ order: 8_000, z: 40 });
  const few = { order: 3, payment: 3, session: 3, z: 3, 'order_number:2025-06-18': 3 };
  expect(taken({ cause: 'damaged', lost_to: 103, old: unreadable })).toEqual(few);
});

test('a database that was whole is believed as far as it can be read; a damaged one is not', () => {
  expect(taken({ cause: 'by_hand', lost_to: 103, old: unreadable })).toEqual({
    order: 3,
    z: 3,
    'order_number:2025-06-18': 3,
  });
  expect(taken({ cause: 'damaged', lost_to: 103, old: unreadable })).toMatchObject({ session: 3 });
});

test('what an earlier restore left out stays left out, and where nobody can tell, entries are no measure', () => {
  const again = database('again.db');
  again.orm.insert(numbersTakenTable).values({ id: 'one:order', series: 'order', upTo: 70 }).run();
  expect(taken({ cause: 'by_hand', old: again })).toEqual({ order: 70 });
  expect(taken({ cause: 'damaged', lost_to: 103, old: again })).toMatchObject({ order: 70, payment: 3 });
  again.sqlite.close();
  expect(taken({ cause: 'other_store', lost_to: 103 })).toMatchObject({ order: 4_000 });
});

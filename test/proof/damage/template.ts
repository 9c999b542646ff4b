import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { doTask } from '../../../store-server/backups/tasks.ts';
import type { Connection } from '../../../store-server/db/connection.ts';
import { openStore } from '../../harness/open-store.ts';

/** The rows of every table, as one text each. */
export type Dump = ReadonlyMap<string, readonly string[]>;

/** Written by the server for itself and in no journal; compared row by row with all that they ever were. */
export const localTables: ReadonlySet<string> = new Set([
  'approval',
  'device_secret',
  'job',
  'login_session',
  'one_time_code',
  'receipt',
  'refresh_token',
  'relay_cursor',
  'relay_inbox',
  'relay_membership',
  'sign_in_guard',
  'staff_secret',
]);

/** What a slip says and where it goes; whether it is out by now is another matter. */
const columnsOf = (table: string): string => (table === 'job' ? 'id, lane, kind, payload, subject_id' : '*');

export function dump({ sqlite }: Connection): Dump {
  const tables = sqlite
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => {
      const rows = sqlite
        .prepare(`SELECT ${columnsOf(table)} FROM "${table}"`)
        .raw()
        .all();
      return [table, rows.map((row) => JSON.stringify(row)).sort()];
    }),
  );
}

/** A restaurant in the middle of an evening, with all that it ever was, to be damaged as often as one likes. */
export interface Template {
  /** As a clean stop leaves it, and as `kill -9` does. */
  readonly stopped: string;
  readonly killed: string;
  /** The database of another restaurant. */
  readonly other: string;
  /** By the journal's head: every table as it was then. */
  readonly history: ReadonlyMap<number, Dump>;
  readonly head: number;
  readonly storeId: string;
}

const SNAPSHOTS_AT = [8, 16, 24];
const LAST_CHECKPOINT_AT = 26;
const ORDERS = 30;

export async function makeTemplate(folder: string): Promise<Template> {
  const history = new Map<number, Dump>();
  const store = await openStore();
  const { core } = store.server;
  const note = (): void => void history.set(core.head().seq, dump(core.connection()));
  note();
  core.onCommit(note);
  const client = await store.signedIn('manager@demo.test', 'demo-manager-1');
  for (let n = 1; n <= ORDERS; n += 1) {
    const items = [{ product_id: 1 + (n % 5), quantity: 1 + (n % 3) }];
    const { id, total_amount: amount } = await client.must(
      'POST',
      'orders',
      { order_type: 'takeaway', items },
      { key: `order-${n}` },
    );
    if (n % 2 === 0) {
      await client.must('POST', 'payments', { order_id: id, payment_method: 'card', amount, reference: 'none' });
    }
    // From here on the newest is in the log alone, as at any moment of an evening.
    if (n === LAST_CHECKPOINT_AT) core.connection().sqlite.pragma('wal_checkpoint(TRUNCATE)');
    if (SNAPSHOTS_AT.includes(n)) {
      store.clock.jump(15 * 60_000);
      await doTask({
        kind: 'snapshot',
        from: path.join(store.dataDir, 'store.db'),
        folder: path.join(store.dataDir, 'backups'),
        occasion: 'timer',
        now: store.clock.now(),
        since: null,
      });
    }
  }
  // Slips come out and the head is noted beside the database.
  await pause(1_500);
  note();
  const keep = { recursive: true, preserveTimestamps: true };
  const killed = path.join(folder, 'killed');
  const stopped = path.join(folder, 'stopped');
  const head = core.head().seq;
  const storeId = core.connection().sqlite.prepare('SELECT id FROM store').pluck().get() as string;
  cpSync(store.dataDir, killed, keep);
  await store.server.stop();
  await store.lab.close();
  cpSync(store.dataDir, stopped, keep);
  await store.close();
  const stranger = await openStore({ empty: true });
  await stranger.server.stop();
  const other = path.join(folder, 'other.db');
  cpSync(path.join(stranger.dataDir, 'store.db'), other);
  await stranger.close();
  return { stopped, killed, other, history, head, storeId };
}

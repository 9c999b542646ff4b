import { closeSync, fsyncSync, openSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../../store-server/commands/core.ts';
import { openConnection } from '../../../store-server/db/connection.ts';
import { takeAndSettle } from '../../../store-server/features/payments/index.ts';
import { orderTaker } from './orders.ts';
import { callerFor, demoFolder, openDoor } from './store.ts';

/** Bytes that one order with its payment takes on the disk, indexes and journal included, and as much again to spare. */
const BYTES_PER_ORDER = 60_000;

/** Why a history of so many orders cannot be made here; null when it can. */
export function noRoomFor(orders: number): string | null {
  const { bavail, bsize } = statfsSync(process.env['TMPDIR'] ?? '/tmp');
  const wanted = orders * BYTES_PER_ORDER;
  if (bavail * bsize > wanted) return null;
  return `${(wanted / 1e9).toFixed(0)} GB of temporary disk are needed and ${((bavail * bsize) / 1e9).toFixed(0)} are free`;
}

/** Takes one order and its card payment through the one door: what every order of the history looks like. */
async function takeSample(core: Core): Promise<void> {
  await orderTaker(core)(0);
  const { sqlite } = core.connection();
  const order_id = sqlite.prepare<[], string>('SELECT id FROM orders').pluck().get() as string;
  const due = sqlite
    .prepare<[], number>('SELECT sum(quantity * unit_price_minor) FROM order_line')
    .pluck()
    .get() as number;
  await core.execute(takeAndSettle, callerFor(core)(), {
    order_id,
    method: 'card',
    amount_minor: due,
    tip_minor: 0,
    tendered_minor: null,
    reference: 'none',
    share_id: null,
    config_id: null,
  });
}

/** Tables of which an order leaves rows; each row is told from the others of its order by its place `k`. */
const tables = [
  'orders',
  'order_line',
  'payment',
  'ledger_entry',
  'ledger_posting',
  'job',
  'journal',
  'journal_part',
] as const;

/** Uuids of old: before every one that is made now, and in the order of `n`. */
const uuid = (n: string) => `printf('01900000-0000-7000-8000-%012x', ${n})`;
const ORDER = uuid('i');

/** What a column holds in the `i`-th order, as SQL over its sample row `s`; undefined for what all have alike. */
function cellOf(table: string, column: string, isOneDay: boolean): string | undefined {
  const own: Record<string, string> = {
    'orders.id': ORDER,
    'orders.alias': 'i + 1000',
    'orders.order_number': isOneDay ? 'i + 1000' : 'i % 300 + 1',
    'orders.business_day': isOneDay ? 's.business_day' : "date('2023-01-01', '+' || (i / 300) || ' days')",
    'orders.settled_day': isOneDay ? 's.settled_day' : "date('2023-01-01', '+' || (i / 300) || ' days')",
    'orders.opened_at': isOneDay ? 's.opened_at' : '1672560000000 + i * 288000',
    'payment.id': ORDER,
    'payment.alias': 'i + 1000',
    'ledger_posting.entry_id': uuid('i * 16 + (SELECT k FROM sample_ledger_entry e WHERE e.id = s.entry_id)'),
    'ledger_entry.payment_id': `CASE WHEN s.payment_id IS NULL THEN NULL ELSE ${ORDER} END`,
    'job.n': 'NULL',
    'job.state': "'done'",
    'journal.seq': '1000 + i * 2 + k',
    'journal.command_id': uuid('i * 16 + k'),
    'journal.key': uuid('i * 16 + k'),
    'journal_part.seq': '1000 + i * 2 + (s.seq > (SELECT min(seq) FROM sample_journal))',
    'journal_part.entity_id': `CASE s.entity_type WHEN 'order' THEN ${ORDER} ELSE s.entity_id END`,
  };
  const found = own[`${table}.${column}`];
  if (found !== undefined) return found;
  if (column === 'id') return uuid('i * 16 + k');
  if (column === 'order_id' || column === 'subject_id') return ORDER;
  if (column === 'business_day' && !isOneDay) return "date('2023-01-01', '+' || (i / 300) || ' days')";
  return undefined;
}

/**
 * The demo restaurant with a history: so many settled orders of five lines, each with its payment, its postings, its
 * slips and its journal entries, copied from a real one by SQL, 300 a day in the past. Or all on the running business
 * day, for reports, which read neither slips nor journal: these are then left out. Their hashes are the sample's; nothing here verifies the chain.
 */
export async function folderWithHistory(orders: number, { isOneDay }: { isOneDay: boolean }): Promise<string> {
  const folder = await demoFolder();
  const core = openDoor(folder);
  await takeSample(core);
  await core.close();
  const { sqlite } = openConnection(join(folder, 'store.db'));
  // A load that fails is simply done again, so nothing of it has to survive a power cut.
  for (const setting of ['foreign_keys = OFF', 'journal_mode = MEMORY', 'synchronous = OFF', 'cache_size = -200000']) {
    sqlite.pragma(setting);
  }
  const first = sqlite.prepare<[], number>("SELECT min(seq) FROM journal WHERE command = 'orders.open'").pluck().get();
  for (const table of tables) {
    const since = table === 'journal' || table === 'journal_part' ? `WHERE seq >= ${first}` : '';
    sqlite.exec(`CREATE TEMP TABLE sample_${table} AS SELECT row_number() OVER () - 1 AS k, * FROM ${table} ${since}`);
  }
  const copied = isOneDay ? tables.filter((table) => table !== 'job' && !table.startsWith('journal')) : tables;
  for (const table of copied) {
    const columns = (sqlite.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const cells = columns.map((column) => cellOf(table, column, isOneDay) ?? `s.${column}`);
    sqlite.exec(`INSERT INTO ${table} (${columns.join()})
      WITH RECURSIVE count(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM count WHERE i + 1 < ${orders})
      SELECT ${cells.join()} FROM count CROSS JOIN temp.sample_${table} s`);
  }
  sqlite.pragma('journal_mode = WAL');
  sqlite.close();
  // What still waits to be written would slow down every sync that is measured.
  const file = openSync(join(folder, 'store.db'), 'r+');
  fsyncSync(file);
  closeSync(file);
  return folder;
}

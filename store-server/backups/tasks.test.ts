import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type TestStore } from '../../test/harness/open-store.ts';
import { silent } from '../../test/scenarios/evening/telling.ts';
import { venueIn } from '../../test/scenarios/evening/venues.ts';
import { playEvening } from '../../test/scenarios/evening.ts';
import { copyDatabase } from '../db/backup.ts';
import { openConnection } from '../db/connection.ts';
import { examine } from './examine.ts';
import type { Manifest } from './manifest.ts';
import { openShelf } from './shelf.ts';
import { doTask } from './tasks.ts';
import { createTaskThread } from './thread.ts';

/** Snapshots of a restaurant after a whole evening, and what is found when one of them has been tampered with. */

let store: TestStore;
let file: string;
let folder: string;
let made: Manifest;

beforeAll(async () => {
  store = await openStore();
  file = join(store.dataDir, 'store.db');
  folder = join(store.dataDir, 'backups');
  const evening = await playEvening(venueIn(store), silent);
  evening.stage.people.goHome();
  const result = await doTask({
    kind: 'snapshot',
    from: file,
    folder,
    occasion: 'close',
    now: store.clock.now(),
    since: null,
  });
  if (!result.ok || result.manifest === null) throw new Error(JSON.stringify(result));
  made = result.manifest;
}, 60_000);
afterAll(() => store.close());

/** A copy of the database in which somebody has changed something behind everybody's back. */
async function tampered(sql: string): Promise<string> {
  const copy = join(store.dataDir, 'tampered.db');
  await copyDatabase(file, copy);
  const { sqlite } = openConnection(copy);
  sqlite.pragma('ignore_check_constraints = ON');
  sqlite.pragma('foreign_keys = OFF');
  sqlite.exec(sql);
  sqlite.pragma('journal_mode = DELETE');
  sqlite.close();
  return copy;
}

test('a snapshot of a restaurant at work is one plain file that says what is in it', () => {
  expect(made).toMatchObject({ head_seq: store.server.core.head().seq, orders: 1, orders_to: 1, occasion: 'close' });
  expect(readdirSync(folder).sort()).toEqual([`${made.name}.db`, `${made.name}.json`]);
  expect(openShelf(folder).list()).toEqual([made]);
  expect(openShelf(folder).isIntact(made)).toBe(true);
});

test('a thread of its own makes one as well, from what is new since the last', async () => {
  const thread = createTaskThread();
  const since = { seq: made.head_seq - 5, hash: '' };
  const { sqlite } = store.server.core.connection();
  const { hash } = sqlite.prepare('SELECT hash FROM journal WHERE seq = ?').get(since.seq) as { hash: Buffer };
  const anchor = { ...since, hash: hash.toString('hex') };
  const other = join(store.dataDir, 'elsewhere');
  mkdirSync(other);
  const task = { kind: 'snapshot', from: file, folder: other, occasion: 'timer', now: store.clock.now() } as const;
  expect(await thread.doTask({ ...task, since: anchor })).toMatchObject({ ok: true, manifest: { orders: 1 } });
  expect(await doTask({ ...task, since: { ...anchor, hash: '00'.repeat(32) } })).toMatchObject({
    ok: false,
    findings: [expect.stringContaining('the chain')],
  });
  await expect(thread.doTask({ ...task, from: '/nowhere/at/all.db', since: null })).rejects.toThrow(/open/);
  await thread.close();
  await expect(thread.doTask({ ...task, since: null })).rejects.toThrow('stopping');
});

test('a copy on another disk is read back there, and one that is not like the original is not kept', async () => {
  const second = join(store.dataDir, 'second');
  mkdirSync(second);
  expect(await doTask({ kind: 'copy', manifest: made, from: folder, folder: second })).toMatchObject({ ok: true });
  expect(openShelf(second).list()).toEqual([made]);
  const other = { ...made, digest: '0'.repeat(64) };
  expect(await doTask({ kind: 'copy', manifest: other, from: folder, folder: second })).toMatchObject({ ok: false });
  expect(readdirSync(second)).toHaveLength(2);
});

test('at night it is restored into a scratch file, and the result stands beside it', async () => {
  const scratch = join(store.dataDir, 'trial.db');
  const now = store.clock.now();
  expect(await doTask({ kind: 'trial', manifest: made, folder, scratch, now })).toMatchObject({ ok: true });
  expect(openShelf(folder).list()[0]?.trial).toEqual({ at: now, ok: true, findings: [] });
  expect(existsSync(scratch)).toBe(false);

  const lies = { ...made, head_seq: made.head_seq + 1 };
  expect(await doTask({ kind: 'trial', manifest: lies, folder, scratch, now })).toMatchObject({
    ok: false,
    findings: ['it restores to another moment than it says'],
  });
  const handle = openSync(openShelf(folder).fileOf(made.name), 'r+');
  writeSync(handle, Buffer.from([255]), 0, 1, 5_000);
  closeSync(handle);
  expect(await doTask({ kind: 'trial', manifest: made, folder, scratch, now })).toMatchObject({
    ok: false,
    findings: ['the snapshot’s bytes are not those that were written'],
  });
  expect(openShelf(folder).list()[0]?.trial?.ok).toBe(false);
});

test.each([
  ['a price', 'UPDATE order_line SET unit_price_minor = unit_price_minor + 1', 'rows: order_line'],
  ['a payment that is gone', 'DELETE FROM payment', 'rows: payment'],
  ['a name', "UPDATE staff_member SET last_name = 'Mallory' WHERE role = 'manager'", 'rows: staff_member'],
  ['a trigger that is gone', 'DROP TRIGGER journal_is_never_changed', 'rows: the tables are not the ones'],
  ['a program’s mark', 'PRAGMA application_id = 7', 'the file: it is not a Fynlo database'],
  ['a member of staff', "DELETE FROM staff_member WHERE role = 'manager'", 'references: '],
  [
    'an entry’s words',
    "DROP TRIGGER journal_part_may_only_be_erased; UPDATE journal_part SET body = replace(body, '1', '2') WHERE seq = 9",
    'the chain: entry 9, part',
  ],
])('%s that was changed behind everybody’s back is found', async (_, sql, finding) => {
  const copy = await tampered(sql);
  const findings = examine(copy, `${copy}.rows`);
  expect(
    findings.some((one) => one.startsWith(finding)),
    findings.join(),
  ).toBe(true);
  rmSync(copy);
});

test('a file that cannot be read at all is a finding too', () => {
  expect(examine(join(store.dataDir, 'nothing.db'), '/nowhere')).toEqual([expect.stringContaining('open')]);
});

import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Restored } from '#contract/backups.ts';
import { openStore, type TestStore } from '../../test/harness/open-store.ts';
import { openConnection } from '../db/connection.ts';
import { DatabaseRefused } from '../db/migrate.ts';
import { systemClock, systemRandom } from '../kernel/clock.ts';
import { createIds } from '../kernel/ids.ts';
import { goBackTo, lastBackup } from './last-backup.ts';
import { readNote, writeNote } from './noted-head.ts';
import { insistSound } from './open-sound.ts';
import { doTask } from './tasks.ts';

/** Starts on data folders to which something has happened. The folder is made once, by a real evening's beginning. */

let killed: string;
let stopped: string;
let head: number;
let snapshotHead: number;
const home = mkdtempSync(join(tmpdir(), 'fynlo-heal-'));
const maker = { clock: systemClock, ids: createIds(systemClock.now, systemRandom), log: () => undefined };

async function sell(store: TestStore, times: number): Promise<void> {
  const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
  for (let n = 0; n < times; n += 1) {
    const items = [{ product_id: 1, quantity: 1 }];
    await waiter.must('POST', 'orders', { order_type: 'takeaway', items }, { key: `${store.server.core.head().seq}` });
  }
}

beforeAll(async () => {
  const store = await openStore();
  await sell(store, 3);
  store.server.core.connection().sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const from = join(store.dataDir, 'store.db');
  const folder = join(store.dataDir, 'backups');
  const made = await doTask({ kind: 'snapshot', from, folder, occasion: 'timer', now: store.clock.now(), since: null });
  if (!made.ok || made.manifest === null) throw new Error(JSON.stringify(made));
  snapshotHead = made.manifest.head_seq;
  await sell(store, 3);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  head = store.server.core.head().seq;
  const keep = { recursive: true, preserveTimestamps: true };
  killed = join(home, 'killed');
  cpSync(store.dataDir, killed, keep);
  await store.server.stop();
  await store.lab.close();
  stopped = join(home, 'stopped');
  cpSync(store.dataDir, stopped, keep);
  await store.close();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

let folder: string;
const file = () => join(folder, 'store.db');
function after(what: 'killed' | 'stopped'): void {
  folder = mkdtempSync(join(home, 'case-'));
  cpSync(what === 'killed' ? killed : stopped, folder, { recursive: true, preserveTimestamps: true });
}
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = () => insistSound(folder, file(), maker);
const started = async (): Promise<Restored> => {
  const { restored } = await start();
  if (restored === null) throw new Error('nothing was restored');
  return restored;
};
function overwrite(at: number, bytes: Buffer): void {
  const { atimeMs, mtimeMs } = statSync(file());
  const handle = openSync(file(), 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
  // A disk that goes bad tells nobody the time.
  utimesSync(file(), atimeMs / 1000, mtimeMs / 1000);
}
const dropBackups = () => rmSync(join(folder, 'backups'), { recursive: true });

test.each(['killed', 'stopped'] as const)('a store that was %s and is well starts as it is', async (what) => {
  after(what);
  const before = readFileSync(file());
  expect(await start()).toEqual({ restored: null, isWholeChecked: true });
  expect(readFileSync(file()).equals(before)).toBe(true);
});

test('one bit that a disk forgot over night is found, and nothing is lost', async () => {
  after('stopped');
  // In a cell that no chain vouches for, and that is a valid cell all the same.
  const at = readFileSync(file()).indexOf('$argon2id$');
  expect(at).toBeGreaterThan(100);
  overwrite(at + 1, Buffer.from('A'));
  const restored = await started();
  expect(restored).toMatchObject({ cause: 'damaged', lost_from: null, recovered_entries: expect.any(Number) });
  expect(restored.parent_seq).toBeGreaterThanOrEqual(head);
  expect(restored.sentence).toContain('Nothing that was recorded is lost.');
  const aside = join(folder, restored.put_aside ?? '');
  expect(readFileSync(aside).indexOf('$Argon2id$')).toBe(at);
  expect(existsSync(join(aside, '..', 'restored.json'))).toBe(true);
  expect(await start()).toMatchObject({ restored: null });
});

test('zeroed pages: the snapshot and what the journal still vouches for', async () => {
  after('killed');
  overwrite(4096, Buffer.alloc(statSync(file()).size - 4096));
  const restored = await started();
  expect(restored.cause).toBe('damaged');
  expect(restored.parent_seq).toBeGreaterThanOrEqual(snapshotHead);
});

test('a server that falls over its own data: the last backup alone, and what was there is put aside', async () => {
  after('killed');
  const backup = lastBackup(folder);
  expect(backup).toMatchObject({ name: expect.stringMatching(/^\d{8}T/), loss: expect.stringContaining('3 orders') });
  expect(backup?.used_until).toBeGreaterThanOrEqual(backup?.made_at ?? 0);
  await expect(goBackTo(folder, '20250101T000000Z-1', maker)).rejects.toBeInstanceOf(DatabaseRefused);
  expect(existsSync(join(folder, 'quarantine'))).toBe(false);

  const restored = await goBackTo(folder, backup?.name ?? '', maker);
  expect(restored).toMatchObject({ cause: 'not_starting', parent_seq: snapshotHead, recovered_entries: 0 });
  expect(restored).toMatchObject({ lost_from: snapshotHead + 1, lost_to: head });
  expect(existsSync(join(folder, restored.put_aside ?? ''))).toBe(true);
  expect(await start()).toMatchObject({ restored: null });
  // What cannot be read is said to be so, and where there is nothing to go back to there is nothing.
  writeFileSync(file(), 'no database');
  expect(lastBackup(folder)?.loss).toContain('cannot be read');
  rmSync(file());
  expect(lastBackup(folder)?.loss).toContain('cannot be read');
  dropBackups();
  expect(lastBackup(folder)).toBeNull();
});

test('when the log is gone, the end that is lost is told', async () => {
  after('killed');
  rmSync(`${file()}-wal`);
  rmSync(`${file()}-shm`);
  const restored = await started();
  expect(restored).toMatchObject({ cause: 'end_lost', lost_from: snapshotHead + 1, lost_to: head });
  expect(restored.sentence).toContain(`(entries ${snapshotHead + 1} to ${head})`);
});

test('one entry that is lost is told as one', async () => {
  after('stopped');
  const note = readNote(folder);
  if (note === null) throw new Error('there is no note');
  const { seq } = note;
  writeNote(folder, { ...note, seq: seq + 1 });
  const restored = await started();
  expect(restored).toMatchObject({ cause: 'end_lost', lost_from: seq + 1, lost_to: seq + 1 });
  expect(restored.sentence).toContain(`is lost (entry ${seq + 1}).`);
});

test('an end that is lost without any snapshot: what is there goes on, in a new epoch', async () => {
  after('killed');
  dropBackups();
  rmSync(`${file()}-wal`);
  const restored = await started();
  expect(restored).toMatchObject({ cause: 'end_lost', snapshot: null, lost_to: head });
});

test('a database that is missing comes back from the snapshot; keys alone do not found a new restaurant', async () => {
  after('stopped');
  rmSync(file());
  expect(await started()).toMatchObject({ cause: 'missing', parent_seq: snapshotHead, put_aside: null });
  rmSync(file());
  dropBackups();
  rmSync(join(folder, 'store.head'));
  const refused = await start().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DatabaseRefused);
  expect((refused as Error).message).toContain('is missing, and there is no snapshot');
  expect(existsSync(file())).toBe(false);
});

test('the database of another restaurant is put aside, and none of its people come along', async () => {
  after('stopped');
  const other = await openStore({ empty: true });
  await other.server.stop();
  cpSync(join(other.dataDir, 'store.db'), file());
  await other.close();
  expect(await started()).toMatchObject({
    cause: 'other_store',
    parent_seq: snapshotHead,
    lost_to: expect.any(Number),
  });
});

test('without a snapshot a damaged file is refused and left as it was', async () => {
  after('stopped');
  dropBackups();
  truncateSync(file(), 10_000);
  const before = readFileSync(file());
  const refused = await start().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DatabaseRefused);
  expect((refused as Error).message).toContain('left untouched');
  expect(readFileSync(file()).equals(before)).toBe(true);
  expect(readdirSync(folder)).not.toContain('quarantine');
});

test('a snapshot that is half of one is not gone back to', async () => {
  after('stopped');
  const name = readdirSync(join(folder, 'backups')).find((one) => one.endsWith('.db')) ?? '';
  const snapshot = join(folder, 'backups', name);
  const bytes = readFileSync(snapshot);
  bytes.fill(7, 9_000, 9_100);
  writeFileSync(snapshot, bytes);
  rmSync(file());
  await expect(start()).rejects.toThrow('no snapshot');
});

test('an entry that somebody tampered with, and all that follows it, are not taken over', async () => {
  after('killed');
  const { sqlite } = openConnection(file());
  sqlite.exec('DROP TRIGGER journal_part_may_only_be_erased');
  sqlite
    .prepare("UPDATE journal_part SET body = replace(body, '1', '2') WHERE seq = ? AND role = 'fact'")
    .run(snapshotHead + 2);
  sqlite.close();
  const restored = await started();
  expect(restored).toMatchObject({
    cause: 'damaged',
    recovered_entries: 1,
    lost_from: snapshotHead + 2,
    lost_to: head,
  });
});

test('a healing that was interrupted is begun again with all that it had', async () => {
  after('stopped');
  overwrite(100, Buffer.from([255, 255]));
  const aside = join(folder, 'quarantine', '20250618T190000Z-damaged');
  cpSync(file(), join(aside, 'store.db'), { recursive: true });
  rmSync(file());
  const restored = await started();
  expect(restored.cause).toBe('missing');
  expect(existsSync(join(aside, 'restored.json'))).toBe(true);
});

test('a server that starts on a damaged folder serves, and everybody can read what happened', async () => {
  after('stopped');
  truncateSync(file(), 40_960);
  const store = await openStore({ dataDir: folder });
  const { notice } = (await store.client().get('/health')).body;
  expect(notice).toContain('was damaged');
  const waiter = await store.signedIn('server@demo.test', 'demo-server-1');
  expect((await waiter.get('orders?status=all')).body.data.length).toBeGreaterThanOrEqual(3);
  expect((await waiter.post('orders', { order_type: 'takeaway' })).status).toBe(201);
  await store.close();
});

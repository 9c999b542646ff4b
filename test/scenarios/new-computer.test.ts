import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileDigest } from '../../store-server/db/files.ts';
import { ensureSetupCode } from '../../store-server/features/staff/index.ts';
import { verifyChain } from '../../store-server/journal/verify.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { peopleOf } from '../harness/people.ts';
import { openScriptedRelay, type ScriptedRelay } from '../relay/scripted-relay.ts';

/** The office computer is dead. What is left is a disk with backups, and a new computer with an empty store. */

const olga = { email: 'olga@anchor.test', password: 'a-long-anchor-chain' };
const folders: string[] = [];
const folder = (): string => {
  const made = realpathSync(mkdtempSync(join(tmpdir(), 'fynlo-usb-')));
  folders.push(made);
  return made;
};
const usb = folder();
let relay: ScriptedRelay;
/** What is known of the restaurant at the old computer when it dies. */
let old: { restaurantId: string; backup: string; order: { id: string; number: number }; device: string };
let store: TestStore;
let code: string;
/** Neither this computer’s nor the one that a set-up begins with: times are told as they were on the restaurant’s wall. */
const zone = 'Europe/Madrid';

const told = ({ status, body }: { status: number; body: { error?: { code: string; field?: string } } }) => [
  status,
  body.error?.code,
  body.error?.field ?? null,
];
const moveIn = (body: object) => store.client().post('backups/move-in', { code, folder: usb, id: old.backup, ...body });
const find = (body: object = {}) => store.client().post('backups/find', { code, ...body });

/** The old computer: The Anchor, a dish, an order, an iPad, a PIN, a relay; its last backup lies on the second disk. */
async function lifeBefore(): Promise<void> {
  const before = await openStore({ empty: true });
  const setUp = { code: await ensureSetupCode(before.server.core), name: 'Olga Owner', ...olga };
  await before.client().must('POST', 'setup', { ...setUp, restaurant_name: 'The Anchor' });
  const people = peopleOf({ host: '127.0.0.1', port: before.server.port });
  const owner = await people.atDesk(olga.email, olga.password);
  await owner.does('PUT', `staff/${owner.id}/pin`, { pin: '471147' });
  const ipad = await people.ipad('Bar iPad', owner);
  await ipad.signIn('Olga', '471147');
  relay = await openScriptedRelay('LIME-RIVER-42');
  await owner.does('POST', 'relay/claim', { url: relay.url, code: 'LIME-RIVER-42' });
  await owner.does('PUT', 'backups/second-folder', { folder: usb });
  await owner.does('PUT', 'settings', { time_zone: zone });
  const order = await owner.does('POST', 'orders', { order_type: 'takeaway' });
  const backup = await owner.does('POST', 'backups');
  expect(backup.places).toEqual(['own', 'second']);
  old = {
    restaurantId: before.restaurantId,
    backup: backup.id,
    order: { id: order.id, number: order.order_number },
    device: ipad.api.device as string,
  };
  await owner.does('POST', 'orders', { order_type: 'takeaway' });
  people.goHome();
  await before.close();
}

beforeAll(async () => {
  await lifeBefore();
  store = await openStore({ empty: true, at: '2025-06-18T19:30:00Z', backups: { drives: () => [usb] } });
  code = (await ensureSetupCode(store.server.core)) ?? '';
});
afterAll(async () => {
  await store.close();
  await relay.close();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

test('the new computer finds the backup on the disk that was plugged in, and shows it only to whoever has the code', async () => {
  expect(told(await find({ code: 'AAAA-BBBB-CCCC' }))).toEqual([401, 'SETUP_CODE_WRONG', null]);
  expect(told(await moveIn({ code: 'AAAA-BBBB-CCCC' }))).toEqual([401, 'SETUP_CODE_WRONG', null]);
  const found = {
    id: old.backup,
    folder: usb,
    restaurant: 'The Anchor',
    orders: 1,
    orders_to: old.order.number,
    time_zone: zone,
  };
  for (const where of [{}, { folder: usb }]) {
    expect((await find(where)).body.data).toMatchObject({ backups: [found], not_whole: [] });
  }
  expect(told(await find({ folder: 'backups' }))).toEqual([422, 'VALIDATION_ERROR', 'folder']);
  expect(told(await find({ folder: '/there/is/no/such/folder' }))).toEqual([422, 'VALIDATION_ERROR', 'folder']);
  const file = await find({ folder: '/etc/hostname' });
  expect([...told(file), file.body.error.message]).toEqual([
    422,
    'VALIDATION_ERROR',
    'folder',
    'This is not a folder.',
  ]);
});

/** A disk with the backup on it, changed by somebody. @returns its folder */
function spoiltDisk(spoil: (database: string, manifest: string) => void): string {
  const disk = folder();
  cpSync(usb, disk, { recursive: true });
  spoil(join(disk, `${old.backup}.db`), join(disk, `${old.backup}.json`));
  return disk;
}
/** Changes the database and makes its manifest fit, as somebody who means to deceive would. */
const edited = (sql: string) =>
  spoiltDisk((database, manifest) => {
    const sqlite = new Database(database);
    sqlite.exec(sql);
    sqlite.close();
    const about = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...about, digest: fileDigest(database) }));
  });

test('what is damaged, foreign, newer or ownerless is refused in one sentence, and the empty store stays as it was', async () => {
  const { head_seq: head } = (await store.client().get('/health')).body;
  const flipped = spoiltDisk((database) => {
    const bytes = readFileSync(database);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(database, bytes);
  });
  expect(told(await moveIn({ folder: flipped }))).toEqual([409, 'BACKUP_DAMAGED', 'id']);
  const cut = spoiltDisk((database) => writeFileSync(database, readFileSync(database).subarray(0, 8192)));
  expect((await find({ folder: cut })).body.data).toEqual({ backups: [], not_whole: [join(cut, `${old.backup}.db`)] });
  expect(told(await moveIn({ folder: cut }))).toEqual([409, 'BACKUP_DAMAGED', 'id']);
  const rewritten = edited("UPDATE staff_member SET email = 'thief@anchor.test'");
  expect(told(await moveIn({ folder: rewritten }))).toEqual([409, 'BACKUP_DAMAGED', 'id']);
  expect(told(await moveIn({ folder: edited('PRAGMA user_version = 9999') }))).toEqual([409, 'BACKUP_NEWER', 'id']);
  expect(told(await moveIn({ folder: folder() }))).toEqual([404, 'NOT_FOUND', 'id']);
  expect(told(await moveIn({ id: '../../etc/passwd-of-somebody' }))).toEqual([422, 'VALIDATION_ERROR', 'id']);

  const empty = await openStore({ empty: true });
  const ownerless = folder();
  await empty.server.snapshot();
  cpSync(join(empty.dataDir, 'backups'), ownerless, { recursive: true });
  await empty.close();
  const [name = ''] = readdirSync(ownerless).filter((file) => file.endsWith('.db'));
  const nobody = await moveIn({ folder: ownerless, id: name.replace('.db', '') });
  expect(told(nobody)).toEqual([422, 'VALIDATION_ERROR', 'id']);
  expect(nobody.body.error.message).toContain('nobody could sign in');

  expect((await store.client().get('setup')).body.data.needed).toBe(true);
  expect((await store.client().get('/health')).body.head_seq).toBe(head);
  expect(readdirSync(store.dataDir).filter((file) => /vetted|new|rows/.test(file))).toEqual([]);
});

test('the restaurant moves in: its people, its history and its iPads are here; passwords hold, sign-ins and PINs do not', async () => {
  await store.server.snapshot();
  const moved = (await moveIn({})).body.data;
  expect(moved).toMatchObject({
    cause: 'new_computer',
    restaurant: 'The Anchor',
    snapshot: old.backup,
    lost_to: null,
    pins: 1,
    relay: relay.url,
  });
  expect(moved.lost_from).toBe(moved.parent_seq + 1);
  expect(moved.sentence).toContain('brought to another computer. It goes on from the state of 18 Jun 2025, 20:');

  // The door has closed behind it.
  expect(told(await moveIn({}))).toEqual([409, 'CONFLICT', null]);
  expect(told(await find())).toEqual([409, 'CONFLICT', null]);
  expect((await store.client().get('setup')).body.data).toMatchObject({ needed: false, restaurant_name: 'The Anchor' });

  const people = peopleOf({ host: '127.0.0.1', port: store.server.port });
  const owner = await people.atDesk(olga.email, olga.password);
  expect(people.restaurantId).toBe(old.restaurantId);
  expect(await owner.does('GET', `orders/${old.order.id}`)).toMatchObject({ order_number: old.order.number });
  expect((await owner.does('GET', 'relay')).state).toBe('not_joined');
  const next = await owner.does('POST', 'orders', { order_type: 'takeaway' });
  // Nobody here knows what the old computer has given out since: its paper and ours have no number twice.
  expect(next.order_number).toBe(old.order.number + 501);
  const ear = await owner.hears('general');
  expect(ear.frames[0]?.restaurant_id).toBe(old.restaurantId);

  // The iPad is known; its people get new PINs.
  const ipad = store.client();
  ipad.device = old.device;
  const pin = (digits: string) => ipad.post('auth/pin', { user_id: owner.id, pin: digits });
  expect(told(await pin('471147'))[0]).toBe(401);
  await owner.does('PUT', `staff/${owner.id}/pin`, { pin: '471248' });
  await owner.does('POST', `staff/${owner.id}/unlock`);
  expect((await pin('471248')).status).toBe(200);

  // With a new claim code the relay takes this computer’s key, and from here on this computer’s history.
  relay.claims.set('RED-FOX-7', { usedBy: null, expired: false });
  await owner.does('POST', 'relay/claim', { url: relay.url, code: 'RED-FOX-7' });
  await expect.poll(async () => (await owner.does('GET', 'relay')).state, { timeout: 5_000 }).toBe('connected');
  await expect.poll(() => relay.head.hash, { timeout: 5_000 }).toBe(store.server.core.head().hash.toString('hex'));
  expect(relay.epochs.map(({ id }) => id)).toContain(moved.epoch);

  // What this computer had before it was a restaurant’s is gone, and the first backup of its own is there.
  const { backups, last_restore } = await owner.does('GET', 'backups');
  expect(backups.map(({ contents }: { contents: { orders: number } }) => contents.orders)).toEqual([1, 1]);
  expect(last_restore).toMatchObject({ cause: 'new_computer', epoch: moved.epoch, seen_at: null });
  expect(verifyChain(store.server.core.connection())).toMatchObject({ ok: true });
  people.goHome();

  store = await store.restart();
  expect((await store.client().get('setup')).body.data).toMatchObject({ needed: false, restaurant_name: 'The Anchor' });
  expect(store.restaurantId).toBe(old.restaurantId);
});

test('whoever carries the demo’s backup to a new computer is told that its passwords are everybody’s', async () => {
  const [demo, fresh] = [await openStore(), await openStore({ empty: true })];
  const disk = folder();
  const id = await demo.server.snapshot();
  cpSync(join(demo.dataDir, 'backups'), join(disk, 'backups'), { recursive: true });
  mkdirSync(join(disk, 'elsewhere'));
  const key = await ensureSetupCode(fresh.server.core);
  const client = fresh.client();
  // A data folder was named, and what is meant is what is in it.
  const [found] = (await client.must('POST', 'backups/find', { code: key, folder: disk })).backups;
  expect(found).toMatchObject({ id, folder: join(disk, 'backups') });
  const no = await client.post('backups/move-in', { code: key, folder: found.folder, id });
  expect(told(no)).toEqual([422, 'VALIDATION_ERROR', 'id']);
  expect(no.body.error.message).toContain('everybody knows the passwords');
  await Promise.all([demo.close(), fresh.close()]);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NOON, openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore, type TestStore } from '../store.fixture.ts';

let at: TestRelay;
let token: string;
beforeAll(async () => {
  at = await openRelay();
});
beforeEach(async () => {
  at.clock.set(NOON);
  token = await at.signIn();
});
afterAll(() => at?.stop());

/** Whose an access token is. */
const tenantOf = (of: string): string => JSON.parse(Buffer.from(of.split('.')[1] ?? '', 'base64url').toString()).tid;

async function joined(name: string): Promise<TestStore> {
  const store = createTestStore(at, at.ids.next(), name);
  expect((await store.join(await at.claimCode())).status).toBe(201);
  return store;
}

const get = (path: string) => at.call(`GET /api/v1/platform/${path}`, { token });
const post = (path: string, body: unknown) => at.call(`POST /api/v1/platform/${path}`, { body, token });

test('whoever traded and fell silent comes first, then days in doubt, waiting paper, who was never heard, a long backlog', async () => {
  const named: Record<string, TestStore> = {};
  for (const name of ['A behind', 'B never', 'C paper', 'D doubt', 'E silent', 'F cut off', 'G fine'])
    named[name] = await joined(name);
  const of = (name: string) => named[name] as TestStore;
  of('D doubt').sell(600, { day: '2024-05-02' });
  of('D doubt').seal('2024-05-02', 601);
  await of('D doubt').send(of('D doubt').batch(1));
  // It is silent and in doubt: the worse of the two counts.
  of('E silent').sell(600, { day: '2024-05-02' });
  of('E silent').seal('2024-05-02', 601);
  await of('E silent').send(of('E silent').batch(1));
  await of('E silent').exchange();
  await post(`restaurants/${of('F cut off').id}/revoke`, {});
  at.clock.set(NOON + 30 * 60_000);
  token = await at.signIn();
  for (const name of ['A behind', 'C paper', 'D doubt', 'G fine']) of(name).token = null;
  await of('A behind').exchange({ head_seq: 1001 });
  await of('C paper').exchange({ printers_waiting: 1 });
  await of('D doubt').exchange();
  await of('G fine').exchange({ head_seq: 1000 });
  const { attention } = (await get('dashboard')).data;
  expect(
    attention
      .filter(({ name }: { name: string }) => name in named)
      .map(({ name, reason }: { name: string; reason: string }) => [name, reason]),
  ).toEqual([
    ['E silent', 'It has not been heard of for 30 minutes.'],
    ['D doubt', 'A closed day differs from what its entries add up to.'],
    ['C paper', 'Paper is waiting at a printer.'],
    ['B never', 'It has joined and has not been heard of since.'],
    ['A behind', 'Its detail is 1001 entries behind.'],
  ]);
});

test('what goes wrong later if nobody acts is told while there is time: disk, backups, clock; a night’s rest is no trouble', async () => {
  const now = NOON + 40 * 60_000;
  const backup = (over: object) => ({ made_at: now - 60_000, waiting_since: null, problem: null, ...over });
  const DAY = 24 * 3_600_000;
  const old = { made_at: now - 3 * DAY, waiting_since: now - 2 * 3_600_000 };
  const stores: [string, object][] = [
    ['a read-only', { health: { read_only: true, disk_free_bytes: 0 } }],
    ['b disk', { health: { disk_free_bytes: 612_000_000 } }],
    ['c failed', { health: { backup: backup({ problem: 'This folder is not there.' }) } }],
    ['d old', { health: { backup: backup(old) } }],
    ['e none', { health: { backup: backup({ made_at: null, waiting_since: now - DAY - 60_000 }) } }],
    ['f ahead', { at: now + 7 * 60_000 }],
    ['g behind', { at: now - 3 * 3_600_000 }],
    // On holiday: nothing has happened that would have to be saved; or it has just begun again.
    ['h rested', { health: { backup: backup({ made_at: now - 9 * DAY }) } }],
    ['i begins', { health: { backup: backup({ made_at: now - 9 * DAY, waiting_since: now - 5 * 60_000 }) } }],
    ['j room', { health: { disk_free_bytes: 1_000_000_000, backup: backup({}) }, at: now - 110_000 }],
  ];
  at.clock.set(now);
  token = await at.signIn();
  for (const [name, live] of stores) expect((await (await joined(name)).exchange(live)).status).toBe(200);
  const { attention } = (await get('dashboard')).data;
  const names = new Map(stores);
  type Told = { name: string; reason: string; urgent: boolean; since: string | null };
  expect(
    attention
      .filter(({ name }: Told) => names.has(name))
      .map(({ name, urgent, reason, since }: Told) => [name, urgent, reason, since]),
  ).toEqual([
    ['a read-only', true, 'It can write nothing, so it takes no orders.', null],
    ['b disk', false, 'Its disk is nearly full: 612 MB are left.', null],
    ['c failed', false, 'Its last backup failed: This folder is not there.', null],
    ['d old', false, 'Its last backup is 3 days old.', '2025-06-15T12:40:00.000Z'],
    ['e none', false, 'It has no backup.', null],
    ['f ahead', false, 'Its clock is 7 minutes ahead.', null],
    ['g behind', false, 'Its clock is 3 hours behind.', null],
  ]);
});

test('how a store’s computer is, by its own word: an older store leaves out what it does not know, a newer one is not refused', async () => {
  const store = await joined('Of last year');
  const health = async () => (await get(`restaurants/${store.id}`)).data.health;
  expect(await health()).toBeNull();
  await store.exchange({ at: NOON + 1_500 });
  const untold = { time_zone: null, read_only: null, devices: null, printers: null, backup: null };
  expect(await health()).toEqual({ ...untold, clock_ahead_ms: 1_500, disk_free_bytes: null });

  const backup = { made_at: NOON - 60_000, waiting_since: NOON - 1_000, problem: null };
  const told = {
    ...{ version: '9.1.0', time_zone: 'Europe/Lisbon', read_only: false, printers: 3, backup },
    ...{ devices: { connected: 2, registered: 6 }, disk_free_bytes: 40e9, mood: 'good\u0000\ud800', 'new\u0000': 1 },
  };
  expect((await store.exchange({ health: told, weather: 'rain' } as never)).status).toBe(200);
  expect(await health()).toEqual({
    ...{ clock_ahead_ms: 0, time_zone: 'Europe/Lisbon', read_only: false, printers: 3 },
    ...{ devices: { connected: 2, registered: 6 }, disk_free_bytes: 40e9 },
    backup: { made_at: '2025-06-18T11:59:00.000Z', waiting_since: '2025-06-18T11:59:59.000Z', problem: null },
  });
  expect((await get(`restaurants/${store.id}`)).data.version).toBe('9.1.0');
  // What this relay does not know yet is kept for the one that will.
  const [kept] = await at.relay.database.inTenant(tenantOf(token), (sql) =>
    sql.rows<{ live: { health: object; weather: string } }>(
      'SELECT live FROM store_live WHERE tenant_id = $1 AND store_id = $2',
      [tenantOf(token), store.id],
    ),
  );
  expect(kept?.live).toMatchObject({ health: { mood: 'good', new: 1 }, weather: 'rain' });
  for (const odd of [{ disk_free_bytes: -1 }, { devices: { connected: 1 } }, { backup: { ...backup, made_at: 9e15 } }])
    expect(await store.exchange({ health: odd } as never)).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
});

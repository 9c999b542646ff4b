import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, freshDatabase } from '../../cloud-relay/db/cluster.fixture.ts';
import { heardOf, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { createTestStore } from '../../cloud-relay/store.fixture.ts';
import { systemClock, systemRandom } from '../../store-server/kernel/clock.ts';
import { createIds } from '../../store-server/kernel/ids.ts';
import { soon } from './floor.ts';
import { heldEntries, relayDays } from './read-models.ts';

/** Two relays, processes of their own, on one database; the balancer sends a store to either. */

const entry = fileURLToPath(new URL('../../cloud-relay/entry.ts', import.meta.url));
const ids = createIds(systemClock.now, systemRandom);
let folder: string;
let databaseUrl: string;
const relays: ChildProcess[] = [];

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [entry, '--demo', '--data-dir', folder, '--port', '0'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  relays.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes;
      const found = /^fynlo relay ready (\S+)$/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)));
  });
  return { child, url };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-relays-'));
  databaseUrl = await freshDatabase();
});
afterAll(() => {
  for (const child of relays) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody who holds the rows that a batch writes last, so that it stands still with most of itself written. */
async function holdBatchesAtTheirEnd(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE day_total IN EXCLUSIVE MODE');
  return async () => {
    await client.query('ROLLBACK');
    await client.end();
  };
}

const waitingBatches = async (): Promise<number> =>
  (
    await asOwner(
      databaseUrl,
      `SELECT 1 AS one FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%day_total%'`,
    )
  ).length;

test('a relay is killed in the middle of a batch: the other takes it, and everything is there once and in order', async () => {
  const first = await start();
  const second = await start();
  const at = { ids, clock: systemClock, relay: { url: first.url } };
  const store = createTestStore(at as unknown as TestRelay);
  const ask = async (path: string, body: unknown, headers: object = {}) =>
    heardOf(
      await fetch(new URL(path, first.url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
  const { data } = await ask('/api/v1/auth/login', { email: 'owner@platform.test', password: 'demo-platform-1' });
  const authorization = { Authorization: `Bearer ${data.access_token}` };
  const claim = await ask('/api/v1/platform/claim-codes', {}, authorization);
  expect((await store.join(claim.data.code)).status).toBe(201);
  const day = '2025-06-18';
  const through = (url: string) => {
    at.relay.url = url;
    return store;
  };

  // The same and overlapping batches come to both at once, as after answers that were lost.
  let amount = 0;
  const sell = (orders: number) => {
    for (let n = 0; n < orders; n += 1) {
      amount += 1_000 + n;
      store.sell(1_000 + n, { day });
    }
  };
  sell(1);
  expect((await store.send(store.batch(1))).status).toBe(200);
  for (let round = 0; round < 6; round += 1) {
    const from = store.entries.length + 1;
    sell(20);
    const sent = [
      through(first.url).send(store.batch(from)),
      through(second.url).send(store.batch(Math.max(1, from - 7))),
      through(round % 2 === 0 ? first.url : second.url).send(store.batch(from, from + 4)),
    ];
    for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
  }
  const before = store.entries.length;
  expect(await heldEntries(databaseUrl)).toMatchObject({ hash: store.entries.at(-1)?.hash });

  sell(40);
  const release = await holdBatchesAtTheirEnd();
  const lost = through(first.url).send(store.batch(before + 1));
  lost.catch(() => undefined);
  await soon(async () => expect(await waitingBatches()).toBe(1));
  first.child.kill('SIGKILL');
  await expect(lost).rejects.toThrow();
  const again = through(second.url).send(store.batch(before + 1));
  expect((await heldEntries(databaseUrl)).seqs).toHaveLength(before);
  await release();
  expect(await again).toMatchObject({ status: 200, data: { acked_seq: before + 40 } });
  sell(5);
  expect((await through(second.url).send(store.batch(before + 41))).status).toBe(200);

  const { seqs, hash } = await heldEntries(databaseUrl);
  expect(seqs).toEqual(store.entries.map(({ seq }) => seq));
  expect(hash).toBe(store.entries.at(-1)?.hash);
  expect(await relayDays(databaseUrl)).toMatchObject([{ day, orders: store.entries.length, sales: amount }]);
});

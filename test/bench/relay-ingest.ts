import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import pg from 'pg';
import type { Batch } from '#contract/relay.ts';
import { insistWhole } from '../../cloud-relay/ingest/chain.ts';
import { takeBatch } from '../../cloud-relay/ingest/take-batch.ts';
import { unpack } from '../../cloud-relay/ingest/unpack.ts';
import type { TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { createTestStore, type TestStore } from '../../cloud-relay/store.fixture.ts';
import { systemClock } from '../../store-server/kernel/clock.ts';
import { type Bench, ratio } from './kit/findings.ts';
import { type RelayDatabase, startRelayDatabase } from './kit/postgres.ts';
import { alternate, median, type Pair, ratePer } from './kit/rounds.ts';
import { ids } from './kit/store.ts';

const WHOLE = 500;
/** Of an order from the first dish to the money, as a simulated store sells. */
const FACTS = 5;
/** As many requests at once as the relay has connections. */
const AT_ONCE = 10;

interface Parcel {
  readonly storeId: string;
  readonly packed: Buffer;
  readonly batch: Batch;
}

/** The next batches of some stores, each of them a stretch of new sales; packed as they travel. */
function parcels(stores: readonly TestStore[], each: number, entries: number): Parcel[] {
  return Array.from({ length: each }).flatMap(() =>
    stores.map((store) => {
      const from = store.entries.length + 1;
      for (let n = 0; n < entries; n += 1) store.sell(1_000 + n);
      const batch = store.batch(from);
      return { storeId: store.id, batch, packed: zstdCompressSync(JSON.stringify(batch)) };
    }),
  );
}

/** Writes batches that are unpacked and checked: entries, bytes, read models, head. In order for each store. */
async function write({ database, tenantId }: RelayDatabase, sent: readonly Parcel[]): Promise<void> {
  const queues = [...Map.groupBy(sent, ({ storeId }) => storeId).values()];
  let next = 0;
  const hand = async () => {
    for (let queue = queues[next++]; queue !== undefined; queue = queues[next++])
      for (const { storeId, packed, batch } of queue)
        await takeBatch(database, { tenantId, storeId }, batch, packed, systemClock.now());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

/** The same from the first byte: unpacked, every digest and hash computed again, then written. */
async function takeWhole(at: RelayDatabase, sent: readonly Parcel[]): Promise<void> {
  for (const { storeId, packed } of sent) {
    const batch = await unpack(packed);
    insistWhole(batch, systemClock.now());
    await write(at, [{ storeId, packed, batch }]);
  }
}

/** The facts of new entries with nothing around them: no chain, no read models, no repeats. */
type BareRow = readonly [storeId: string, seq: number, n: number, kind: string, body: string];
function bareRows(store: TestStore, entries: number): BareRow[] {
  const from = store.entries.length;
  for (let n = 0; n < entries; n += 1) store.sell(1_000 + n);
  return store.entries
    .slice(from)
    .flatMap(({ seq, parts }) => parts.map(({ n, kind, body }): BareRow => [store.id, seq, n, kind, body ?? '']));
}

/** Goal 12: the relay takes batches far faster than rows one by one, near what COPY can, and from many stores as from one. */
export const relayIngest: Bench = {
  name: 'relay-ingest',
  title: 'Batches of 1 to 1,000 stores into the relay, beside a row for each transaction and bare COPY',
  async run({ rounds, quick }) {
    const at = await startRelayDatabase();
    const owner = new pg.Client({ connectionString: at.url });
    await owner.connect();
    await owner.query('CREATE TABLE bare (store_id uuid, seq bigint, n int, kind text, body text)');
    const on = { ids, clock: systemClock, relay: { url: '' } } as unknown as TestRelay;
    const made = async (count: number): Promise<TestStore[]> => {
      const stores = Array.from({ length: count }, () => createTestStore(on));
      await at.addStores(stores.map(({ id }) => id));
      return stores;
    };
    const [one] = (await made(1)) as [TestStore];
    const [spare] = (await made(1)) as [TestStore];
    const batches = quick ? 2 : 4;
    const ours = () => {
      const sent = parcels([one], batches, WHOLE);
      return ratePer(batches * WHOLE * FACTS, () => write(at, sent));
    };

    const rowByRow = await alternate(rounds, ours, () => {
      const rows = bareRows(spare, quick ? 40 : 100);
      return ratePer(rows.length, async () => {
        for (const row of rows) await owner.query('INSERT INTO bare VALUES ($1, $2, $3, $4, $5)', [...row]);
      });
    });
    const file = join(at.folder, 'bare.copy');
    const copied = await alternate(rounds, ours, () => {
      const rows = bareRows(spare, batches * WHOLE);
      // Tabs, newlines and backslashes are the only bytes that COPY's text form gives a meaning.
      const line = (row: BareRow) => row.map((value) => String(value).replaceAll('\\', '\\\\')).join('\t');
      writeFileSync(file, `${rows.map(line).join('\n')}\n`);
      chmodSync(file, 0o644);
      return ratePer(rows.length, () => owner.query(`COPY bare FROM '${file}'`));
    });

    const sent = parcels([one], batches, WHOLE);
    const whole = Math.round(await ratePer(batches * WHOLE * FACTS, () => takeWhole(at, sent)));

    const requests = quick ? 100 : 400;
    // What a store sends after a quiet minute or two.
    const entries = quick ? 5 : 20;
    const small = async (stores: readonly TestStore[]) => {
      const few = parcels(stores, Math.max(1, Math.round(requests / stores.length)), entries);
      return ratePer(few.length * entries * FACTS, () => write(at, few));
    };
    const findings = [
      ratio({
        goal: 12,
        what: `facts/s, batches of ${WHOLE} entries with read models / a bare row for each transaction`,
        bound: { least: 15 },
        pairs: rowByRow,
        note: `${rates(rowByRow)}; with unpacking and checking the chain ${whole}`,
      }),
      ratio({
        goal: 12,
        what: `facts/s, batches of ${WHOLE} entries with read models / bare COPY (a stretch)`,
        bound: { least: 0.5 },
        pairs: copied,
        note: rates(copied),
      }),
    ];
    for (const count of quick ? [1_000] : [10, 100, 1_000]) {
      const [few] = (await made(1)) as [TestStore];
      const many = await made(count);
      const pairs = await alternate(
        rounds,
        () => small(many),
        () => small([few]),
      );
      findings.push(
        ratio({
          goal: 12,
          what: `facts/s in batches of ${entries} entries, ${count} stores / one store`,
          bound: { least: 0.8 },
          pairs,
          note: rates(pairs),
        }),
      );
    }
    await owner.end();
    await at.stop();
    return findings;
  },
};

const rates = (pairs: readonly Pair[]): string => {
  const of = (side: keyof Pair) => Math.round(median(pairs.map((pair) => pair[side])));
  return `${of('subject')} / ${of('anchor')} facts/s`;
};

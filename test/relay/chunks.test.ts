import { afterEach, expect, test } from 'vitest';
import { BATCH_CONTENT_TYPE, BatchTaken, relayPaths } from '#contract/relay.ts';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { storeIdentity } from '../../store-server/features/settings/index.ts';
import { systemRandom } from '../../store-server/kernel/clock.ts';
import { createIds } from '../../store-server/kernel/ids.ts';
import { chainStart } from '../../store-server/kernel/journal-entry.ts';
import { packBatch } from '../../store-server/relay-link/batch.ts';
import { loadStoreKey } from '../../store-server/relay-link/key.ts';
import { joinRelay, openSession } from '../../store-server/relay-link/session.ts';
import { openWire } from '../../store-server/relay-link/wire.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { type Dice, dice } from '../property/dice.ts';
import { say, seed, tier } from '../property/tier.ts';
import { openHouse } from './guests.ts';
import { readModels } from './read-models.ts';

/** However a history is cut into batches, the relay makes the same of it. */

const { runs, once } = tier({ ci: 3, long: 30 });
const ids = createIds(Date.now, systemRandom);
let store: TestStore;
afterEach(() => store.close());

/** Sends the store's whole journal in batches of random sizes, now and then from further back than it had to. */
async function sendInPieces(relay: TestRelay, at: Dice): Promise<number> {
  const { core, restaurantId } = store.server;
  const { signal } = new AbortController();
  const { id: storeId } = storeIdentity(core.connection());
  const wire = openWire(new URL(relay.relay.url), 20_000);
  const key = loadStoreKey(store.dataDir, ids);
  const join = { store_id: storeId, restaurant_id: restaurantId, name: 'Corner Bistro', version: 'test' };
  await joinRelay(wire, key, { claim_code: await relay.claimCode(), ...join }, signal);
  const { now, monotonic } = relay.clock;
  const session = openSession({ wire, key, storeId, now, monotonic, secret: ids.secret });
  const headers = { 'Content-Type': BATCH_CONTENT_TYPE, 'Content-Encoding': 'zstd' };
  const turn = () => Promise.resolve();
  const ends = [chainStart];
  for (let batches = 0; ; batches += 1) {
    const after = at.chance(0.2) ? at.pick(ends) : ends.at(-1);
    const most = at.pick([1, 2, 3, 7, 20, 60]);
    const batch = await packBatch(core.connection, { storeId, after: after ?? chainStart, most, turn });
    if (batch === null) {
      wire.close();
      return batches;
    }
    await session.post(relayPaths.batches, { body: batch.body, headers }, BatchTaken, signal);
    const last = ends.at(-1)?.seq ?? 0;
    if (batch.last.seq > last) ends.push(batch.last);
  }
}

test(`an evening cut into batches in ${runs} ways comes to the same`, once, async () => {
  store = await openStore();
  const house = await openHouse(store, seed);
  await house.serve(60);
  await house.endDay();
  await house.serve(30);
  const found: Record<string, string[]>[] = [];
  let batches = 0;
  for (let run = 0; run < runs; run += 1) {
    const relay = await openRelay({ at: store.clock.now() });
    batches += await sendInPieces(relay, dice(seed + run));
    found.push(await readModels(relay.databaseUrl));
    await relay.stop();
  }
  for (const one of found) expect(one).toEqual(found[0]);
  expect(found[0]?.['order_seen']?.length).toBeGreaterThan(60);
  say('one evening in many batches', { ways: runs, batches, entries: store.server.core.head().seq });
});

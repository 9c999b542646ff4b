import { afterEach, expect, test } from 'vitest';
import { rebuildAll } from '../../cloud-relay/ingest/rebuild-all.ts';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { dailyReport } from '../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { dice } from '../property/dice.ts';
import { say, seed, tier } from '../property/tier.ts';
import { openHouse } from './guests.ts';
import { HostileProxy } from './hostile-proxy.ts';
import { heldEntries, readModels, relayDays } from './read-models.ts';

/** A store and a relay, real ones, and between them the worst of networks. */

const { runs: changes, once: usual } = tier({ ci: 2_500, long: 1_000_000 });
// For a machine that does other things as well: two busy cores needed 17 ms a change, 3 of them to catch up in the end.
const once = { ...usual, timeout: Math.max(usual.timeout, changes * 40) };
const CATCH_UP_MS = Math.max(600_000, changes * 10);
/** A round is some five hundred changes: few enough that the smallest size has a day that ends in the middle of it. */
const ROUNDS_A_DAY = 3;

let relay: TestRelay | undefined;
let store: TestStore | undefined;
let proxy: HostileProxy | undefined;
afterEach(async () => {
  await store?.close();
  await proxy?.end();
  await relay?.stop();
});

test(
  `${changes} changes through loss, delay, doubles, cuts and lies: each once, in order, every day to the penny`,
  once,
  async () => {
    const began = performance.now();
    const at = dice(seed);
    relay = await openRelay({ at: Date.parse('2025-06-18T18:00:00Z') });
    proxy = await new HostileProxy(relay.relay.url, at).open();
    const relayPace = {
      requestMs: 1_000,
      gatherMs: 20,
      firstRetryMs: 5,
      longestRetryMs: 50,
      exchangeMs: 250,
      batchEntries: 60,
    };
    store = await openStore({ relay: proxy.url, claim: await relay.claimCode(), relayPace });
    const { core } = store.server;
    const house = await openHouse(store, seed);
    const sealed: string[] = [];
    proxy.chance = 0.35;
    for (let rounds = 1; core.head().seq < changes; rounds += 1) {
      await house.serve(20);
      await house.sell(200);
      if (rounds % ROUNDS_A_DAY === 0) sealed.push(await house.endDay());
      relay.clock.set(store.clock.now());
    }
    await house.serve(20);
    sealed.push(await house.endDay());
    relay.clock.set(store.clock.now());
    const traded = performance.now();

    const head = () => core.head();
    const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
    const until = performance.now() + CATCH_UP_MS;
    for (;;) {
      const { acked_seq } = await manager.must('GET', 'relay');
      if (acked_seq === head().seq) break;
      if (performance.now() > until) throw new Error(`${head().seq - acked_seq} entries never arrived`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    proxy.chance = 0;
    const arrived = performance.now();

    const held = await heldEntries(relay.databaseUrl);
    expect(held.seqs).toEqual(Array.from({ length: head().seq }, (_, n) => n + 1));
    expect(held.hash).toBe(head().hash.toString('hex'));

    const days = await relayDays(relay.databaseUrl);
    expect(sealed.length).toBeGreaterThan(1);
    for (const day of sealed) {
      const { summary } = dailyReport(core.connection(), day);
      expect(days.find((one) => one.day === day)).toEqual({
        day,
        orders: summary.orders,
        sales: summary.salesTotalMinor,
        refunds: summary.refundsMinor,
        vat: summary.vatMinor,
        tips: summary.tipsMinor,
        agrees: true,
      });
      expect(summary.salesTotalMinor).toBeGreaterThan(0);
    }

    const live = await readModels(relay.databaseUrl);
    await rebuildAll(relay.relay.database);
    expect(await readModels(relay.databaseUrl)).toEqual(live);
    // How often there was occasion for it depends on how fast the machine is.
    expect([...proxy.done.values()].reduce((all, times_) => all + times_, 0)).toBeGreaterThan(12);
    expect(store.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
    say('store and relay over a hostile network', {
      changes: head().seq,
      days: sealed.length,
      'seconds of trading': Math.round((traded - began) / 1000),
      'seconds until all was there': Math.round((arrived - traded) / 1000),
      ...Object.fromEntries([...proxy.done].map(([mischief, times_]) => [mischief, times_])),
    });
  },
);

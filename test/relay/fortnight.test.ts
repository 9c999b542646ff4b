import { afterEach, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { dailyReport } from '../../store-server/features/reports/index.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { dice } from '../property/dice.ts';
import { openHouse } from './guests.ts';
import { HostileProxy } from './hostile-proxy.ts';
import { heldEntries, relayDays } from './read-models.ts';

/** Fourteen days without a line, lived through under a clock that the test holds, and what comes after. */

const DAYS = 14;
const DAY_MS = 86_400_000;
/** What the owner is promised of the live summary. */
const LIVE_MS = 2_000;
let relay: TestRelay;
let line: HostileProxy;
let store: TestStore;
afterEach(async () => {
  await store?.close();
  await line?.end();
  await relay?.stop();
});

test('after a fortnight offline the owner sees this moment at once, the detail says how far it is, and every day fits', async () => {
  relay = await openRelay({ at: Date.parse('2025-06-18T18:00:00Z') });
  line = await new HostileProxy(relay.relay.url, dice(1)).open();
  // Small batches, so that the backlog takes its time.
  const relayPace = { batchEntries: 12, exchangeMs: 500 };
  store = await openStore({ relay: line.url, claim: await relay.claimCode(), relayPace });
  const { core } = store.server;
  const house = await openHouse(store, 14);
  await house.sell(2);
  const reported = () => heldEntries(relay.databaseUrl).then(({ seqs }) => seqs.length);
  await expect.poll(reported, { timeout: 20_000 }).toBe(core.head().seq);
  const before = core.head().seq;

  await line.close();
  const sealed: string[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    await house.serve(3);
    await house.sell(12);
    sealed.push(await house.endDay());
  }
  await house.serve(2);
  await house.sell(3);
  expect(new Set(sealed).size).toBe(DAYS);
  expect(await reported()).toBe(before);

  const look = async () => {
    relay.clock.set(store.clock.now());
    const [restaurant] = (await relay.call('GET /api/v1/platform/restaurants', { token })).data;
    return restaurant;
  };
  relay.clock.set(store.clock.now());
  const token = await relay.signIn();
  expect(await look()).toMatchObject({ freshness: 'silent', detail: { acked_seq: before } });
  expect((await look()).live.age_ms).toBeGreaterThan((DAYS - 1) * DAY_MS);

  const { seq, hash } = core.head();
  const today = new Date(store.clock.now()).toISOString().slice(0, 10);
  const now = dailyReport(core.connection(), today).summary;
  expect(now.salesTotalMinor).toBeGreaterThan(0);
  const opened = performance.now();
  await line.open();
  let heardAfter: number | null = null;
  const steps: number[] = [];
  for (let far = before; far < seq && performance.now() - opened < 60_000; ) {
    const { live, detail } = await look();
    expect(detail.acked_seq).toBeGreaterThanOrEqual(far);
    far = detail.acked_seq;
    if (live.age_ms < DAY_MS) {
      heardAfter ??= performance.now() - opened;
      expect(live.sales_minor).toBe(now.salesTotalMinor);
      expect(live.age_ms).toBeLessThanOrEqual(LIVE_MS);
      expect(detail.backlog).toBe(seq - far);
      steps.push(far);
    } else expect(performance.now() - opened).toBeLessThan(LIVE_MS);
  }
  expect(heardAfter).toBeLessThan(LIVE_MS);
  // The detail was really behind for a while, and said where it stood.
  expect(new Set(steps).size).toBeGreaterThan(5);

  const held = await heldEntries(relay.databaseUrl);
  expect(held).toEqual({ seqs: Array.from({ length: seq }, (_, n) => n + 1), hash: hash.toString('hex') });
  const days = await relayDays(relay.databaseUrl);
  for (const day of sealed) {
    const { summary } = dailyReport(core.connection(), day);
    expect(summary.salesTotalMinor).toBeGreaterThan(0);
    expect(days.find((one) => one.day === day)).toEqual({
      day,
      orders: summary.orders,
      sales: summary.salesTotalMinor,
      refunds: summary.refundsMinor,
      vat: summary.vatMinor,
      tips: summary.tipsMinor,
      agrees: true,
    });
  }
  expect((await look()).detail).toMatchObject({ backlog: 0, days_in_doubt: 0 });
});

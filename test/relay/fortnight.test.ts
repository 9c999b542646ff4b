import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../../cloud-relay/relay.fixture.ts';
import { dailyReport } from '../../store-server/features/reports/index.ts';
import { usualPace } from '../../store-server/relay-link/link.ts';
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
/** A restaurant at the end of a thin line: the backlog takes its time. */
const BYTES_A_SECOND = 36_000;
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
  // At the pace of every store: what is proved is what a restaurant gets. Only how long it waits before it calls a relay
  // again that was not there, up to a minute by then, is no part of it.
  const relayPace = { ...usualPace, longestRetryMs: 1_000 };
  store = await openStore({ relay: line.url, claim: await relay.claimCode(), relayPace });
  relay.clock.follow(store.clock.now);
  const { core } = store.server;
  const house = await openHouse(store, 14);
  await house.sell(2);
  const reported = () => heldEntries(relay.databaseUrl).then(({ seqs }) => seqs.length);
  await expect.poll(reported, { timeout: 20_000 }).toBe(core.head().seq);
  const before = core.head().seq;

  await line.close();
  const sealed: string[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    await house.serve(1);
    await house.sell(6);
    sealed.push(await house.endDay());
  }
  await house.serve(2);
  await house.sell(3);
  expect(new Set(sealed).size).toBe(DAYS);
  expect(await reported()).toBe(before);

  const look = async () => (await relay.call('GET /api/v1/platform/restaurants', { token })).data[0];
  const token = await relay.signIn();
  expect(await look()).toMatchObject({ freshness: 'silent', detail: { acked_seq: before } });
  expect((await look()).live.age_ms).toBeGreaterThan((DAYS - 1) * DAY_MS);

  const today = new Date(store.clock.now()).toISOString().slice(0, 10);
  const salesNow = () => dailyReport(core.connection(), today).summary.salesTotalMinor;
  expect(salesNow()).toBeGreaterThan(0);
  const till = [{ at: performance.now(), sales: salesNow() }];
  const soldBy = (at: number): number => till.findLast((one) => one.at <= at)?.sales ?? 0;
  const backlog = core.head().seq;
  line.bytesPerSecond = BYTES_A_SECOND;
  const opened = performance.now();
  await line.open();
  const steps = new Set<number>();
  const late: number[] = [];
  let heardAfter: number | null = null;
  for (let far = before; far < backlog && performance.now() - opened < 60_000; ) {
    const asked = performance.now();
    const { live, detail } = await look();
    expect(detail.acked_seq).toBeGreaterThanOrEqual(far);
    far = detail.acked_seq;
    if (live.age_ms < DAY_MS) {
      heardAfter ??= performance.now() - opened;
      steps.add(far);
      late.push(live.age_ms);
      // What it says was true within these two seconds, however much of the fortnight is still on its way.
      expect(live.sales_minor).toBeGreaterThanOrEqual(soldBy(asked - LIVE_MS));
      expect(live.sales_minor).toBeLessThanOrEqual(salesNow());
      expect(detail.backlog).toBeGreaterThan(0);
      await house.sell(1);
      till.push({ at: performance.now(), sales: salesNow() });
    }
    await pause(100);
  }
  expect(heardAfter).toBeLessThan(LIVE_MS);
  expect(Math.max(...late)).toBeLessThan(LIVE_MS);
  // The detail was really behind for a while, said where it stood, and the evening went on meanwhile.
  expect(steps.size).toBeGreaterThan(10);
  expect(performance.now() - opened).toBeGreaterThan(2 * LIVE_MS);
  expect(till.length).toBeGreaterThan(20);
  line.bytesPerSecond = null;
  const { seq, hash } = core.head();
  await expect.poll(reported, { timeout: 20_000 }).toBe(seq);

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
  const last = await look();
  expect(last.detail).toMatchObject({ backlog: 0, days_in_doubt: 0 });
  expect(last.live).toMatchObject({ business_day: today, sales_minor: salesNow() });
});

import { expect, test } from 'vitest';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { asOwner } from '../db/cluster.fixture.ts';
import { rebuildAll } from '../ingest/rebuild-all.ts';
import { openRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';

const sums = `coalesce(sum(orders), 0)::int AS orders, coalesce(sum(covers), 0)::int AS covers,
  coalesce(sum(sales_minor), 0)::int AS sales_minor, coalesce(sum(vat_minor), 0)::int AS vat_minor,
  coalesce(sum(service_minor), 0)::int AS service_minor, coalesce(sum(refunds_minor), 0)::int AS refunds_minor,
  coalesce(sum(refund_count), 0)::int AS refund_count, coalesce(sum(tips_minor), 0)::int AS tips_minor`;

test('whatever span is asked for comes to what its days add up to: closed days, late ones, restores and currencies learnt late', async () => {
  const at = await openRelay();
  try {
    const names = ['Every day', 'Closed on Mondays', 'Shut in spring', 'Not open yet'];
    const stores = names.map((name) => createTestStore(at, at.ids.next(), name));
    for (const store of stores) await store.join(await at.claimCode());
    const days = Array.from({ length: 16 }, (_, n) => addDays('2025-02-24', n));
    const [daily, most, shut] = stores as [(typeof stores)[0], (typeof stores)[0], (typeof stores)[0]];
    for (const [n, day] of days.entries()) {
      daily.sell(1_000 + n, { day, tipMinor: n });
      if (n % 7 !== 0) most.sell(700 + 3 * n, { day });
      if (n < 6) shut.sell(90 * n, { day, currency: 'EUR' });
    }
    // Money that was recorded on days with others after them, and one on a day that was closed.
    daily.sell(55, { day: days[2] ?? '', tipMinor: 5 });
    most.sell(66, { day: days[7] ?? '' });
    // A meal on the house: the day is there before anybody knows its currency.
    const free = { kind: 'ledger.posted', entity: 'ledger', body: onTheHouse(days[10] ?? '', at.ids.next()) };
    shut.tell([free]);
    await Promise.all([daily, most].map((store) => store.send(store.batch(1))));
    await shut.send(shut.batch(1));
    shut.sell(400, { day: days[10] ?? '', currency: 'EUR' });
    await shut.send(shut.batch(8));
    most.restore(9);
    most.sell(4_200, { day: days[11] ?? '' });
    expect((await most.send(most.batch(10))).status).toBe(200);

    const token = await at.signIn();
    const look = async () => {
      for (let from = -1; from < days.length; from += 3)
        for (let to = from; to <= days.length; to += 2) {
          const span = [addDays('2025-02-24', from), addDays('2025-02-24', to)] as const;
          const { data } = await at.call(`GET /api/v1/platform/analytics?from=${span[0]}&to=${span[1]}`, { token });
          expect(data.days).toEqual(await addedUpByDay(span));
          expect(data.restaurants.filter(({ days: some }: { days: number }) => some > 0)).toEqual(await addedUp(span));
          expect(data.restaurants.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
        }
    };
    const addedUpByDay = (span: readonly string[]) =>
      asOwner(
        at.databaseUrl,
        `SELECT business_day::text, currency, ${sums} FROM day_total
         WHERE business_day BETWEEN $1 AND $2 GROUP BY 1, 2 ORDER BY 1, 2`,
        [...span],
      );
    const addedUp = (span: readonly string[]) =>
      asOwner(
        at.databaseUrl,
        `SELECT store_id AS id, name, max(currency) AS currency, count(*)::int AS days, ${sums}
         FROM day_total JOIN store USING (store_id) WHERE business_day BETWEEN $1 AND $2
         GROUP BY 1, 2 ORDER BY sales_minor DESC, name`,
        [...span],
      );
    await look();
    await asOwner(at.databaseUrl, 'ALTER TABLE tenant_day NO FORCE ROW LEVEL SECURITY');
    await asOwner(at.databaseUrl, 'UPDATE tenant_day SET sales_minor = 7, days = 9');
    await rebuildAll(at.relay.database);
    await look();
  } finally {
    await at.stop();
  }
});

const onTheHouse = (day: string, order: string) => ({
  kind: 'sale',
  order_id: order,
  session_id: null,
  payment_id: null,
  business_day: day,
  occurred_at: 0,
  postings: [
    { account: 'open_checks', amount_minor: 12, vat_bps: null },
    { account: 'sales_net', amount_minor: -12, vat_bps: null },
  ],
});

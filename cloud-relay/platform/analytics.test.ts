import { expect, test } from 'vitest';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { asOwner } from '../db/cluster.fixture.ts';
import { type Figures, figureNames } from '../ingest/figures.ts';
import { rebuildAll } from '../ingest/rebuild-all.ts';
import { openRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';

interface DayRow extends Figures {
  readonly id: string;
  readonly name: string;
  readonly day: string;
  readonly currency: string | null;
}
const rowsOf = (url: string): Promise<DayRow[]> =>
  asOwner<DayRow>(
    url,
    `SELECT store_id AS id, name, business_day::text AS day, currency, orders::int, covers::int, sales_minor::int,
       vat_minor::int, service_minor::int, refunds_minor::int, refund_count::int, tips_minor::int
     FROM day_total JOIN store USING (tenant_id, store_id) ORDER BY business_day, currency, name`,
  );
const sumOf = (rows: readonly DayRow[]): Figures =>
  Object.fromEntries(figureNames.map((figure) => [figure, rows.reduce((sum, row) => sum + row[figure], 0)])) as Figures;

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
      const all = await rowsOf(at.databaseUrl);
      for (let first = -1; first < days.length; first += 3)
        for (let last = first; last <= days.length; last += 4) {
          const [from, to] = [addDays('2025-02-24', first), addDays('2025-02-24', last)];
          const rows = all.filter(({ day }) => day >= from && day <= to);
          const { data } = await at.call(`GET /api/v1/platform/analytics?from=${from}&to=${to}`, { token });
          const byDay = Map.groupBy(rows, ({ day, currency }) => `${day} ${currency}`);
          expect(data.days).toEqual(
            [...byDay.values()].map((own) => ({
              business_day: own[0]?.day,
              currency: own[0]?.currency,
              ...sumOf(own),
            })),
          );
          const byStore = [...Map.groupBy(rows, ({ id }) => id).values()].map((own) => ({
            id: own[0]?.id,
            name: own[0]?.name,
            currency: own.findLast(({ currency }) => currency !== null)?.currency,
            days: own.length,
            ...sumOf(own),
          }));
          const traded = data.restaurants.filter(({ days: some }: { days: number }) => some > 0);
          expect(traded).toEqual(
            byStore.sort((a, b) => b.sales_minor - a.sales_minor || (a.name ?? '').localeCompare(b.name ?? '')),
          );
          expect(data.restaurants.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
        }
    };
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

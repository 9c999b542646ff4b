import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore, type TestStore } from '../store.fixture.ts';

let at: TestRelay;
beforeAll(async () => {
  at = await openRelay();
});
afterAll(() => at?.stop());

async function joined(name: string, days: readonly [day: string, sales: number][], currency = 'GBP') {
  const store: TestStore = createTestStore(at, at.ids.next(), name);
  expect((await store.join(await at.claimCode())).status).toBe(201);
  for (const [day, sales] of days) {
    store.sell(Math.abs(sales), { day, currency });
    if (sales > 0) store.seal(day, sales);
  }
  if (days.length > 0) expect((await store.send(store.batch(1))).status).toBe(200);
  return store;
}

test('restaurants stand beside each other by day; only closed days that both weeks have are compared; no currency is added to another', async () => {
  const token = await at.signIn();
  // Below nought: sold, and the day is not closed yet.
  const castle = await joined('Castle', [
    ['2024-05-06', 1_000],
    ['2024-05-07', 5_000],
    ['2024-05-13', 1_500],
    ['2024-05-15', 4_000],
    ['2024-05-19', -900],
  ]);
  const leeds = await joined('Leeds', [['2024-05-14', 2_000]]);
  const lisbon = await joined(
    'Lisbon',
    [
      ['2024-05-06', 2_000],
      ['2024-05-13', 1_000],
    ],
    'EUR',
  );
  await joined('Not open yet', []);
  const path = 'GET /api/v1/platform/analytics/restaurants?from=2024-05-13&to=2024-05-19';
  const { data } = await at.call(path, { token });
  expect(data).toEqual({
    ...{ from: '2024-05-13', to: '2024-05-19', left_out: 0 },
    restaurants: [
      {
        ...{ id: castle.id, name: 'Castle', currency: 'GBP', sales_minor: 6_400 },
        first_day: '2024-05-06',
        days: [
          { business_day: '2024-05-13', sales_minor: 1_500 },
          { business_day: '2024-05-15', sales_minor: 4_000 },
          { business_day: '2024-05-19', sales_minor: 900 },
        ],
        growth: { days: 1, sales_minor: 1_500, before_minor: 1_000 },
      },
      {
        ...{ id: leeds.id, name: 'Leeds', currency: 'GBP', sales_minor: 2_000 },
        first_day: '2024-05-14',
        days: [{ business_day: '2024-05-14', sales_minor: 2_000 }],
        growth: null,
      },
      {
        ...{ id: lisbon.id, name: 'Lisbon', currency: 'EUR', sales_minor: 1_000 },
        first_day: '2024-05-06',
        days: [{ business_day: '2024-05-13', sales_minor: 1_000 }],
        growth: { days: 1, sales_minor: 1_000, before_minor: 2_000 },
      },
    ],
    growth: [
      { currency: 'EUR', restaurants: 1, days: 1, sales_minor: 1_000, before_minor: 2_000 },
      { currency: 'GBP', restaurants: 1, days: 1, sales_minor: 1_500, before_minor: 1_000 },
    ],
  });
  const stranger = await at.otherOwner('stranger@platform.test');
  expect((await at.call(path, { token: stranger })).data).toMatchObject({ restaurants: [], growth: [], left_out: 0 });
  expect(await at.call(path.replace('05-19', '05-12'), { token })).toMatchObject({ status: 422 });
});

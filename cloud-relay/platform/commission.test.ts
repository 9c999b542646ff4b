import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore } from '../store.fixture.ts';
import { commissionOf } from './commission.rules.ts';

let at: TestRelay;
let token: string;
const JULY = Date.parse('2025-07-10T12:00:00Z');
beforeAll(async () => {
  at = await openRelay({ at: JULY });
});
beforeEach(async () => {
  at.clock.set(JULY);
  token = await at.signIn();
});
afterAll(() => at?.stop());

const get = (path: string) => at.call(`GET /api/v1/platform/${path}`, { token });
const post = (path: string, body: unknown, as = token) => at.call(`POST /api/v1/platform/${path}`, { body, token: as });

test('a month under two rules is owed to the penny, and a closed one is final', async () => {
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  const rule = (from_day: string, bps: number) => post('commission-rules', { restaurants: [store.id], from_day, bps });
  expect((await rule('2025-06-10', 250)).status).toBe(201);
  expect((await rule('2025-07-20', 300)).status).toBe(201);
  store.sell(600, { day: '2025-06-09' });
  store.sell(1210, { day: '2025-06-10' });
  store.sell(1211, { day: '2025-06-30', tipMinor: 500 });
  await store.send(store.batch(1));

  // Without VAT: 500 before any rule, then 1008 + 1009 = 2017 at 2.5 % = 50.425.
  const { data } = await get(`restaurants/${store.id}/commission?month=2025-06`);
  expect(data).toMatchObject({ currency: 'GBP', base_minor: 2517, commission_minor: 50, final: false });
  expect(data.lines).toEqual([
    { from_day: null, bps: 0, days: 1, base_minor: 500, commission_minor: 0 },
    { from_day: '2025-06-10', bps: 250, days: 2, base_minor: 2017, commission_minor: 50 },
  ]);
  // Why that much: the days, what each one's base was made of, and the rule that held.
  const day = (business_day: string, sales_minor: number, vat_minor: number, bps: number) => {
    const base_minor = sales_minor - vat_minor;
    return { business_day, orders: 1, sales_minor, refunds_minor: 0, vat_minor, base_minor, bps, agrees: null };
  };
  expect(data.days).toEqual([
    day('2025-06-09', 600, 100, 0),
    day('2025-06-10', 1210, 202, 250),
    day('2025-06-30', 1211, 202, 250),
  ]);
  expect((await get('commission?month=2025-06')).data.totals).toEqual([
    { currency: 'GBP', base_minor: 2517, commission_minor: 50 },
  ]);
  expect((await get(`restaurants/${store.id}/commission-rules`)).data).toMatchObject([
    { from_day: '2025-06-10', bps: 250 },
    { from_day: '2025-07-20', bps: 300 },
  ]);
  store.seal('2025-06-09', 600);
  store.seal('2025-06-10', 1210);
  store.seal('2025-06-30', 1211, 500);
  await store.send(store.batch(4));
  expect((await get(`restaurants/${store.id}/commission?month=2025-06`)).data.final).toBe(true);
});

test('a rule is never changed, and a later one does not reach back', async () => {
  const store = createTestStore(at);
  await store.join(await at.claimCode());
  const rule = (from_day: string, as = token, restaurants = [store.id]) =>
    post('commission-rules', { restaurants, from_day, bps: 100 }, as);
  expect((await rule('2025-08-01')).status).toBe(201);
  for (const day of ['2025-08-01', '2025-07-31', '2025-01-01'])
    expect(await rule(day)).toMatchObject({ status: 409, code: 'CONFLICT' });
  at.clock.set(Date.parse('2025-09-10T12:00:00Z'));
  token = await at.signIn();
  expect(await rule('2025-09-09')).toMatchObject({ status: 409 });
  // All restaurants of a push get it, or none.
  expect(await rule('2025-10-01', token, [store.id, at.ids.next()])).toMatchObject({ status: 404 });
  expect((await get(`restaurants/${store.id}/commission-rules`)).data).toHaveLength(1);
  expect(
    await post('commission-rules', { restaurants: [store.id], from_day: '2025-10-01', bps: 10_001 }),
  ).toMatchObject({
    status: 422,
  });
  expect(await get('commission?month=2025-13')).toMatchObject({ status: 422 });

  const stranger = await at.otherOwner('stranger@platform.test');
  expect(await rule('2025-11-01', stranger)).toMatchObject({ status: 404 });
  const theirs = await at.call(`GET /api/v1/platform/restaurants/${store.id}/commission?month=2025-06`, {
    token: stranger,
  });
  expect(theirs.status).toBe(404);
  for (const [id, as] of [
    [store.id, stranger],
    [at.ids.next(), token],
  ] as const)
    expect(await at.call(`GET /api/v1/platform/restaurants/${id}/commission-rules`, { token: as })).toMatchObject({
      status: 404,
    });
});

test('any rules over any days agree with a second reckoning in thousandths of a penny', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2025-06-${String(n).padStart(2, '0')}`);
  const rules = fc.uniqueArray(fc.record({ fromDay: day, bps: fc.integer({ min: 0, max: 10_000 }) }), {
    selector: ({ fromDay }) => fromDay,
  });
  const bases = fc.uniqueArray(fc.record({ day, baseMinor: fc.integer({ min: -1_000_000, max: 100_000_000 }) }), {
    selector: (one) => one.day,
  });
  fc.assert(
    fc.property(rules, bases, (someRules, someBases) => {
      const inOrder = someRules.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
      const owed = commissionOf(inOrder, someBases);
      let expected = 0n;
      for (const [index, { fromDay, bps }] of inOrder.entries()) {
        const until = inOrder[index + 1]?.fromDay ?? '9999';
        let base = 0n;
        for (const one of someBases) if (one.day >= fromDay && one.day < until) base += BigInt(one.baseMinor);
        const exact = base * BigInt(bps);
        const size = exact < 0n ? -exact : exact;
        const rounded = (size + 5_000n) / 10_000n;
        expected += exact < 0n ? -rounded : rounded;
      }
      expect(BigInt(owed.commission_minor)).toBe(expected);
      expect(owed.base_minor).toBe(someBases.reduce((sum, { baseMinor }) => sum + baseMinor, 0));
    }),
    { numRuns: 500 },
  );
});

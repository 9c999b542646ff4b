import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelay, type TestRelay } from '../relay.fixture.ts';
import { createTestStore, type TestStore, type Told } from '../store.fixture.ts';

let at: TestRelay;
const BEFORE = Date.parse('2023-12-15T12:00:00Z');
const AFTER = Date.parse('2024-05-10T12:00:00Z');
beforeAll(async () => {
  at = await openRelay({ at: BEFORE });
});
afterAll(() => at?.stop());

const months = ['2024-01', '2024-02', '2024-03'];
const zones = ['Europe/London', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kathmandu'];

/** Money that came in or went back at an instant. `net` and `service` are what commission is owed on. */
interface Event {
  readonly back: boolean;
  readonly at: number;
  readonly net: number;
  readonly vat: number;
  readonly service: number;
  readonly tip: number;
}
interface Case {
  readonly zone: string;
  readonly currency: string;
  readonly rules: readonly { readonly from: string; readonly bps: number }[];
  readonly events: readonly Event[];
  readonly cut: number;
}

// Few pennies meet halves, many pounds meet big numbers.
const amount = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 3_000_000 }));
const event = fc.record<Event>({
  back: fc.boolean(),
  at: fc.integer({ min: Date.parse('2023-12-30'), max: Date.parse('2024-04-03') }),
  net: amount,
  vat: amount,
  service: amount,
  tip: amount,
});
const today = '2023-12-15';
const rules = fc
  .uniqueArray(
    fc.record({
      from: fc.integer({ min: -40, max: 110 }).map((days) => dayAt(BEFORE + days * 86_400_000, 'UTC')),
      bps: fc.oneof(fc.constantFrom(0, 1, 50, 250, 1250, 10_000), fc.integer({ min: 0, max: 10_000 })),
    }),
    { selector: ({ from }) => from, maxLength: 6 },
  )
  .map((some) => some.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
  // Only a restaurant's first rule may reach back.
  .map((some) => some.filter(({ from }, n) => from >= today || (some[n + 1]?.from ?? today) >= today));
const stores = fc.array(
  fc.record<Case>({
    zone: fc.constantFrom(...zones),
    currency: fc.constantFrom('GBP', 'EUR'),
    rules,
    events: fc.array(event, { maxLength: 40 }),
    cut: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const dayAt = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant);
/** A restaurant's day ends at four in the morning. The relay's own date is often another one. */
const businessDay = (instant: number, zone: string): string => dayAt(instant - 4 * 3_600_000, zone);

/** What a store tells of it: postings that add up to nought, and the payment or refund beside them. */
function factsOf({ back, at: occurred_at, net, vat, service, tip }: Event, business_day: string, currency: string) {
  const [order_id, id] = [at.ids.next(), at.ids.next()];
  const total = net + vat + service;
  const posted = (kind: string, postings: Record<string, number>): Told => ({
    kind: 'ledger.posted',
    entity: 'ledger',
    body: {
      ...{ kind, order_id, session_id: null, payment_id: null, business_day, occurred_at },
      postings: Object.entries(postings).map(([account, amount_minor]) => ({ account, amount_minor, vat_bps: null })),
    },
  });
  const about = {
    ...{ order_id, order_number: 1, table_id: null, table_name: null, share_id: null, session_id: null },
    ...{ method: 'card', currency, business_day, amount_minor: total },
  };
  const refund = {
    ...{ refund_id: id, ...about, returned_minor: 0, vat_minor: vat, lines: [], reason: 'cold' },
    ...{ approved_by: null, refunded_minor: total, payment_status: 'refunded' },
  };
  const payment = {
    ...{ payment_id: id, payment: 1, ...about, tip_minor: tip, tendered_minor: null, change_minor: 0 },
    ...{ due_minor: 0, settled: true },
  };
  return back
    ? [
        posted('refund', { refunds_net: net, refunds_service: service, vat, card: -total }),
        { kind: 'refund.recorded', entity: 'refund', body: refund },
      ]
    : [
        posted('payment', { card: total + tip, open_checks: -total, tips: -tip }),
        { kind: 'payment.recorded', entity: 'payment', body: payment },
        posted('sale', { open_checks: total, sales_net: -net, vat: -vat, service_charge: -service }),
      ];
}

/** Per cent of a sum in whole pennies: half a penny counts as one, owed or owing alike. */
function share(base: bigint, bps: number): bigint {
  const hundredths = (base < 0n ? -base : base) * BigInt(bps);
  const pennies = hundredths / 10_000n + (hundredths % 10_000n >= 5_000n ? 1n : 0n);
  return base < 0n ? -pennies : pennies;
}

/** The second reckoning: from the events alone, rule by rule, without a database. */
function reckon({ zone, rules: own, events }: Case, month: string) {
  const bases = new Map<string, bigint>();
  for (const { back, at: instant, net, service } of events) {
    const day = businessDay(instant, zone);
    if (!day.startsWith(month)) continue;
    bases.set(day, (bases.get(day) ?? 0n) + (back ? -1n : 1n) * BigInt(net + service));
  }
  let [base, owed] = [0n, 0n];
  const rates = new Map<string, number>();
  for (const [n, from] of ['0000-00-00', ...own.map((rule) => rule.from)].entries()) {
    const until = own[n]?.from ?? '9999-99-99';
    const bps = n === 0 ? 0 : (own[n - 1]?.bps ?? 0);
    let under = 0n;
    for (const [day, its] of bases) {
      if (day < from || day >= until) continue;
      under += its;
      rates.set(day, bps);
    }
    base += under;
    owed += share(under, bps);
  }
  const days = [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    base_minor: Number(base),
    commission_minor: Number(owed),
    days: days.map(([business_day, its]) => ({ business_day, base_minor: Number(its), bps: rates.get(business_day) })),
  };
}

let owners = 0;

/** An owner with these restaurants and rules, and everything that they sold and gave back, sent in stretches. */
async function play(cases: readonly Case[]): Promise<{ token: string; ids: string[] }> {
  at.clock.set(BEFORE);
  owners += 1;
  const email = `reckoner-${owners}@platform.test`;
  const token = await at.otherOwner(email);
  const played: TestStore[] = [];
  for (const one of cases) {
    const store = createTestStore(at);
    const { code } = (await at.call('POST /api/v1/platform/claim-codes', { body: {}, token })).data;
    expect((await store.join(code)).status).toBe(201);
    for (const { from, bps } of one.rules) {
      const body = { restaurants: [store.id], from_day: from, bps };
      expect((await at.call('POST /api/v1/platform/commission-rules', { body, token })).status).toBe(201);
    }
    played.push(store);
  }
  at.clock.set(AFTER);
  for (const [n, { events, zone, currency, cut }] of cases.entries()) {
    const store = played[n] as TestStore;
    for (const sold of events) store.tell(factsOf(sold, businessDay(sold.at, zone), currency), { now: sold.at });
    store.token = null;
    for (let from = 1; from <= events.length; from += cut)
      expect((await store.send(store.batch(from, Math.min(events.length, from + cut - 1)))).status).toBe(200);
  }
  const body = { email, password: 'another-password' };
  const fresh = (await at.call('POST /api/v1/auth/login', { body })).data.access_token as string;
  return { token: fresh, ids: played.map(({ id }) => id) };
}

test('what restaurants sold and gave back, in any zone and under any rules, is owed as a second reckoning says', async () => {
  await fc.assert(
    fc.asyncProperty(stores, async (cases) => {
      const { token, ids } = await play(cases);
      for (const month of months) {
        const { data } = await at.call(`GET /api/v1/platform/commission?month=${month}`, { token });
        const totals = new Map<string, { base_minor: number; commission_minor: number }>();
        for (const [n, one] of cases.entries()) {
          const statement = data.statements.find(({ id }: { id: string }) => id === ids[n]);
          const { base_minor, commission_minor, days } = statement;
          const expected = reckon(one, month);
          expect({ base_minor, commission_minor, days }).toEqual(expected);
          if (n === 0) {
            const why = (
              await at.call(`GET /api/v1/platform/restaurants/${ids[0]}/commission?month=${month}`, { token })
            ).data;
            expect(why).toMatchObject({ base_minor, commission_minor, days });
            for (const day of why.days)
              expect(day.sales_minor - day.refunds_minor - day.vat_minor).toBe(day.base_minor);
          }
          if (expected.days.length === 0) continue;
          const sum = totals.get(one.currency) ?? { base_minor: 0, commission_minor: 0 };
          sum.base_minor += expected.base_minor;
          sum.commission_minor += expected.commission_minor;
          totals.set(one.currency, sum);
        }
        const inOrder = (some: { currency: string }[]) => some.toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
        expect(inOrder(data.totals)).toEqual(inOrder([...totals].map(([currency, sum]) => ({ currency, ...sum }))));
      }
    }),
    // Ten take a second or two; looking for the smallest case that fails may take its time, and not for ever.
    { numRuns: 10, interruptAfterTimeLimit: 20_000 },
  );
});

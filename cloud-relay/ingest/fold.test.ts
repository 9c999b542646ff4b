import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fact } from '#contract/facts.ts';
import type { BatchEntry } from '#contract/relay.ts';
import { foldFacts } from './fold.ts';

const id = '00000000-0000-7000-8000-000000000001';
const entry = (seq: number, ...facts: [kind: string, body: unknown, version?: number][]): BatchEntry =>
  ({
    seq,
    recorded_at: seq * 1000,
    parts: facts.map(([kind, body, version = 1], n) => ({
      n,
      role: 'fact',
      kind,
      version,
      entity_type: 'order',
      entity_id: id,
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    })),
  }) as unknown as BatchEntry;

const posted = (kind: string, ...postings: [string, number][]): [string, unknown] => [
  'ledger.posted',
  {
    kind,
    order_id: id,
    session_id: null,
    payment_id: null,
    business_day: '2025-06-18',
    occurred_at: 0,
    postings: postings.map(([account, amount_minor]) => ({ account, amount_minor, vat_bps: null })),
  },
];

test('a refund takes back sales and VAT, and what undid no sale takes back neither', () => {
  const refund = {
    refund_id: id,
    order_id: id,
    order_number: 1,
    table_id: null,
    table_name: null,
    share_id: null,
    session_id: null,
    method: 'cash',
    currency: 'GBP',
    business_day: '2025-06-18',
    amount_minor: 700,
    returned_minor: 100,
    vat_minor: 100,
    lines: [],
    reason: 'cold',
    approved_by: null,
    refunded_minor: 700,
    payment_status: 'partially_refunded',
  };
  const { days, tenders, refunds } = foldFacts([
    entry(1, posted('sale', ['open_checks', 1500], ['sales_net', -1150], ['vat', -230], ['service_charge', -120])),
    entry(
      2,
      posted(
        'refund',
        ['refunds_net', 450],
        ['refunds_service', 50],
        ['vat', 100],
        ['open_checks', 100],
        ['cash:x', -700],
      ),
      ['refund.recorded', refund],
    ),
    entry(3, posted('payment', ['card', 1700], ['open_checks', -1500], ['tips', -200]), posted('float', ['safe', -50])),
  ]);
  expect(days.get('2025-06-18')).toMatchObject({
    salesMinor: 1500,
    serviceMinor: 120,
    refundsMinor: 600,
    vatMinor: 130,
    tipsMinor: 200,
    refundCount: 1,
    currency: 'GBP',
  });
  expect([...tenders.values()]).toEqual([
    { day: '2025-06-18', method: 'cash', payments: 0, takenMinor: 0, tipMinor: 0, refundedMinor: 700 },
  ]);
  expect(refunds).toMatchObject([{ refund_id: id, seq: 2, recorded_at: 2000 }]);
});

test('what cannot be read is counted, what was erased or is of no concern is not', () => {
  const { unread } = foldFacts([
    entry(1, ['day.sealed', 'not json'], ['day.sealed', {}], ['day.sealed', {}, 2], ['staff.signed_in', {}]),
    entry(2, ['order.settled', null], ['staff.signed_in', {}, 2], ['weather.changed', {}]),
  ]);
  expect([...unread.values()]).toEqual([
    { kind: 'day.sealed', version: 1, told: 2 },
    { kind: 'day.sealed', version: 2, told: 1 },
    { kind: 'staff.signed_in', version: 2, told: 1 },
    { kind: 'weather.changed', version: 1, told: 1 },
  ]);
});

const isFact = (one: unknown): one is Fact =>
  typeof one === 'object' && one !== null && 'kind' in one && 'version' in one && 'audience' in one;

test('no fact that a store of this version tells counts as one that is not readable yet', async () => {
  const contract = join(import.meta.dirname, '../../store-server/contract');
  const files = readdirSync(contract).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const modules: object[] = await Promise.all(files.map((name) => import(join(contract, name))));
  const kinds = new Set(modules.flatMap((module) => Object.values(module).filter(isFact)).map(({ kind }) => kind));
  expect(kinds.size).toBeGreaterThan(60);
  // An empty body is one that no read model can take, so what grows read models says so, and nothing else may.
  const { unread } = foldFacts([...kinds].map((kind, at) => entry(at + 1, [kind, {}])));
  const readers = /^(order\.\w+|ledger\.posted|payment\.recorded|refund\.recorded|day\.sealed|menu\.product_changed)$/;
  expect([...unread.values()].map(({ kind }) => kind).filter((kind) => !readers.test(kind))).toEqual([]);
});

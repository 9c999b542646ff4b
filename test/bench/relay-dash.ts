import pg from 'pg';
import { writeProjection } from '../../cloud-relay/ingest/projection.ts';
import { newProjection, noteDay } from '../../cloud-relay/ingest/projection-of.ts';
import { addToTenantDays } from '../../cloud-relay/ingest/tenant-days.ts';
import { analytics } from '../../cloud-relay/platform/analytics.ts';
import { daysOf } from '../../cloud-relay/platform/days.ts';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { type Bench, ratio, skipped } from './kit/findings.ts';
import { type RelayDatabase, startRelayDatabase } from './kit/postgres.ts';
import { alternate, median, type Pair } from './kit/rounds.ts';
import { ids } from './kit/store.ts';

const DAYS = 60;
const ORDERS_A_DAY = 15;
const FIRST = '2025-05-02';
/** Thirty days that begin and end in the middle of a month, as "the last thirty days" do. */
const span = { from: '2025-05-24', to: '2025-06-22' };

/** Sixty days of restaurants, closed on one in seven: as orders, and as the relay adds them up when they come in. */
async function load(at: RelayDatabase, storeIds: readonly string[]): Promise<void> {
  await at.addStores(storeIds);
  const owner = new pg.Client({ connectionString: at.url });
  await owner.connect();
  await owner.query(
    `INSERT INTO order_seen (tenant_id, store_id, order_id, order_number, status, total_minor, due_minor, settled_day, seq)
     SELECT $1, store, gen_random_uuid(), n, 'completed', 1000 + n * day, 0, date '${FIRST}' + day, n
     FROM unnest($2::uuid[]) WITH ORDINALITY AS s (store, nth), generate_series(0, ${DAYS - 1}) AS d (day),
       generate_series(1, ${ORDERS_A_DAY}) AS o (n) WHERE (day + nth) % 7 <> 0`,
    [at.tenantId, storeIds],
  );
  const perDay = (day: number) => 1_000 * ORDERS_A_DAY + (day * ORDERS_A_DAY * (ORDERS_A_DAY + 1)) / 2;
  for (const [index, storeId] of storeIds.entries()) {
    const added = newProjection();
    for (let day = 0; day < DAYS; day += 1) {
      if ((day + index + 1) % 7 === 0) continue;
      const sold = { currency: 'GBP', orders: ORDERS_A_DAY, salesMinor: perDay(day) };
      Object.assign(noteDay(added, addDays(FIRST, day)), sold);
    }
    await at.database.inTenant(at.tenantId, async (sql) => {
      const moves = await writeProjection(sql, at.tenantId, storeId, added);
      await addToTenantDays(sql, at.tenantId, storeId, moves);
    });
  }
  await owner.query('VACUUM ANALYZE');
  await owner.end();
}

interface Sum {
  readonly of: string;
  readonly orders: number;
  readonly sales: number;
}

/** The same figures for the same question, added up from every order. */
const fromOrders = ({ database, tenantId }: RelayDatabase): Promise<Sum[][]> =>
  database.inTenant(tenantId, async (sql) => [
    await sql.rows<Sum>(
      `SELECT store_id AS of, count(*) AS orders, sum(total_minor)::bigint AS sales, count(DISTINCT settled_day) AS days
       FROM order_seen WHERE tenant_id = $1 AND settled_day BETWEEN $2 AND $3 GROUP BY store_id`,
      [tenantId, span.from, span.to],
    ),
    await sql.rows<Sum>(
      `SELECT settled_day AS of, count(*) AS orders, sum(total_minor)::bigint AS sales
       FROM order_seen WHERE tenant_id = $1 AND settled_day BETWEEN $2 AND $3 GROUP BY settled_day`,
      [tenantId, span.from, span.to],
    ),
  ]);

/** @throws where the console would show anything else than what the orders come to */
async function insistSame(at: RelayDatabase): Promise<void> {
  const { restaurants, days } = await analytics(at.database, at.tenantId, span);
  const seen = [
    restaurants.map((one) => [one.id, one.orders, one.sales_minor, one.days]),
    days.map((one) => [one.business_day, one.orders, one.sales_minor, null]),
  ];
  const orders = await fromOrders(at);
  const added = orders.map((rows) =>
    rows.map((row) => [row.of, row.orders, row.sales, 'days' in row ? row.days : null]),
  );
  const inOrder = (sides: unknown[][][]) => JSON.stringify(sides.map((rows) => rows.map(String).sort()));
  if (inOrder(seen) !== inOrder(added)) throw new Error('the console and the orders do not come to the same');
}

/** Ms for one of several in a row. */
async function msOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  for (let n = 0; n < times; n += 1) await work();
  return (performance.now() - from) / times;
}

/** Median ms of a hundred calls a round that take turns one by one: so short that one that was disturbed says nothing. */
async function inTurns(
  rounds: number,
  subject: () => Promise<unknown>,
  anchor: () => Promise<unknown>,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  // The first round pays for cold pages and is thrown away.
  for (let round = 0; round <= rounds; round += 1) {
    const [ours, held]: [number[], number[]] = [[], []];
    for (let n = 0; n < 100; n += 1) {
      held.push(await msOf(1, anchor));
      ours.push(await msOf(1, subject));
    }
    if (round > 0) pairs.push({ subject: median(ours), anchor: median(held) });
  }
  return pairs;
}

/** Goal 13: what owners look at costs by what they ask for, not by how many orders there ever were. */
export const relayDash: Bench = {
  name: 'relay-dash',
  title: 'Thirty of sixty days: read models beside every order, ten restaurants beside a thousand',
  async run({ rounds, quick }) {
    const many = quick ? 200 : 1_000;
    const [small, large] = [await startRelayDatabase(), await startRelayDatabase()];
    const oneOf = async (at: RelayDatabase, count: number): Promise<string> => {
      const stores = Array.from({ length: count }, () => ids.next());
      await load(at, stores);
      return stores[count >> 1] ?? '';
    };
    const [inSmall, inLarge] = [await oneOf(small, 10), await oneOf(large, many)];
    const month = ({ database, tenantId }: RelayDatabase, storeId: string) =>
      database.inTenant(tenantId, (sql) => daysOf(sql, tenantId, storeId, span.from, span.to));
    await insistSame(large);
    const raw = await alternate(
      rounds,
      () => msOf(3, () => fromOrders(large)),
      () => msOf(3, () => analytics(large.database, large.tenantId, span)),
    );
    const one = await inTurns(
      rounds,
      () => month(large, inLarge),
      () => month(small, inSmall),
    );
    await small.stop();
    await large.stop();
    return [
      ratio({
        goal: 13,
        what: `sales of ${many} restaurants, from every order / as the console asks`,
        bound: { least: 20 },
        pairs: raw,
        note: `${inMs(raw)}; ${Math.round((many * DAYS * ORDERS_A_DAY * 6) / 7)} orders, the same sums`,
      }),
      ratio({
        goal: 13,
        what: `days of one restaurant, among ${many} / among 10`,
        bound: { most: 1.2 },
        pairs: one,
        note: inMs(one),
      }),
      skipped({
        goal: 13,
        what: 'dropping a month / deleting it',
        note: 'nothing is dropped: rebuilds and restored stores need every batch (cloud-relay/README.md)',
      }),
    ];
  },
};

const inMs = (pairs: readonly Pair[]): string => {
  const of = (side: keyof Pair) => median(pairs.map((pair) => pair[side])).toFixed(1);
  return `${of('subject')} / ${of('anchor')} ms`;
};

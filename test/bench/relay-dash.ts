import pg from 'pg';
import { analytics } from '../../cloud-relay/platform/analytics.ts';
import { daysOf } from '../../cloud-relay/platform/days.ts';
import { type Bench, ratio, skipped } from './kit/findings.ts';
import { type RelayDatabase, startRelayDatabase } from './kit/postgres.ts';
import { alternate, median, type Pair } from './kit/rounds.ts';
import { ids } from './kit/store.ts';

const DAYS = 60;
const ORDERS_A_DAY = 15;
const span = { from: '2025-06-01', to: '2025-06-30' };

/** Sixty days of restaurants, as orders and as the days that they add up to. */
async function load(at: RelayDatabase, storeIds: readonly string[]): Promise<void> {
  await at.addStores(storeIds);
  const owner = new pg.Client({ connectionString: at.url });
  await owner.connect();
  const whose = [at.tenantId, storeIds];
  await owner.query(
    `INSERT INTO order_seen (tenant_id, store_id, order_id, order_number, status, total_minor, due_minor, settled_day, seq)
     SELECT $1, store, gen_random_uuid(), n, 'completed', 1000 + n, 0, date '2025-05-02' + day, n
     FROM unnest($2::uuid[]) AS s (store), generate_series(0, ${DAYS - 1}) AS d (day),
       generate_series(1, ${ORDERS_A_DAY}) AS o (n)`,
    whose,
  );
  await owner.query(
    `INSERT INTO day_total (tenant_id, store_id, business_day, currency, orders, sales_minor)
     SELECT tenant_id, store_id, settled_day, 'GBP', count(*), sum(total_minor) FROM order_seen
     WHERE tenant_id = $1 AND store_id = ANY($2::uuid[]) GROUP BY 1, 2, 3`,
    whose,
  );
  await owner.query('VACUUM ANALYZE');
  await owner.end();
}

/** The same figures for the same question, added up from every order. */
const fromOrders = ({ database, tenantId }: RelayDatabase): Promise<unknown> =>
  database.inTenant(tenantId, async (sql) => [
    await sql.rows(
      `SELECT store_id, count(*) AS orders, sum(total_minor) AS sales, count(DISTINCT settled_day) AS days
       FROM order_seen WHERE tenant_id = $1 AND settled_day BETWEEN $2 AND $3 GROUP BY store_id`,
      [tenantId, span.from, span.to],
    ),
    await sql.rows(
      `SELECT settled_day, count(*) AS orders, sum(total_minor) AS sales
       FROM order_seen WHERE tenant_id = $1 AND settled_day BETWEEN $2 AND $3 GROUP BY settled_day`,
      [tenantId, span.from, span.to],
    ),
  ]);

/** Ms for one of several in a row. */
async function msOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  for (let n = 0; n < times; n += 1) await work();
  return (performance.now() - from) / times;
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
    const raw = await alternate(
      rounds,
      () => msOf(3, () => fromOrders(large)),
      () => msOf(3, () => analytics(large.database, large.tenantId, span)),
    );
    const one = await alternate(
      rounds,
      () => msOf(100, () => month(large, inLarge)),
      () => msOf(100, () => month(small, inSmall)),
    );
    await small.stop();
    await large.stop();
    return [
      ratio({
        goal: 13,
        what: `sales of ${many} restaurants, from every order / as the console asks`,
        bound: { least: 20 },
        pairs: raw,
        note: `${inMs(raw)}; ${many * DAYS * ORDERS_A_DAY} orders`,
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
        note: 'the relay keeps no partitions and deletes nothing',
      }),
    ];
  },
};

const inMs = (pairs: readonly Pair[]): string => {
  const of = (side: keyof Pair) => median(pairs.map((pair) => pair[side])).toFixed(1);
  return `${of('subject')} / ${of('anchor')} ms`;
};

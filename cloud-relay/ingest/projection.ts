import type { Sql } from '../db/database.ts';
import { writeDays } from './day-totals.ts';
import type { Projection } from './projection-of.ts';
import type { DayMoved } from './tenant-days.ts';

/** PostgreSQL keeps no NUL in a text. */
const plain = (text: string): string => text.replaceAll('\u0000', '');
const plainOrNull = (text: string | null): string | null => (text === null ? null : plain(text));

/**
 * Writes what a stretch of entries adds, one statement for each read model however many rows. Each entry comes through
 * here once, in the transaction that takes it; rows are sorted so that nobody waits in a circle.
 * @returns what it moves in the sums over all restaurants, which are written last of all
 */
export async function writeProjection(
  sql: Sql,
  tenantId: string,
  storeId: string,
  added: Projection,
): Promise<DayMoved[]> {
  const whose = [tenantId, storeId];
  await writeOrders(sql, whose, added);
  await writeMoney(sql, whose, added);
  const moves = await writeDays(sql, whose, added);
  await writeTenders(sql, whose, added);
  await writeProducts(sql, whose, added);
  await writeDone(sql, whose, added);
  if (added.unread.size > 0) {
    const rows = [...added.unread.values()];
    await sql.run(
      `INSERT INTO unread_fact (tenant_id, store_id, kind, version, told)
       SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::bigint[])
       ON CONFLICT (tenant_id, store_id, kind, version) DO UPDATE SET told = unread_fact.told + excluded.told`,
      [...whose, rows.map(({ kind }) => plain(kind)), rows.map(({ version }) => version), rows.map(({ told }) => told)],
    );
  }
  return moves;
}

async function writeOrders(sql: Sql, whose: readonly string[], { orders }: Projection): Promise<void> {
  if (orders.size === 0) return;
  const rows = [...orders].sort(([one], [other]) => (one < other ? -1 : 1));
  const column = <Value>(pick: (row: (typeof rows)[number][1]) => Value): Value[] => rows.map(([, row]) => pick(row));
  await sql.run(
    `INSERT INTO order_seen (tenant_id, store_id, order_id, order_number, table_name, status, covers, total_minor,
       due_minor, opened_at, settled_day, settled_at, seq)
     SELECT $1, $2, * FROM unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::bigint[],
       $10::bigint[], $11::date[], $12::bigint[], $13::bigint[])
     ON CONFLICT (tenant_id, store_id, order_id) DO UPDATE SET order_number = excluded.order_number,
       table_name = excluded.table_name, status = excluded.status,
       covers = coalesce(excluded.covers, order_seen.covers), total_minor = excluded.total_minor,
       due_minor = excluded.due_minor, opened_at = coalesce(excluded.opened_at, order_seen.opened_at),
       settled_day = coalesce(excluded.settled_day, order_seen.settled_day),
       settled_at = coalesce(excluded.settled_at, order_seen.settled_at), seq = excluded.seq`,
    [
      ...whose,
      rows.map(([id]) => id),
      column(({ orderNumber }) => orderNumber),
      column(({ tableName }) => plainOrNull(tableName)),
      column(({ status }) => plain(status)),
      column(({ covers }) => covers),
      column(({ totalMinor }) => totalMinor),
      column(({ dueMinor }) => dueMinor),
      column(({ openedAt }) => openedAt),
      column(({ settledDay }) => settledDay),
      column(({ settledAt }) => settledAt),
      column(({ seq }) => seq),
    ],
  );
}

async function writeMoney(sql: Sql, whose: readonly string[], { payments, refunds }: Projection): Promise<void> {
  if (payments.length > 0)
    await sql.run(
      `INSERT INTO payment_seen (tenant_id, store_id, payment_id, order_id, business_day, method, amount_minor,
         tip_minor, recorded_at, seq)
       SELECT $1, $2, * FROM unnest($3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::bigint[], $8::bigint[],
         $9::bigint[], $10::bigint[])`,
      [
        ...whose,
        payments.map(({ payment_id }) => payment_id),
        ...shared(payments),
        payments.map(({ tip_minor }) => tip_minor),
        ...when(payments),
      ],
    );
  if (refunds.length > 0)
    await sql.run(
      `INSERT INTO refund_seen (tenant_id, store_id, refund_id, order_id, business_day, method, amount_minor,
         returned_minor, recorded_at, seq)
       SELECT $1, $2, * FROM unnest($3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::bigint[], $8::bigint[],
         $9::bigint[], $10::bigint[])`,
      [
        ...whose,
        refunds.map(({ refund_id }) => refund_id),
        ...shared(refunds),
        refunds.map(({ returned_minor }) => returned_minor),
        ...when(refunds),
      ],
    );
}

type Money = Projection['payments'][number] | Projection['refunds'][number];

const shared = (rows: readonly Money[]): unknown[][] => [
  rows.map(({ order_id }) => order_id),
  rows.map(({ business_day }) => business_day),
  rows.map(({ method }) => method),
  rows.map(({ amount_minor }) => amount_minor),
];
const when = (rows: readonly Money[]): unknown[][] => [
  rows.map(({ recorded_at }) => recorded_at),
  rows.map(({ seq }) => seq),
];

async function writeTenders(sql: Sql, whose: readonly string[], { tenders }: Projection): Promise<void> {
  if (tenders.size === 0) return;
  const rows = [...tenders].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  await sql.run(
    `INSERT INTO day_tender (tenant_id, store_id, business_day, method, payments, taken_minor, tip_minor, refunded_minor)
     SELECT $1, $2, * FROM unnest($3::date[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
     ON CONFLICT (tenant_id, store_id, business_day, method) DO UPDATE SET
       payments = day_tender.payments + excluded.payments, taken_minor = day_tender.taken_minor + excluded.taken_minor,
       tip_minor = day_tender.tip_minor + excluded.tip_minor,
       refunded_minor = day_tender.refunded_minor + excluded.refunded_minor`,
    [
      ...whose,
      rows.map(({ day }) => day),
      rows.map(({ method }) => method),
      rows.map(({ payments }) => payments),
      rows.map(({ takenMinor }) => takenMinor),
      rows.map(({ tipMinor }) => tipMinor),
      rows.map(({ refundedMinor }) => refundedMinor),
    ],
  );
}

async function writeProducts(sql: Sql, whose: readonly string[], { products, touched }: Projection): Promise<void> {
  if (products.size > 0) {
    const rows = [...products.values()];
    await sql.run(
      `INSERT INTO product_seen (tenant_id, store_id, product_id, name, price_minor, vat_bps, active, seq)
       SELECT $1, $2, * FROM unnest($3::uuid[], $4::text[], $5::bigint[], $6::int[], $7::boolean[], $8::bigint[])
       ON CONFLICT (tenant_id, store_id, product_id) DO UPDATE SET name = excluded.name,
         price_minor = excluded.price_minor, vat_bps = excluded.vat_bps, active = excluded.active, seq = excluded.seq`,
      [
        ...whose,
        rows.map(({ product_id }) => product_id),
        rows.map(({ name }) => plain(name)),
        rows.map(({ price_minor }) => price_minor),
        rows.map(({ vat_bps }) => vat_bps),
        rows.map(({ active }) => active),
        rows.map(({ seq }) => seq),
      ],
    );
  }
  if (touched.size > 0)
    await sql.run(
      `UPDATE product_seen SET seq = new.seq FROM unnest($3::uuid[], $4::bigint[]) AS new (id, seq)
       WHERE tenant_id = $1 AND store_id = $2 AND product_id = new.id`,
      [...whose, [...touched.keys()], [...touched.values()]],
    );
}

async function writeDone(sql: Sql, whose: readonly string[], { done }: Projection): Promise<void> {
  if (done.size === 0) return;
  await sql.run(
    `INSERT INTO command_done (tenant_id, store_id, command_id, seq)
     SELECT $1, $2, * FROM unnest($3::uuid[], $4::bigint[]) ON CONFLICT (tenant_id, store_id, command_id) DO NOTHING`,
    [...whose, [...done.keys()], [...done.values()]],
  );
}

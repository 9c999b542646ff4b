import type { z } from 'zod';
import { lineChanged, linesAdded, lineVoided, orderOpened } from '#contract/orders.facts.ts';
import { type CheckLeftBehind, type LeftBehind, MOST_LEFT_BEHIND } from '#contract/relay.left-behind.ts';
import type { BatchEntry } from '#contract/relay.ts';
import type { Sql } from '../db/database.ts';
import { foldFacts, jsonOf } from './fold.ts';
import { entriesOf, type Kept } from './rebuild-store.ts';
import type { ProvenStore } from './stores.ts';

/** So many batches are read at most: whoever left more behind had no snapshot for days. */
const MOST_BATCHES = 40;

/**
 * What a store left behind by being restored, as far as it had been sent here: its checks and their money, out of the
 * batches that are kept.
 */
export async function leftBehind(sql: Sql, { tenantId, storeId }: ProvenStore): Promise<LeftBehind> {
  const batches = await sql.rows<Kept & { readonly fromSeq: number }>(
    `SELECT b.epoch_id AS "epochId", b.first_seq AS "firstSeq", b.last_seq AS "lastSeq", o.first AS "fromSeq"
     FROM batch b JOIN (
       SELECT tenant_id, store_id, epoch_id, min(seq) AS first FROM entry
       WHERE tenant_id = $1 AND store_id = $2 AND orphaned GROUP BY tenant_id, store_id, epoch_id
     ) o ON o.tenant_id = b.tenant_id AND o.store_id = b.store_id AND o.epoch_id = b.epoch_id
     WHERE b.tenant_id = $1 AND b.store_id = $2 AND b.last_seq >= o.first
     ORDER BY b.taken_at DESC, b.first_seq DESC LIMIT $3`,
    [tenantId, storeId, MOST_BATCHES + 1],
  );
  const entries: BatchEntry[] = [];
  for (const batch of batches.slice(0, MOST_BATCHES).reverse()) {
    const whole = await entriesOf(sql, tenantId, storeId, batch);
    entries.push(...whole.filter(({ seq }) => seq >= batch.fromSeq));
  }
  const checks = checksIn(entries);
  return {
    entries: entries.length,
    checks: checks.slice(0, MOST_LEFT_BEHIND),
    more: batches.length > MOST_BATCHES || checks.length > MOST_LEFT_BEHIND,
  };
}

function checksIn(entries: readonly BatchEntry[]): CheckLeftBehind[] {
  const { orders, payments, refunds } = foldFacts(entries);
  const recordedAt = new Map(entries.map(({ seq, recorded_at }) => [seq, recorded_at]));
  const ordered = linesIn(entries);
  const paid = Map.groupBy(payments, ({ order_id }) => order_id);
  const refunded = Map.groupBy(refunds, ({ order_id }) => order_id);
  const checks = [...orders].map(([id, order]) => ({
    order_id: id,
    number: order.orderNumber,
    table: order.tableName,
    status: order.status,
    total_minor: order.totalMinor,
    opened_at: order.openedAt,
    last_at: recordedAt.get(order.seq) ?? 0,
    lines: [...(ordered.get(id)?.values() ?? [])],
    payments: (paid.get(id) ?? []).map(({ method, amount_minor, tip_minor }) => ({ method, amount_minor, tip_minor })),
    refunded_minor: (refunded.get(id) ?? []).reduce((sum, { amount_minor }) => sum + amount_minor, 0),
  }));
  return checks.sort((one, other) => other.last_at - one.last_at || other.number - one.number);
}

type Line = CheckLeftBehind['lines'][number];
type Lines = Map<string, Line>;

const put = (lines: Lines, { line_id, product_name, quantity }: z.output<typeof lineChanged.body>['line']): unknown =>
  lines.set(line_id, { name: product_name, quantity });

/** What a fact does to the lines of its check. */
const changes: Readonly<Record<string, (body: unknown, linesOf: (check: string) => Lines) => void>> = {
  [orderOpened.kind](body, linesOf) {
    const { data } = orderOpened.body.safeParse(body);
    for (const line of data?.lines ?? []) put(linesOf(data?.order_id ?? ''), line);
  },
  [linesAdded.kind](body, linesOf) {
    const { data } = linesAdded.body.safeParse(body);
    for (const line of data?.lines ?? []) put(linesOf(data?.order_id ?? ''), line);
  },
  [lineChanged.kind](body, linesOf) {
    const { data } = lineChanged.body.safeParse(body);
    if (data !== undefined) put(linesOf(data.order_id), data.line);
  },
  [lineVoided.kind](body, linesOf) {
    const { data } = lineVoided.body.safeParse(body);
    if (data !== undefined) linesOf(data.order_id).delete(data.line_id);
  },
};

/** What was ordered and not voided, by check and by line. */
function linesIn(entries: readonly BatchEntry[]): Map<string, Lines> {
  const checks = new Map<string, Lines>();
  const linesOf = (check: string): Lines => {
    const lines = checks.get(check) ?? new Map<string, Line>();
    checks.set(check, lines);
    return lines;
  };
  for (const { kind, body } of entries.flatMap(({ parts }) => parts))
    if (body !== null) changes[kind]?.(jsonOf(body), linesOf);
  return checks;
}

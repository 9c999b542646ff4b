import type { Connection } from '../db/connection.ts';
import { entriesWithParts, type StoredEntry, type StoredPart } from './rows.ts';
import { verifyChain } from './verify.ts';

/** The order somebody asks about, as it stands now. */
export interface WhyOrder {
  readonly id: string;
  readonly orderNumber: number;
  readonly businessDay: string;
  readonly status: string;
  readonly tableName: string | null;
  readonly covers: number;
  readonly serverId: string | null;
}

export interface WhyReceipt {
  readonly outcome: 'applied' | 'refused';
  readonly recordedAt: number;
}

export interface WhyEntry extends StoredEntry {
  readonly facts: readonly StoredPart[];
  readonly receipt: WhyReceipt | null;
}

export interface WhyJob {
  readonly lane: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  readonly attempt: number;
  readonly repeatPossible: number;
  readonly confirmed: number | null;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Everything the store knows about how an order came to be as it is. Times are epoch ms. */
export interface WhyReport {
  readonly order: WhyOrder;
  readonly entries: readonly WhyEntry[];
  readonly jobs: readonly WhyJob[];
  readonly chain: ReturnType<typeof verifyChain>;
  readonly head: number;
  readonly epoch: string;
  /** How far the cloud relay had confirmed when that was last noted; null while the store belongs to none. */
  readonly relay: { readonly seq: number; readonly state: string } | null;
}

const orderColumns = `id, order_number AS orderNumber, business_day AS businessDay, status, table_name AS tableName,
  covers, server_id AS serverId`;

/**
 * Finds the order that people call by a number, or that has this uuid. Numbers begin anew each business day; without a
 * day the latest order of that number is meant.
 * @param day YYYY-MM-DD
 */
export function findOrder({ sqlite }: Connection, asked: number | string, day: string | null): WhyOrder | undefined {
  if (typeof asked === 'string') {
    return sqlite.prepare<[string], WhyOrder>(`SELECT ${orderColumns} FROM orders WHERE id = ?`).get(asked);
  }
  return sqlite
    .prepare<[number, string | null, string | null], WhyOrder>(
      `SELECT ${orderColumns} FROM orders WHERE order_number = ? AND (? IS NULL OR business_day = ?)
       ORDER BY business_day DESC LIMIT 1`,
    )
    .get(asked, day, day);
}

/** The order with its payments and refunds: whatever is told of these is told of the order. */
const itsIds = `SELECT @order UNION ALL SELECT id FROM payment WHERE order_id = @order
  UNION ALL SELECT id FROM refund WHERE order_id = @order`;

/** Numbers of the entries that say something of the order, its payments and refunds, or the slips printed for it. */
function entriesAbout({ sqlite }: Connection, orderId: string): number[] {
  return sqlite
    .prepare<{ order: string }, { seq: number }>(
      `SELECT seq FROM journal_part WHERE entity_id IN (${itsIds})
       UNION
       SELECT seq FROM journal_part WHERE entity_id IN (SELECT id FROM printer) AND role = 'fact'
         AND body ->> 'subject_id' IN (${itsIds})
       ORDER BY seq`,
    )
    .all({ order: orderId })
    .map(({ seq }) => seq);
}

/** Gathers the report. It only reads, so that it can be asked for while the server runs. */
export function whyOrder(connection: Connection, order: WhyOrder): WhyReport {
  const { sqlite } = connection;
  const receiptOf = sqlite.prepare<[string, string], WhyReceipt>(
    'SELECT outcome, recorded_at AS recordedAt FROM receipt WHERE scope = ? AND key = ?',
  );
  const entries = entriesWithParts(connection, entriesAbout(connection, order.id)).map(({ parts, ...entry }) => ({
    ...entry,
    facts: parts.filter(({ role }) => role === 'fact'),
    receipt: entry.scope === null || entry.key === null ? null : (receiptOf.get(entry.scope, entry.key) ?? null),
  }));
  const jobs = sqlite
    .prepare<{ order: string }, WhyJob>(
      `SELECT lane, kind, payload ->> 'title' AS title, state, attempt, repeat_possible AS repeatPossible, confirmed,
         reason, created_at AS createdAt, updated_at AS updatedAt FROM job WHERE subject_id IN (${itsIds}) ORDER BY n`,
    )
    .all({ order: order.id });
  const head = sqlite.prepare('SELECT coalesce(max(seq), 0) FROM journal').pluck().get() as number;
  const epoch = sqlite.prepare('SELECT id FROM epoch ORDER BY rowid DESC LIMIT 1').pluck().get() as string;
  const relay = sqlite
    .prepare<[], { seq: number; state: string }>(
      `SELECT coalesce(c.seq, 0) AS seq, coalesce(c.state, 'open') AS state
       FROM relay_membership m LEFT JOIN relay_cursor c ON c.id = m.id`,
    )
    .get();
  return { order, entries, jobs, chain: verifyChain(connection), head, epoch, relay: relay ?? null };
}

/** What people call somebody or something, by its id; undefined when nobody of that id is known. */
export function nameFinder({ sqlite }: Connection): (id: string) => string | undefined {
  const find = sqlite
    .prepare<{ id: string }, string>(
      `SELECT first_name || ' ' || substr(last_name, 1, 1) || '.' FROM staff_member WHERE id = @id
       UNION ALL SELECT name FROM device WHERE id = @id
       UNION ALL SELECT name FROM printer WHERE id = @id
       UNION ALL SELECT name FROM station WHERE id = @id
       UNION ALL SELECT 'table ' || name FROM dining_table WHERE id = @id
       UNION ALL SELECT name FROM product WHERE id = @id
       UNION ALL SELECT name FROM till WHERE id = @id`,
    )
    .pluck();
  return (id) => (id === 'platform' ? 'the platform' : (find.get({ id }) as string | undefined));
}

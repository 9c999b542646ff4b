import type Database from 'better-sqlite3';
import type { ApiClient } from '../../harness/api-client.ts';
import type { Dice } from '../dice.ts';

/** One tap of a finger: what is sent under one key, and how often the rows say that it was done. */
export interface Wish {
  readonly kind: string;
  readonly key: string;
  readonly header: 'Idempotency-Key' | 'X-Idempotency-Key';
  readonly method: string;
  readonly path: string;
  readonly body: object;
  /** Another wish that somebody sends under the same key by mistake. */
  readonly other: object;
  /** The status that every copy has to get. */
  readonly status: number;
  /** What it left behind, counted by rows that carry the key, without asking receipts or the journal. */
  readonly effects: (database: Database.Database) => number;
}

/** What taps are made with: a menu, an open drawer, and checks that several people work on at once. */
export interface Pantry {
  readonly api: ApiClient;
  readonly products: readonly number[];
  readonly session: number;
  /** Big open checks for many small payments and rounds. */
  readonly busy: readonly string[];
}

export const kinds = [
  'whole order',
  'empty check',
  'round',
  'cash',
  'card to the end',
  'legacy payment',
  'refund',
  'cash movement',
  'void',
  'split',
  'fire',
  'refusal',
] as const;
type Kind = (typeof kinds)[number];

/** Lays in what the wishes need. Takes an open drawer for granted. */
export async function stock(api: ApiClient, session: number): Promise<Pantry> {
  const listed = (await api.must('GET', 'products/mobile')) as {
    id: number;
    needs_choice: boolean;
  }[];
  const products = listed.filter(({ needs_choice }) => !needs_choice).map(({ id }) => id);
  const busy: string[] = [];
  for (let n = 0; n < 12; n += 1) busy.push(await check(api, products[n] ?? 1, 99));
  return { api, products, session, busy };
}

/** An open check with one dish on it, held. */
async function check(api: ApiClient, product_id: number, quantity = 2): Promise<string> {
  const { id } = await api.must('POST', 'orders', { order_type: 'counter' });
  await api.must('POST', `orders/${id}/lines`, {
    lines: [{ product_id, quantity }],
  });
  return id;
}

const counted =
  (sql: string, ...values: readonly string[]) =>
  (database: Database.Database): number =>
    database
      .prepare(sql)
      .pluck()
      .get(...values) as number;

/** A wish of the given kind; whatever it needs is prepared by ordinary requests. */
export async function wish(pantry: Pantry, kind: Kind, at: Dice): Promise<Wish> {
  const { api, products, session, busy } = pantry;
  const key = at.uuid();
  const product_id = at.pick(products);
  const base = {
    kind,
    key,
    header: 'Idempotency-Key',
    method: 'POST',
    status: 201,
  } as const;
  const orders = '/api/v1/orders';
  switch (kind) {
    case 'whole order': {
      const items = [{ product_id, quantity: at.between(1, 3) }];
      const order = { items, order_type: 'takeaway', customer_name: key };
      const sql = 'SELECT count(*) FROM orders WHERE customer_name = ?';
      const other = { ...order, note: 'and cutlery' };
      return {
        ...base,
        path: orders,
        body: order,
        other,
        effects: counted(sql, key),
      };
    }
    case 'empty check': {
      const body = { order_type: 'bar', customer_name: key };
      const sql = 'SELECT count(*) FROM orders WHERE customer_name = ?';
      return {
        ...base,
        path: orders,
        body,
        other: { ...body, covers: 3 },
        effects: counted(sql, key),
      };
    }
    case 'round': {
      const body = { lines: [{ product_id, quantity: 1, note: key }] };
      const sql = 'SELECT count(*) FROM order_line WHERE note = ?';
      const other = { lines: [{ product_id, quantity: 2, note: key }] };
      return {
        ...base,
        path: `${orders}/${at.pick(busy)}/lines`,
        body,
        other,
        effects: counted(sql, key),
      };
    }
    case 'cash': {
      const body = {
        method: 'cash',
        amount: at.between(1, 300) / 100,
        tendered: 5,
        reference: key,
      };
      const other = { ...body, tendered: 10 };
      return {
        ...base,
        path: `${orders}/${at.pick(busy)}/payments`,
        body,
        other,
        effects: payments(key),
      };
    }
    case 'card to the end': {
      const order = await check(api, product_id);
      const due = (await api.must('GET', `orders/${order}`)).amount_due;
      const body = {
        method: 'card',
        amount: due,
        tip_amount: 1.5,
        reference: key,
      };
      return {
        ...base,
        path: `${orders}/${order}/payments`,
        body,
        other: { ...body, tip_amount: 15 },
        effects: (database) =>
          Math.max(
            payments(key)(database),
            counted("SELECT count(*) FROM ledger_entry WHERE kind = 'sale' AND order_id = ?", order)(database),
          ),
      };
    }
    case 'legacy payment': {
      const body = {
        order_id: at.pick(busy),
        payment_method: 'stripe',
        amount: 0.5,
        reference: key,
      };
      const other = { ...body, amount: 0.51 };
      return {
        ...base,
        header: 'X-Idempotency-Key',
        path: '/api/v1/payments',
        body,
        other,
        effects: payments(key),
      };
    }
    case 'refund': {
      const order = await check(api, product_id, 5);
      const due = (await api.must('GET', `orders/${order}`)).amount_due;
      await api.must('POST', `orders/${order}/payments`, {
        method: 'card',
        amount: due,
        reference: 'none',
      });
      const body = { amount: 0.75, reason: key };
      const sql = 'SELECT count(*) FROM refund WHERE reason = ?';
      const other = { amount: 0.76, reason: key };
      return {
        ...base,
        path: `${orders}/${order}/refunds`,
        body,
        other,
        effects: counted(sql, key),
      };
    }
    case 'cash movement': {
      const body = {
        direction: at.pick(['in', 'out']),
        amount: at.between(1, 2000) / 100,
        reason: key,
      };
      const path = `/api/v1/pos/sessions/${session}/cash-movements`;
      const sql = 'SELECT count(*) FROM cash_movement WHERE reason = ?';
      return {
        ...base,
        path,
        body,
        other: { ...body, amount: 77 },
        effects: counted(sql, key),
      };
    }
    case 'void': {
      const order = await check(api, product_id);
      const [line] = (await api.must('GET', `orders/${order}`)).lines;
      const sql = `SELECT count(*) FROM journal_part WHERE entity_id = ? AND kind = 'order.line_voided'`;
      const path = `${orders}/${order}/lines/${line.id}/void`;
      const body = { reason: key };
      return {
        ...base,
        status: 200,
        path,
        body,
        other: { reason: 'wrong' },
        effects: counted(sql, order),
      };
    }
    case 'split': {
      const order = await check(api, product_id);
      const sql = 'SELECT count(DISTINCT split_id) FROM order_share WHERE order_id = ?';
      const body = { mode: 'even', ways: at.between(2, 6) };
      return {
        ...base,
        path: `${orders}/${order}/splits`,
        body,
        other: { mode: 'even', ways: 7 },
        effects: counted(sql, order),
      };
    }
    case 'fire': {
      const order = await check(api, product_id);
      const sql = `SELECT count(*) FROM journal_part WHERE entity_id = ? AND kind = 'order.fired'`;
      return {
        ...base,
        status: 200,
        path: `${orders}/${order}/fire`,
        body: {},
        other: { course: 1 },
        effects: counted(sql, order),
      };
    }
    case 'refusal': {
      // A final refusal is an answer like any other: it leaves nothing, and a repeat hears the very same one.
      const body = { lines: [{ product_id: 999_999, quantity: 1, note: key }] };
      const other = { lines: [{ product_id, quantity: 1, note: key }] };
      const sql = 'SELECT 1 + count(*) FROM order_line WHERE note = ?';
      return {
        ...base,
        status: 404,
        path: `${orders}/${at.pick(busy)}/lines`,
        body,
        other,
        effects: counted(sql, key),
      };
    }
  }
}

const payments = (reference: string) => counted('SELECT count(*) FROM payment WHERE reference = ?', reference);

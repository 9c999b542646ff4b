import type { z } from 'zod';
import type { productChanged } from '#contract/menu.facts.ts';
import type { orderChanged } from '#contract/orders.facts.ts';
import type { paymentRecorded, refundRecorded } from '#contract/payments.facts.ts';
import type { daySealed } from '#contract/reports.ts';

/** Where a fact stands: its entry's number and when that was recorded, epoch ms. */
export interface Noted {
  readonly seq: number;
  readonly recordedAt: number;
}

/** How an order was seen last. What no fact of this stretch says is null and leaves what stands. */
export interface OrderSeen {
  orderNumber: number;
  tableName: string | null;
  status: string;
  covers: number | null;
  totalMinor: number;
  dueMinor: number;
  openedAt: number | null;
  settledDay: string | null;
  settledAt: number | null;
  seq: number;
}

/** What is to be added to a day; minor units. */
export interface DayAdded {
  currency: string | null;
  orders: number;
  covers: number;
  salesMinor: number;
  vatMinor: number;
  serviceMinor: number;
  refundsMinor: number;
  refundCount: number;
  tipsMinor: number;
  sealedAt: number | null;
  sealed: z.output<typeof daySealed.body> | null;
}

export interface TenderAdded {
  readonly day: string;
  readonly method: string;
  payments: number;
  takenMinor: number;
  tipMinor: number;
  refundedMinor: number;
}

type Recorded<Body> = Body & { readonly recorded_at: number; readonly seq: number };

/** What a stretch of entries adds to one store's read models. */
export interface Projection {
  readonly orders: Map<string, OrderSeen>;
  readonly payments: Recorded<z.output<typeof paymentRecorded.body>>[];
  readonly refunds: Recorded<z.output<typeof refundRecorded.body>>[];
  readonly days: Map<string, DayAdded>;
  readonly tenders: Map<string, TenderAdded>;
  readonly products: Map<string, z.output<typeof productChanged.body> & { readonly seq: number }>;
  /** Products that an entry touched, by its number: the version that a command from here is based on. */
  readonly touched: Map<string, number>;
  /** Commands of the platform that were done, by id, and the number of the entry that says so. */
  readonly done: Map<string, number>;
  readonly unread: Map<string, { readonly kind: string; readonly version: number; told: number }>;
}

export const newProjection = (): Projection => ({
  orders: new Map(),
  payments: [],
  refunds: [],
  days: new Map(),
  tenders: new Map(),
  products: new Map(),
  touched: new Map(),
  done: new Map(),
  unread: new Map(),
});

/** The entry of a map, made when it is asked for first. */
function of<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

export const noteDay = ({ days }: Projection, day: string): DayAdded =>
  of(days, day, () => ({
    currency: null,
    orders: 0,
    covers: 0,
    salesMinor: 0,
    vatMinor: 0,
    serviceMinor: 0,
    refundsMinor: 0,
    refundCount: 0,
    tipsMinor: 0,
    sealedAt: null,
    sealed: null,
  }));

export const noteTender = ({ tenders }: Projection, day: string, method: string): TenderAdded =>
  of(tenders, `${day} ${method}`, () => ({
    day,
    method,
    payments: 0,
    takenMinor: 0,
    tipMinor: 0,
    refundedMinor: 0,
  }));

type OrderHead = Omit<z.output<typeof orderChanged.body>, 'changed' | 'covers'> & { readonly covers?: number };

/** What every fact about an order says of it, and whatever this one says besides. */
export function noteOrder(into: Projection, body: OrderHead, at: Noted, more: Partial<OrderSeen> = {}): void {
  const before = into.orders.get(body.order_id);
  into.orders.set(body.order_id, {
    openedAt: null,
    settledDay: null,
    settledAt: null,
    ...before,
    orderNumber: body.order_number,
    tableName: body.table_name,
    status: body.new_status,
    covers: body.covers ?? before?.covers ?? null,
    totalMinor: body.total_minor,
    dueMinor: body.due_minor,
    seq: at.seq,
    ...more,
  });
}

export function noteUnread({ unread }: Projection, kind: string, version: number): void {
  of(unread, `${kind} ${version}`, () => ({ kind, version, told: 0 })).told += 1;
}

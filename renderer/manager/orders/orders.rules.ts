import type { z } from 'zod';
import type { OrderDto } from '#contract/orders.dto.ts';
import type { Level } from '#ui/signs.tsx';
import type { texts } from './orders.texts.ts';

export type Order = z.output<typeof OrderDto>;
export type Line = Order['lines'][number];
type StateWord = keyof typeof texts.states;

/** Guests begin to look round for their food after about this long. */
export const LATE_MINUTES = 20;

/** The one word that says how far a check is, and how well that is. */
export function stateOf(order: Order): { word: StateWord; level: Level } {
  if (order.check_status === 'cancelled') return { word: 'voided', level: 'neutral' };
  if (order.payment_status === 'refunded') return { word: 'refunded', level: 'neutral' };
  if (order.check_status === 'closed') return { word: order.state === 'done' ? 'closed' : 'paid', level: 'ok' };
  if (order.amount_paid > 0) return { word: 'part_paid', level: 'warn' };
  if (order.bill_printed_at !== null) return { word: 'bill', level: 'info' };
  if (order.status === 'served') return { word: 'served', level: 'ok' };
  if (order.status === 'ready') return { word: 'ready', level: 'ok' };
  if (order.status === 'pending')
    return { word: standing(order).length === 0 ? 'draft' : 'on_server', level: 'neutral' };
  return { word: 'in_kitchen', level: 'info' };
}

const standing = (order: Order): Line[] => order.lines.filter(({ status }) => status !== 'voided');
const portions = (lines: readonly Line[]): number => lines.reduce((all, { quantity }) => all + quantity, 0);
export const itemsOf = (order: Order): number => portions(standing(order));
export const heldOf = (order: Order): number => portions(order.lines.filter(({ status }) => status === 'held'));

/** How far the kitchen is with what it was told of. */
export function kitchenOf(order: Order) {
  const told = standing(order).filter(({ status }) => status !== 'held');
  const done = told.filter(({ status }) => status === 'ready' || status === 'served');
  return {
    told: portions(told),
    done: portions(done),
    served: told.length > 0 && told.every(({ status }) => status === 'served'),
    held: portions(standing(order)) - portions(told),
  };
}

/** Since when the longest-waiting dish has been cooking, epoch ms; null where none is. */
export function cookingSince(order: Order): number | null {
  const times = order.lines
    .filter(({ status }) => status === 'fired' || status === 'preparing')
    .flatMap(({ fired_at }) => (fired_at === null ? [] : [Date.parse(fired_at)]));
  return times.length === 0 ? null : Math.min(...times);
}

export function isLate(order: Order, now: number): boolean {
  const since = cookingSince(order);
  return order.check_status === 'open' && since !== null && now - since > LATE_MINUTES * 60_000;
}

export const onlyFilters = ['unpaid', 'late', 'needs'] as const;
export type Only = (typeof onlyFilters)[number];
export const orderTypes = ['dine_in', 'bar', 'counter', 'takeaway', 'collection', 'delivery'] as const;

export interface Wanted {
  readonly type: string | null;
  readonly only: Only | null;
  readonly typed: string;
}

/** Whether a check is one of those: `needs` is what somebody has to look at. */
export function isOnly(order: Order, only: Only, now: number): boolean {
  if (only === 'unpaid') return order.amount_due > 0;
  if (only === 'late') return isLate(order, now);
  return order.flags.length > 0;
}

/** By number (with or without #), table, guest, server, or a dish on it. */
function fits(order: Order, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  if (/^#\d+$/.test(wanted)) return String(order.order_number) === wanted.slice(1);
  if (/^t\d+$/.test(wanted) && order.table_number === wanted.slice(1)) return true;
  const there = [
    String(order.order_number),
    order.table_number,
    order.customer_name,
    order.server_name,
    ...order.lines.map(({ product_name }) => product_name),
  ];
  return there.some((text) => text?.toLowerCase().includes(wanted) === true);
}

export const shownOf = (orders: readonly Order[], { type, only, typed }: Wanted, now: number): Order[] =>
  orders.filter(
    (order) =>
      (type === null || order.order_type === type) && (only === null || isOnly(order, only, now)) && fits(order, typed),
  );

export const columns = ['number', 'where', 'server', 'items', 'kitchen', 'age', 'total', 'state'] as const;
export type Column = (typeof columns)[number];
export interface Sort {
  readonly by: Column;
  readonly down: boolean;
}

/** What is older has the greater age; what was settled is put in order by when that was. */
const time = ({ closed_at, created_at }: Order): number =>
  closed_at === null ? -Date.parse(created_at) : Date.parse(closed_at);
const values: Readonly<Record<Column, (order: Order) => number | string>> = {
  number: (order) => order.mobile_id,
  where: (order) => order.table_number ?? `~${order.order_type} ${order.customer_name ?? ''}`,
  server: (order) => order.server_name ?? '',
  items: itemsOf,
  kitchen: (order) => cookingSince(order) ?? Number.MAX_SAFE_INTEGER,
  age: time,
  total: (order) => order.total_amount,
  state: (order) => stateOf(order).word,
};

const compare = new Intl.Collator('en-GB', { numeric: true }).compare;

/** A stable order: what is equal stands as it was opened. */
export function sorted(orders: readonly Order[], { by, down }: Sort): Order[] {
  const value = values[by];
  return [...orders].sort((a, b) => {
    const [one, other] = down ? [value(b), value(a)] : [value(a), value(b)];
    const difference =
      typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other));
    return difference === 0 ? a.mobile_id - b.mobile_id : difference;
  });
}

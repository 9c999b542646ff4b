/**
 * Which of the twelve events a fact is on the sockets, as a table. The first row whose beginning fits counts;
 * `action` tells events of one name apart. What is not here is a `system_notification`.
 */
export type EventName =
  | 'order_created'
  | 'order_status_changed'
  | 'payment_completed'
  | 'payment_failed'
  | 'inventory_low'
  | 'inventory_out'
  | 'user_login'
  | 'user_logout'
  | 'kitchen_update'
  | 'table_status_changed'
  | 'restaurant_status'
  | 'system_notification';

const eventOfKind: readonly (readonly [kind: string, event: EventName])[] = [
  ['order.opened', 'order_created'],
  ['order.fired', 'kitchen_update'],
  ['order.line_bumped', 'kitchen_update'],
  ['order.void_slip', 'kitchen_update'],
  ['order.', 'order_status_changed'],
  ['refund.', 'order_status_changed'],
  ['payment.recorded', 'payment_completed'],
  ['payment.refused', 'payment_failed'],
  ['table.', 'table_status_changed'],
  ['shift.', 'restaurant_status'],
  ['session.', 'restaurant_status'],
  ['stock.sold_out', 'inventory_out'],
  ['stock.', 'inventory_low'],
  ['staff.signed_in', 'user_login'],
  ['staff.signed_out', 'user_logout'],
];

/** The event's name on the sockets. */
export const eventNameOf = (kind: string): EventName =>
  eventOfKind.find(([beginning]) => kind.startsWith(beginning))?.[1] ?? 'system_notification';

/** What happened, in one word: `line_voided` of `order.line_voided`. */
export const actionOf = (kind: string): string => kind.slice(kind.indexOf('.') + 1);

/** Things that went wrong somewhere and that a person should look at. */
const urgent = /^printer\.job_(?:stuck|uncertain|died)$/;

export const priorityOf = (kind: string): 'normal' | 'high' => (urgent.test(kind) ? 'high' : 'normal');

/** The twelve events that clients know. */
export const eventNames = [
  'order_created',
  'order_status_changed',
  'payment_completed',
  'payment_failed',
  'inventory_low',
  'inventory_out',
  'user_login',
  'user_logout',
  'kitchen_update',
  'table_status_changed',
  'restaurant_status',
  'system_notification',
] as const;
export type EventName = (typeof eventNames)[number];

/**
 * Which event a fact is on the sockets: the first row whose beginning fits. `action` tells facts of one event apart.
 * What is not here is a `system_notification`.
 */
const eventOfKind: readonly (readonly [beginning: string, event: EventName])[] = [
  ['order.opened', 'order_created'],
  ['order.fired', 'kitchen_update'],
  ['order.line_moved', 'kitchen_update'],
  ['order.suspected_double', 'system_notification'],
  ['order.', 'order_status_changed'],
  ['kitchen.', 'kitchen_update'],
  ['refund.', 'order_status_changed'],
  ['payment.refused', 'payment_failed'],
  ['payment.', 'payment_completed'],
  ['table.', 'table_status_changed'],
  ['shift.', 'restaurant_status'],
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

/** Things that went wrong and that a person should look at now. */
const urgent = new Set([
  'printer.job_stuck',
  'printer.job_uncertain',
  'printer.job_died',
  'order.suspected_double',
  'staff.pin_locked',
  'device.locked',
]);

export const priorityOf = (kind: string): 'normal' | 'high' => (urgent.has(kind) ? 'high' : 'normal');

/** What clients of other generations call the same events when they subscribe. */
const otherNames: Readonly<Record<string, readonly EventName[]>> = {
  order_updated: ['order_status_changed'],
  payment_processed: ['payment_completed'],
  inventory_updated: ['inventory_low', 'inventory_out'],
  kitchen_status: ['kitchen_update'],
};

/** Events that a client names in a subscription; names nobody knows are left out. */
export function eventsNamed(names: readonly string[]): EventName[] {
  const known = names.flatMap((name) => {
    const plain = name.replaceAll('.', '_');
    return Object.hasOwn(otherNames, plain) ? (otherNames[plain] ?? []) : eventNames.filter((event) => event === plain);
  });
  return [...new Set(known)];
}

import type { CheckStatus, LineStatus, OrderState, OrderStatus, PaymentStatus } from '#contract/orders.ts';

/** What clients show: how far the slowest fired dish is, until the check is paid and everything is on the table. */
export function orderStatus(
  check: { readonly status: CheckStatus; readonly dayIsSealed: boolean },
  lines: readonly { readonly status: LineStatus }[],
): OrderStatus {
  if (check.status === 'cancelled') return 'cancelled';
  const standing = lines.filter(({ status }) => status !== 'voided');
  const fired = standing.filter(({ status }) => status !== 'held');
  const allServed = fired.every(({ status }) => status === 'served');
  if (check.status === 'closed' && (check.dayIsSealed || (allServed && fired.length === standing.length))) {
    return 'completed';
  }
  if (fired.length === 0) return 'pending';
  if (allServed) return 'served';
  if (fired.every(({ status }) => status === 'ready' || status === 'served')) return 'ready';
  return fired.every(({ status }) => status === 'fired') ? 'confirmed' : 'preparing';
}

/** Odoo's word: a paid order is done when its day is. */
export function orderState({ status, dayIsSealed }: { status: CheckStatus; dayIsSealed: boolean }): OrderState {
  if (status === 'cancelled') return 'cancel';
  if (status === 'open') return 'draft';
  return dayIsSealed ? 'done' : 'paid';
}

/** Derived from the money alone. */
export function paymentStatus(money: {
  readonly settled: boolean;
  readonly paidMinor: number;
  readonly refundedMinor: number;
}): PaymentStatus {
  if (money.refundedMinor > 0) return money.refundedMinor >= money.paidMinor ? 'refunded' : 'partially_refunded';
  if (money.settled) return 'completed';
  return money.paidMinor > 0 ? 'partial' : 'pending';
}

interface NextActions {
  readonly status: CheckStatus;
  readonly paidMinor: number;
  readonly dueMinor: number;
  readonly isSplit: boolean;
  readonly shareIsPaid: boolean;
  readonly serviceMinor: number;
  readonly serviceMandatory: boolean;
  readonly lines: readonly { readonly status: LineStatus }[];
}

/** What can be done with a check now, for the buttons of a till. */
export function nextActions(check: NextActions): string[] {
  const standing = check.lines.filter(({ status }) => status !== 'voided');
  const fire = standing.some(({ status }) => status === 'held') ? ['fire'] : [];
  if (check.status === 'cancelled') return [];
  if (check.status === 'closed') return [...fire, ...(check.paidMinor > 0 ? ['refund'] : [])];
  return [
    'add_lines',
    ...fire,
    'allergies',
    'move',
    ...(standing.length > 0 ? ['bill'] : []),
    ...(check.dueMinor > 0 ? ['pay'] : []),
    ...(check.dueMinor > 0 && !check.shareIsPaid ? ['split'] : []),
    ...(check.isSplit && !check.shareIsPaid ? ['unsplit'] : []),
    ...(check.serviceMinor > 0 && !check.serviceMandatory ? ['remove_service'] : []),
    ...(check.paidMinor > 0 ? [] : ['cancel']),
  ];
}

/** What a client may call the state of an order, in the words of any generation, and what it means here. */
const askedStates = {
  draft: 'open',
  pending: 'open',
  confirmed: 'open',
  paid: 'paid',
  done: 'paid',
  invoiced: 'paid',
  completed: 'paid',
  cancel: 'cancelled',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  preparing: 'preparing',
  ready: 'ready',
  served: 'served',
} as const;
export type AskedState = (typeof askedStates)[keyof typeof askedStates];

/** Undefined for a word that is none of them. */
export const askedState = (word: string): AskedState | undefined =>
  Object.hasOwn(askedStates, word) ? askedStates[word as keyof typeof askedStates] : undefined;

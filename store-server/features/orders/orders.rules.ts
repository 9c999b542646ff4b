import type { CheckStatus, LineStatus } from '#contract/orders.ts';
import type { Permission } from '#contract/permissions.ts';
import { type MoveTable, nextStatus, possible } from '../../kernel/moves.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';

/** A check is open until it is paid or given up. */
export const checkMoves = {
  open: { settle: 'closed', cancel: 'cancelled' },
  closed: {},
  cancelled: {},
} as const satisfies MoveTable<CheckStatus>;

/**
 * A dish. Kitchens that work from paper never say when they start, so a step may be left out. A dish that was served
 * can still come off the bill, when it was sent back say.
 */
export const lineMoves = {
  held: { fire: 'fired', void: 'voided' },
  fired: { start: 'preparing', ready: 'ready', serve: 'served', void: 'voided' },
  preparing: { ready: 'ready', serve: 'served', void: 'voided' },
  ready: { serve: 'served', recall: 'preparing', void: 'voided' },
  served: { recall: 'ready', void: 'voided' },
  voided: {},
} as const satisfies MoveTable<LineStatus>;

export type LineVerb = 'fire' | 'start' | 'ready' | 'serve' | 'recall' | 'void';

/** The verb by which a dish gets to where the kitchen says it is. */
export const verbTo = { preparing: 'start', ready: 'ready', served: 'serve' } as const;

interface CheckState {
  readonly id: string;
  readonly status: CheckStatus;
}

interface LineState {
  readonly id: string;
  readonly status: LineStatus;
}

interface Asking {
  may(permission: Permission): boolean;
}

/** Whether anything may still be put on a check or taken off it. */
export function mustBeOpen(check: CheckState): Verdict {
  if (nextStatus(checkMoves, check.status, 'settle') !== undefined) return allowed;
  return refuse('ORDER_CLOSED', { order_id: check.id, state: check.status });
}

/** Dishes go on being cooked and served after the check was paid, but not after it was cancelled. */
export function mustBeAlive(check: CheckState): Verdict {
  if (check.status !== 'cancelled') return allowed;
  return refuse('ORDER_CLOSED', { order_id: check.id, state: check.status });
}

/** Whether a dish can take a step of its life. */
export function canMoveLine(line: LineState, verb: LineVerb): Verdict {
  if (nextStatus(lineMoves, line.status, verb) !== undefined) return allowed;
  return refuse('ILLEGAL_TRANSITION', {
    line_id: line.id,
    state: line.status,
    possible: possible(lineMoves, line.status),
  });
}

/** Once the kitchen has the ticket, food cost is real, so someone accountable has to say yes. */
export function canVoidLine(line: LineState, actor: Asking): Verdict {
  const step = canMoveLine(line, 'void');
  if (!step.ok) return step;
  if (line.status === 'held' || actor.may('orders.void_fired')) return allowed;
  return refuse('APPROVAL_NEEDED', { command: 'orders.void_line', target_id: line.id });
}

/** What may still be changed on a dish. The kitchen cooks from what it was sent: there, only a void and a new line help. */
const changeable: Readonly<Record<LineStatus, readonly string[]>> = {
  held: ['quantity', 'seat', 'course', 'modifiers', 'note'],
  fired: ['seat', 'note'],
  preparing: ['seat', 'note'],
  ready: ['seat'],
  served: ['seat'],
  voided: [],
};

/**
 * Whether the named fields may be changed. Who sits where may be put right until the check is paid; a note reaches the
 * kitchen as a slip of its own while the dish is not ready.
 */
export function canChangeLine(line: LineState, fields: readonly string[]): Verdict {
  const field = fields.find((name) => !changeable[line.status].includes(name));
  if (field === undefined) return allowed;
  return refuse('ILLEGAL_TRANSITION', {
    field,
    line_id: line.id,
    state: line.status,
    possible: [...possible(lineMoves, line.status), ...changeable[line.status].map((name) => `change_${name}`)],
  });
}

interface CancelState extends CheckState {
  readonly paidMinor: number;
  readonly lines: readonly LineState[];
}

/** A check with money on it is refunded, not cancelled; one that the kitchen knows of needs a manager. */
export function canCancel(
  check: CancelState,
  actor: Asking,
  approvalFor: { command: string; target: string },
): Verdict {
  const open = mustBeOpen(check);
  if (!open.ok) return open;
  if (check.paidMinor > 0) {
    return refuse('ILLEGAL_TRANSITION', { state: 'partly_paid', possible: ['refund', 'pay'] });
  }
  const known = check.lines.some(({ status }) => status !== 'held' && status !== 'voided');
  if (!known || actor.may('orders.cancel')) return allowed;
  return refuse('APPROVAL_NEEDED', { command: approvalFor.command, target_id: approvalFor.target });
}

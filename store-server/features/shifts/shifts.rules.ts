import { denominations, type SessionState } from '#contract/shifts.ts';
import type { MoveTable } from '../../kernel/moves.ts';
import { nextStatus, possible } from '../../kernel/moves.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';

/** The life of a session: its float is counted, then at the end its drawer, as often as need be, and it is closed. */
export const sessionMoves = {
  opening_control: { count_float: 'opened', count: 'closing_control' },
  opened: { count: 'closing_control' },
  closing_control: { count: 'closing_control', close: 'closed' },
  closed: {},
} as const satisfies MoveTable<SessionState>;

export type SessionMove = 'count_float' | 'count' | 'close';

/** Whether a step is possible in this state, naming those that are. */
export function canMove(state: SessionState, move: SessionMove): Verdict {
  if (state === 'closed') return refuse('SESSION_CLOSED', { state });
  if (nextStatus(sessionMoves, state, move) !== undefined) return allowed;
  return refuse('ILLEGAL_TRANSITION', { state, possible: possible(sessionMoves, state) });
}

/** Cash may be taken, given back and moved until the drawer is being counted for closing: then the count would lie. */
export function canUseDrawer(state: SessionState): Verdict {
  if (state === 'closed') return refuse('SESSION_CLOSED', { state });
  if (state !== 'closing_control') return allowed;
  return refuse('ILLEGAL_TRANSITION', { state, possible: possible(sessionMoves, state) });
}

/** Open checks go along into the next session only if somebody says so. */
export function canLeaveChecks(openChecks: number, carryOver: boolean): Verdict {
  return openChecks === 0 || carryOver ? allowed : refuse('OPEN_CHECKS', { count: openChecks });
}

/** What should be in the drawer is kept from whoever counts it until the count is committed. */
export const showsExpected = (state: SessionState, maySeeExpected: boolean): boolean =>
  maySeeExpected || state === 'closing_control' || state === 'closed';

/** Pence in a drawer of which the notes and coins were counted. */
export const sumOfCoins = (counted: Readonly<Record<string, number>>): number =>
  Object.entries(counted).reduce((sum, [name, pieces]) => sum + (denominations[name] ?? 0) * pieces, 0);

/** How a session is called on paper and in the older clients' lists. */
export const sessionName = (alias: number): string => `POS/${String(alias).padStart(5, '0')}`;

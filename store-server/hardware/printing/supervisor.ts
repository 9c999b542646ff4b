import type { PrintReason } from './send.ts';

export type LinkStateName = 'absent' | 'connecting' | 'ready' | 'busy' | 'faulted';

export interface LinkState {
  readonly name: LinkStateName;
  /** Why, while it is faulted. */
  readonly reason: PrintReason | null;
  /** Epoch ms. */
  readonly since: number;
}

export type LinkEvent =
  | { readonly kind: 'dial' }
  | { readonly kind: 'send' }
  | { readonly kind: 'well' }
  | { readonly kind: 'trouble'; readonly reason: PrintReason }
  | { readonly kind: 'moved' };

/** The life of a device as we know it: absent until first tried, and again when its address or model changes. */
export const linkMoves = {
  absent: { dial: 'connecting' },
  connecting: { send: 'busy', well: 'ready', trouble: 'faulted', moved: 'absent' },
  ready: { dial: 'connecting', moved: 'absent' },
  busy: { well: 'ready', trouble: 'faulted', moved: 'absent' },
  faulted: { dial: 'connecting', moved: 'absent' },
} as const satisfies Record<LinkStateName, Partial<Record<LinkEvent['kind'], LinkStateName>>>;

/** The state after an event; the same object when the table has no such move. */
export function nextState(state: LinkState, event: LinkEvent, now: number): LinkState {
  const moves: Partial<Record<LinkEvent['kind'], LinkStateName>> = linkMoves[state.name];
  const name = moves[event.kind];
  if (name === undefined) return state;
  return { name, reason: event.kind === 'trouble' ? event.reason : null, since: now };
}

import type { TableStatus } from '#contract/floor.ts';
import type { CheckStatus, LineStatus } from '#contract/orders.ts';
import type { SessionState } from '#contract/shifts.ts';

/** What iPads ask for in a history, and what they hear, in words of our own. Money in pence. */

/** Dishes of the histories: two that never run out, and one of which only a few portions are left. */
export const dishes = ['soup', 'steak', 'special'] as const;
export type Dish = (typeof dishes)[number];

export interface NewLine {
  readonly id: string;
  readonly dish: Dish;
  readonly quantity: number;
  readonly seat: number | null;
}

/** A check is known by the name that whoever opened it gave it; shares and sessions by what their maker heard. */
export type Ask =
  | { readonly do: 'open'; readonly table: string; readonly name: string; readonly covers: number }
  | { readonly do: 'add'; readonly check: string; readonly lines: readonly NewLine[] }
  | {
      readonly do: 'change';
      readonly check: string;
      readonly line: string;
      readonly quantity?: number;
      readonly seat?: number;
    }
  | { readonly do: 'fire'; readonly check: string; readonly lines?: readonly string[] }
  | { readonly do: 'void'; readonly check: string; readonly line: string; readonly manager: boolean }
  | {
      readonly do: 'bump';
      readonly check: string;
      readonly line: string;
      readonly to: 'preparing' | 'ready' | 'served';
    }
  | { readonly do: 'move'; readonly check: string; readonly table: string }
  | { readonly do: 'cancel'; readonly check: string }
  | { readonly do: 'split'; readonly check: string; readonly ways: number; readonly name: string }
  | {
      readonly do: 'pay';
      readonly check: string;
      readonly method: 'card' | 'cash';
      readonly amount: number;
      readonly share?: string;
    }
  | { readonly do: 'refund'; readonly check: string; readonly amount: number }
  | { readonly do: 'say'; readonly table: string; readonly status: TableStatus }
  | { readonly do: 'look'; readonly check: string }
  | { readonly do: 'look at floor'; readonly tables: readonly string[] }
  | { readonly do: 'look for special' }
  | { readonly do: 'open drawer'; readonly float: number }
  | { readonly do: 'move cash'; readonly session: string; readonly direction: 'in' | 'out'; readonly amount: number }
  | { readonly do: 'count'; readonly session: string; readonly amount: number }
  | { readonly do: 'close drawer'; readonly session: string }
  | { readonly do: 'look in drawer'; readonly session: string };

export interface LineSeen {
  readonly id: string;
  readonly price: number;
  readonly quantity: number;
  readonly seat: number | null;
  readonly status: LineStatus;
}

export interface CheckSeen {
  readonly name: string;
  readonly status: CheckStatus;
  readonly table: string | null;
  readonly covers: number;
  readonly lines: readonly LineSeen[];
  readonly total: number;
  readonly paid: number;
  readonly due: number;
  readonly refunded: number;
  readonly shares: readonly { readonly id: string; readonly total: number; readonly due: number }[];
}

export interface TableSeen {
  readonly table: string;
  readonly status: TableStatus;
  readonly openChecks: number;
  /** Their names, where the floor is looked at. */
  readonly names?: readonly string[];
}

export interface DrawerSeen {
  readonly session: string;
  readonly state: SessionState;
  readonly expected: number | null;
  readonly counted: number | null;
}

/** What was heard: a yes with what it shows, or a no with its code. */
export interface Seen {
  readonly status: number;
  readonly code?: string;
  readonly check?: CheckSeen;
  /** What a payment applied and gave back. */
  readonly applied?: number;
  readonly change?: number;
  /** The check that is on a table which somebody wanted. */
  readonly takenBy?: string;
  readonly tables?: readonly TableSeen[];
  readonly drawer?: DrawerSeen;
  readonly left?: number;
}

/** One request of one client, with the moments it was sent and answered. Without an answer it may have happened. */
export interface Event {
  readonly client: number;
  readonly ask: Ask;
  readonly from: number;
  readonly to: number | null;
  readonly seen: Seen | null;
}

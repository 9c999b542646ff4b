import type { TableStatus } from '#contract/floor.ts';
import type { CheckStatus, LineStatus } from '#contract/orders.ts';
import type { SessionState } from '#contract/shifts.ts';
import type { CheckSeen, Dish, Seen } from './words.ts';

/**
 * A restaurant in which only one thing happens at a time, written from the rules of the house and not from the product:
 * it shares no function with it. Worlds are never changed; a step makes a new one.
 */

export interface Line {
  readonly id: string;
  readonly dish: Dish;
  readonly quantity: number;
  readonly seat: number | null;
  readonly status: LineStatus;
  readonly wasFired: boolean;
}

export interface Share {
  readonly id: string;
  readonly total: number;
  readonly paid: number;
}

export interface Check {
  readonly name: string;
  readonly status: CheckStatus;
  readonly table: string;
  readonly covers: number;
  readonly lines: readonly Line[];
  /** All that was ever taken, and all that ever went back: before it was settled, and after. */
  readonly taken: number;
  readonly returned: number;
  readonly refunded: number;
  readonly shares: readonly Share[];
}

export interface Session {
  readonly state: SessionState;
  readonly cash: number;
  readonly counted: number | null;
}

export interface World {
  readonly prices: Readonly<Record<Dish, number>>;
  readonly tables: Readonly<Record<string, TableStatus>>;
  readonly checks: Readonly<Record<string, Check>>;
  readonly special: number;
  readonly sessions: Readonly<Record<string, Session>>;
}

export interface Step {
  readonly world: World;
  readonly seen: Seen;
}

export const opening = (tables: readonly string[], prices: Readonly<Record<Dish, number>>, special: number): World => ({
  prices,
  tables: Object.fromEntries(tables.map((table) => [table, 'available' as const])),
  checks: {},
  special,
  sessions: {},
});

export class No extends Error {
  readonly seen: Seen;
  constructor(status: number, code: string, more: Partial<Seen> = {}) {
    super(code);
    this.seen = { status, code, ...more };
  }
}

export const known = (world: World, name: string): Check => {
  const check = world.checks[name];
  if (check === undefined) throw new No(404, 'NOT_FOUND');
  return check;
};

export function openOne(world: World, name: string): Check {
  const check = known(world, name);
  if (check.status !== 'open') throw new No(409, 'ORDER_CLOSED');
  return check;
}

export function alive(world: World, name: string): Check {
  const check = known(world, name);
  if (check.status === 'cancelled') throw new No(409, 'ORDER_CLOSED');
  return check;
}

export function lineOf(check: Check, id: string): Line {
  const line = check.lines.find((one) => one.id === id);
  if (line === undefined) throw new No(404, 'NOT_FOUND');
  return line;
}

export const put = (world: World, check: Check): World => ({
  ...world,
  checks: { ...world.checks, [check.name]: check },
});
export const setTable = (world: World, table: string, status: TableStatus): World => ({
  ...world,
  tables: { ...world.tables, [table]: status },
});
export const withLine = (check: Check, changed: Line): Check => ({
  ...check,
  lines: check.lines.map((line) => (line.id === changed.id ? changed : line)),
});
export const openAt = (world: World, table: string): Check[] =>
  Object.values(world.checks).filter((check) => check.status === 'open' && check.table === table);

/** Half up to the penny, an eighth of what is on the check. */
export function totalOf(world: World, { lines }: Check): number {
  const standing = lines.filter(({ status }) => status !== 'voided');
  const items = standing.reduce((sum, line) => sum + world.prices[line.dish] * line.quantity, 0);
  return items + Math.floor((items * 125 + 500) / 1000);
}

export const paidOf = (check: Check): number => check.taken - check.returned;
export const dueOf = (world: World, check: Check): number =>
  check.status === 'open' ? Math.max(0, totalOf(world, check) - paidOf(check)) : 0;

export function checkSeen(world: World, name: string): CheckSeen {
  const check = known(world, name);
  return {
    name,
    status: check.status,
    table: check.table,
    covers: check.covers,
    lines: check.lines.map(({ id, dish, quantity, seat, status }) => ({
      id,
      price: world.prices[dish],
      quantity,
      seat,
      status,
    })),
    total: totalOf(world, check),
    paid: paidOf(check),
    due: dueOf(world, check),
    refunded: check.refunded,
    shares: check.shares.map(({ id, total, paid }) => ({ id, total, due: Math.max(0, total - paid) })),
  };
}

export const tableSeen = (world: World, table: string) => ({
  table,
  status: world.tables[table] as TableStatus,
  openChecks: openAt(world, table).length,
});

export const shown = (world: World, name: string, status: number, more: Partial<Seen> = {}): Step => ({
  world,
  seen: { status, check: checkSeen(world, name), ...more },
});

export function insistFree(world: World, table: string): void {
  const [there] = openAt(world, table);
  if (there !== undefined) throw new No(409, 'TABLE_TAKEN', { takenBy: there.name });
}

export function seat(world: World, table: string): World {
  if (world.tables[table] === 'out_of_order') throw new No(409, 'ILLEGAL_TRANSITION');
  return setTable(world, table, 'occupied');
}

/** The last check that leaves a table leaves it to be cleaned. */
export function settled(world: World, check: Check): World {
  return left(put(world, { ...check, status: 'closed' }), check.table, 'cleaning');
}

export const left = (world: World, table: string, status: TableStatus): World =>
  openAt(world, table).length > 0 ? world : setTable(world, table, status);

import type { TableStatus } from '#contract/floor.ts';
import type { CheckStatus, LineStatus } from '#contract/orders.ts';
import type { SessionState } from '#contract/shifts.ts';
import type { Ask, CheckSeen, Dish, Seen } from './words.ts';

/**
 * A restaurant in which only one thing happens at a time, written from the rules of the house and not from the product:
 * it shares no function with it. Worlds are never changed; a step makes a new one.
 */

interface Line {
  readonly id: string;
  readonly dish: Dish;
  readonly quantity: number;
  readonly seat: number | null;
  readonly status: LineStatus;
  readonly wasFired: boolean;
}

interface Share {
  readonly id: string;
  readonly total: number;
  readonly paid: number;
}

interface Check {
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

interface Session {
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

/** What the world answers to an ask, and what it is afterwards. `seen` names what only the server could choose. */
export function step(world: World, ask: Ask, seen: Seen | null): Step {
  try {
    return act(world, ask, seen);
  } catch (error) {
    if (error instanceof No) return { world, seen: error.seen };
    throw error;
  }
}

class No extends Error {
  readonly seen: Seen;
  constructor(status: number, code: string, more: Partial<Seen> = {}) {
    super(code);
    this.seen = { status, code, ...more };
  }
}

const steps: Readonly<Record<LineStatus, readonly LineStatus[]>> = {
  held: [],
  fired: ['preparing', 'ready', 'served'],
  preparing: ['ready', 'served'],
  ready: ['served'],
  served: [],
  voided: [],
};

function act(world: World, ask: Ask, seen: Seen | null): Step {
  switch (ask.do) {
    case 'open':
      return open(world, ask);
    case 'add':
      return add(world, ask);
    case 'change':
      return change(world, ask);
    case 'fire': {
      const check = alive(world, ask.check);
      const named = ask.lines?.map((id) => lineOf(check, id)) ?? check.lines.filter(({ status }) => status === 'held');
      if (named.length === 0 || named.some(({ status }) => status !== 'held')) throw new No(409, 'ILLEGAL_TRANSITION');
      const ids = new Set(named.map(({ id }) => id));
      const lines = check.lines.map((line) =>
        ids.has(line.id) ? { ...line, status: 'fired' as const, wasFired: true } : line,
      );
      return shown(put(world, { ...check, lines }), check.name, 200);
    }
    case 'void':
      return voidLine(world, ask);
    case 'bump': {
      const check = alive(world, ask.check);
      const line = lineOf(check, ask.line);
      if (!steps[line.status].includes(ask.to)) throw new No(409, 'ILLEGAL_TRANSITION');
      return shown(put(world, withLine(check, { ...line, status: ask.to })), check.name, 200);
    }
    case 'move':
      return move(world, ask);
    case 'cancel':
      return cancel(world, ask.check);
    case 'split':
      return split(world, ask);
    case 'pay':
      return pay(world, ask);
    case 'refund':
      return refund(world, ask);
    case 'say':
      return say(world, ask);
    case 'look':
      return shown(world, known(world, ask.check).name, 200);
    case 'look at floor':
      return {
        world,
        seen: {
          status: 200,
          tables: ask.tables.map((table) => ({
            ...tableSeen(world, table),
            names: openAt(world, table).map(({ name }) => name),
          })),
        },
      };
    case 'look for special':
      return { world, seen: { status: 200, left: world.special } };
    default:
      return drawer(world, ask, seen);
  }
}

const known = (world: World, name: string): Check => {
  const check = world.checks[name];
  if (check === undefined) throw new No(404, 'NOT_FOUND');
  return check;
};

function openOne(world: World, name: string): Check {
  const check = known(world, name);
  if (check.status !== 'open') throw new No(409, 'ORDER_CLOSED');
  return check;
}

function alive(world: World, name: string): Check {
  const check = known(world, name);
  if (check.status === 'cancelled') throw new No(409, 'ORDER_CLOSED');
  return check;
}

function lineOf(check: Check, id: string): Line {
  const line = check.lines.find((one) => one.id === id);
  if (line === undefined) throw new No(404, 'NOT_FOUND');
  return line;
}

const put = (world: World, check: Check): World => ({ ...world, checks: { ...world.checks, [check.name]: check } });
const setTable = (world: World, table: string, status: TableStatus): World => ({
  ...world,
  tables: { ...world.tables, [table]: status },
});
const withLine = (check: Check, changed: Line): Check => ({
  ...check,
  lines: check.lines.map((line) => (line.id === changed.id ? changed : line)),
});
const openAt = (world: World, table: string): Check[] =>
  Object.values(world.checks).filter((check) => check.status === 'open' && check.table === table);

/** Half up to the penny, an eighth of what is on the check. */
function totalOf(world: World, { lines }: Check): number {
  const standing = lines.filter(({ status }) => status !== 'voided');
  const items = standing.reduce((sum, line) => sum + world.prices[line.dish] * line.quantity, 0);
  return items + Math.floor((items * 125 + 500) / 1000);
}

const paidOf = (check: Check): number => check.taken - check.returned;
const dueOf = (world: World, check: Check): number =>
  check.status === 'open' ? Math.max(0, totalOf(world, check) - paidOf(check)) : 0;

function checkSeen(world: World, name: string): CheckSeen {
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

const tableSeen = (world: World, table: string) => ({
  table,
  status: world.tables[table] as TableStatus,
  openChecks: openAt(world, table).length,
});

const shown = (world: World, name: string, status: number, more: Partial<Seen> = {}): Step => ({
  world,
  seen: { status, check: checkSeen(world, name), ...more },
});

function insistFree(world: World, table: string): void {
  const [there] = openAt(world, table);
  if (there !== undefined) throw new No(409, 'TABLE_TAKEN', { takenBy: there.name });
}

function seat(world: World, table: string): World {
  if (world.tables[table] === 'out_of_order') throw new No(409, 'ILLEGAL_TRANSITION');
  return setTable(world, table, 'occupied');
}

function open(world: World, { table, name, covers }: Ask & { do: 'open' }): Step {
  insistFree(world, table);
  const fresh: Check = {
    name,
    status: 'open',
    table,
    covers,
    lines: [],
    taken: 0,
    returned: 0,
    refunded: 0,
    shares: [],
  };
  return shown(put(seat(world, table), fresh), name, 201);
}

function take(world: World, dish: Dish, quantity: number): World {
  if (dish !== 'special') return world;
  if (world.special < quantity) throw new No(409, 'LINE_SOLD_OUT');
  return { ...world, special: world.special - quantity };
}

function add(world: World, { check: name, lines }: Ask & { do: 'add' }): Step {
  const check = openOne(world, name);
  const everything = Object.values(world.checks).flatMap((one) => one.lines.map((line) => ({ line, at: one.name })));
  let after = world;
  const added: Line[] = [];
  for (const asked of lines) {
    const there = everything.find(({ line }) => line.id === asked.id);
    if (there !== undefined) {
      const { line } = there;
      const same =
        there.at === name && line.dish === asked.dish && line.quantity === asked.quantity && line.seat === asked.seat;
      if (!same) throw new No(409, 'CONFLICT');
      continue;
    }
    after = take(after, asked.dish, asked.quantity);
    added.push({ ...asked, status: 'held', wasFired: false });
  }
  if (added.length === 0) return shown(world, name, 201);
  return changed(after, { ...check, lines: [...check.lines, ...added] }, 201);
}

/** A check that comes to something else is no longer split, and is settled when what was paid covers it. */
function changed(world: World, check: Check, status: number): Step {
  const after = { ...check, shares: [] };
  const covered = dueOf(world, after) === 0 && paidOf(after) > 0;
  return shown(covered ? settled(world, after) : put(world, after), check.name, status);
}

/** The last check that leaves a table leaves it to be cleaned. */
function settled(world: World, check: Check): World {
  return left(put(world, { ...check, status: 'closed' }), check.table, 'cleaning');
}

const left = (world: World, table: string, status: TableStatus): World =>
  openAt(world, table).length > 0 ? world : setTable(world, table, status);

function change(world: World, ask: Ask & { do: 'change' }): Step {
  const check = openOne(world, ask.check);
  const line = lineOf(check, ask.line);
  const free = line.status === 'voided' ? [] : line.status === 'held' ? ['quantity', 'seat'] : ['seat'];
  const names = (['quantity', 'seat'] as const).filter((field) => ask[field] !== undefined);
  if (names.some((field) => !free.includes(field))) throw new No(409, 'ILLEGAL_TRANSITION');
  const quantity = ask.quantity ?? line.quantity;
  const after = take(world, line.dish, quantity - line.quantity);
  const next = withLine(check, { ...line, quantity, seat: ask.seat ?? line.seat });
  return quantity === line.quantity ? shown(put(after, next), check.name, 200) : changed(after, next, 200);
}

const uncooked = ({ status }: Line): boolean => status === 'held' || status === 'fired';
const giveBack = (world: World, line: Line): World =>
  uncooked(line) ? take(world, line.dish, 0 - line.quantity) : world;

function voidLine(world: World, ask: Ask & { do: 'void' }): Step {
  const check = openOne(world, ask.check);
  const line = lineOf(check, ask.line);
  if (line.status === 'voided') throw new No(409, 'ILLEGAL_TRANSITION');
  if (line.status !== 'held' && !ask.manager) throw new No(403, 'APPROVAL_NEEDED');
  return changed(giveBack(world, line), withLine(check, { ...line, status: 'voided' }), 200);
}

const leftAs = ({ lines }: Check): TableStatus => (lines.some(({ wasFired }) => wasFired) ? 'cleaning' : 'available');

function move(world: World, { check: name, table }: Ask & { do: 'move' }): Step {
  const check = openOne(world, name);
  if (check.table === table) return shown(world, name, 200);
  insistFree(world, table);
  const gone = left(put(world, { ...check, table }), check.table, leftAs(check));
  return shown(seat(gone, table), name, 200);
}

function cancel(world: World, name: string): Step {
  const check = openOne(world, name);
  if (paidOf(check) > 0) throw new No(409, 'ILLEGAL_TRANSITION');
  const lines = check.lines.map((line) => ({ ...line, status: 'voided' as const }));
  const after = check.lines.reduce(giveBack, put(world, { ...check, status: 'cancelled', lines, shares: [] }));
  return shown(left(after, check.table, leftAs(check)), name, 200);
}

function split(world: World, { check: name, ways, name: of }: Ask & { do: 'split' }): Step {
  const check = openOne(world, name);
  if (check.shares.some(({ paid }) => paid > 0)) throw new No(409, 'SHARE_PAID');
  const due = dueOf(world, check);
  if (due === 0) throw new No(409, 'ILLEGAL_TRANSITION');
  const shares = Array.from({ length: ways }, (_, n) => ({
    id: `${of}#${n + 1}`,
    total: Math.floor(due / ways) + (n < due % ways ? 1 : 0),
    paid: 0,
  }));
  return shown(put(world, { ...check, shares }), name, 201);
}

function pay(world: World, ask: Ask & { do: 'pay' }): Step {
  const check = known(world, ask.check);
  if (check.status === 'closed') throw new No(409, 'ORDER_ALREADY_PAID');
  if (check.status === 'cancelled') throw new No(409, 'ORDER_CLOSED');
  if (check.lines.every(({ status }) => status === 'voided')) throw new No(422, 'VALIDATION_ERROR');
  const due = dueOf(world, check);
  const share = ask.share === undefined ? undefined : check.shares.find(({ id }) => id === ask.share);
  if (ask.share !== undefined && share === undefined) throw new No(404, 'NOT_FOUND');
  if (share !== undefined && share.paid >= share.total) throw new No(409, 'SHARE_PAID');
  const most = share === undefined ? due : Math.min(due, share.total - share.paid);
  if (ask.method === 'card' && ask.amount > most) throw new No(422, 'AMOUNT_OVER_DUE');
  const applied = Math.min(ask.amount, most);
  const after = {
    ...check,
    taken: check.taken + applied,
    shares: check.shares.map((one) => (one.id === share?.id ? { ...one, paid: one.paid + applied } : one)),
  };
  const rung = ask.method === 'cash' ? ring(world, applied) : world;
  const next = applied === due ? settled(rung, after) : put(rung, after);
  return shown(next, check.name, 201, { applied, change: ask.amount - applied });
}

/** Cash lies in the drawer of the session that takes cash. */
function ring(world: World, amount: number): World {
  const [id, session] = Object.entries(world.sessions).find(([, { state }]) => state === 'opened') ?? [];
  if (id === undefined || session === undefined) throw new No(409, 'NO_OPEN_SESSION');
  return setSession(world, id, { ...session, cash: session.cash + amount });
}

function refund(world: World, { check: name, amount }: Ask & { do: 'refund' }): Step {
  const check = known(world, name);
  if (amount > paidOf(check) - check.refunded) throw new No(422, 'AMOUNT_OVER_DUE');
  if (check.status !== 'closed') return shown(put(world, { ...check, returned: check.returned + amount }), name, 201);
  const overpaid = Math.min(amount, Math.max(0, paidOf(check) - totalOf(world, check)));
  const returned = check.returned + overpaid;
  return shown(put(world, { ...check, returned, refunded: check.refunded + amount - overpaid }), name, 201);
}

const byHand: Readonly<Record<TableStatus, readonly TableStatus[]>> = {
  available: ['occupied', 'reserved', 'cleaning', 'out_of_order'],
  reserved: ['occupied', 'available', 'cleaning', 'out_of_order'],
  occupied: ['cleaning', 'available'],
  cleaning: ['available', 'occupied', 'reserved', 'out_of_order'],
  out_of_order: ['available', 'cleaning'],
};

function say(world: World, { table, status }: Ask & { do: 'say' }): Step {
  const now = world.tables[table] as TableStatus;
  const free = openAt(world, table).length === 0 && byHand[now].includes(status);
  if (status !== now && !free) throw new No(409, 'ILLEGAL_TRANSITION');
  const after = setTable(world, table, status);
  return { world: after, seen: { status: 200, tables: [tableSeen(after, table)] } };
}

const setSession = (world: World, id: string, session: Session): World => ({
  ...world,
  sessions: { ...world.sessions, [id]: session },
});

function drawerShown(world: World, id: string, status: number): Step {
  const session = world.sessions[id];
  if (session === undefined) throw new No(404, 'NOT_FOUND');
  const { state, cash, counted } = session;
  return { world, seen: { status, drawer: { session: id, state, expected: cash, counted } } };
}

function drawer(world: World, ask: Ask, seen: Seen | null): Step {
  if (ask.do === 'open drawer') {
    const running = Object.entries(world.sessions).find(([, { state }]) => state !== 'closed');
    if (running !== undefined) return drawerShown(world, running[0], 200);
    // The server chooses the name of a session; whoever asked has heard it.
    const id = seen?.drawer?.session ?? 'unheard';
    return drawerShown(setSession(world, id, { state: 'opened', cash: ask.float, counted: null }), id, 201);
  }
  if (!('session' in ask)) throw new Error(`${ask.do} is not for the drawer`);
  const session = world.sessions[ask.session];
  if (session === undefined) throw new No(404, 'NOT_FOUND');
  if (ask.do === 'look in drawer') return drawerShown(world, ask.session, 200);
  if (session.state === 'closed') throw new No(409, 'SESSION_CLOSED');
  const set = (fields: Partial<Session>, status: number) =>
    drawerShown(setSession(world, ask.session, { ...session, ...fields }), ask.session, status);
  if (ask.do === 'count') return set({ state: 'closing_control', counted: ask.amount }, 200);
  if (ask.do === 'close drawer') {
    if (session.state !== 'closing_control') throw new No(409, 'ILLEGAL_TRANSITION');
    return set({ state: 'closed' }, 200);
  }
  if (session.state === 'closing_control') throw new No(409, 'ILLEGAL_TRANSITION');
  const signed = ask.direction === 'in' ? ask.amount : 0 - ask.amount;
  return { world: set({ cash: session.cash + signed }, 201).world, seen: { status: 201 } };
}

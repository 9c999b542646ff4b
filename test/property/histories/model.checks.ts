import type { TableStatus } from '#contract/floor.ts';
import type { Ask, Dish } from './words.ts';
import {
  type Check,
  dueOf,
  insistFree,
  type Line,
  left,
  lineOf,
  No,
  openAt,
  openOne,
  paidOf,
  put,
  type Step,
  seat,
  setTable,
  settled,
  shown,
  tableSeen,
  type World,
  withLine,
} from './world.ts';

/** Tables, checks and dishes. */

export function open(world: World, { table, name, covers }: Ask & { do: 'open' }): Step {
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

export function take(world: World, dish: Dish, quantity: number): World {
  if (dish !== 'special') return world;
  if (world.special < quantity) throw new No(409, 'LINE_SOLD_OUT');
  return { ...world, special: world.special - quantity };
}

export function add(world: World, { check: name, lines }: Ask & { do: 'add' }): Step {
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
export function changed(world: World, check: Check, status: number): Step {
  const after = { ...check, shares: [] };
  const covered = dueOf(world, after) === 0 && paidOf(after) > 0;
  return shown(covered ? settled(world, after) : put(world, after), check.name, status);
}

export function change(world: World, ask: Ask & { do: 'change' }): Step {
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

export const uncooked = ({ status }: Line): boolean => status === 'held' || status === 'fired';
export const giveBack = (world: World, line: Line): World =>
  uncooked(line) ? take(world, line.dish, 0 - line.quantity) : world;

export function voidLine(world: World, ask: Ask & { do: 'void' }): Step {
  const check = openOne(world, ask.check);
  const line = lineOf(check, ask.line);
  if (line.status === 'voided') throw new No(409, 'ILLEGAL_TRANSITION');
  if (line.status !== 'held' && !ask.manager) throw new No(403, 'APPROVAL_NEEDED');
  return changed(giveBack(world, line), withLine(check, { ...line, status: 'voided' }), 200);
}

export const leftAs = ({ lines }: Check): TableStatus =>
  lines.some(({ wasFired }) => wasFired) ? 'cleaning' : 'available';

export function move(world: World, { check: name, table }: Ask & { do: 'move' }): Step {
  const check = openOne(world, name);
  if (check.table === table) return shown(world, name, 200);
  insistFree(world, table);
  const gone = left(put(world, { ...check, table }), check.table, leftAs(check));
  return shown(seat(gone, table), name, 200);
}

export function cancel(world: World, name: string): Step {
  const check = openOne(world, name);
  if (paidOf(check) > 0) throw new No(409, 'ILLEGAL_TRANSITION');
  const lines = check.lines.map((line) => ({ ...line, status: 'voided' as const }));
  const after = check.lines.reduce(giveBack, put(world, { ...check, status: 'cancelled', lines, shares: [] }));
  return shown(left(after, check.table, leftAs(check)), name, 200);
}

export const byHand: Readonly<Record<TableStatus, readonly TableStatus[]>> = {
  available: ['occupied', 'reserved', 'cleaning', 'out_of_order'],
  reserved: ['occupied', 'available', 'cleaning', 'out_of_order'],
  occupied: ['cleaning', 'available'],
  cleaning: ['available', 'occupied', 'reserved', 'out_of_order'],
  out_of_order: ['available', 'cleaning'],
};

export function say(world: World, { table, status }: Ask & { do: 'say' }): Step {
  const now = world.tables[table] as TableStatus;
  const free = openAt(world, table).length === 0 && byHand[now].includes(status);
  if (status !== now && !free) throw new No(409, 'ILLEGAL_TRANSITION');
  const after = setTable(world, table, status);
  return { world: after, seen: { status: 200, tables: [tableSeen(after, table)] } };
}

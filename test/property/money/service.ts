import { type Caller, callerOf, staffActor } from '../../../store-server/commands/caller.ts';
import type { Core } from '../../../store-server/commands/core.ts';
import type { Command } from '../../../store-server/commands/define.ts';
import { Rejection } from '../../../store-server/commands/perform.ts';
import { addProduct } from '../../../store-server/features/menu/menu.product.commands.ts';
import { sealDay } from '../../../store-server/features/reports/index.ts';
import { closeShift, countDrawer, moveCash, openShift } from '../../../store-server/features/shifts/index.ts';
import type { Dice } from '../dice.ts';

/** What staff do with money, by command on the real core. The house may say no, as to a guest; it may not be wrong. */
export interface Service {
  readonly core: Core;
  readonly manager: Caller;
  /** Products that can be had as they are, and an extra that costs something, where there is one. */
  readonly products: readonly { readonly id: string; readonly options: readonly string[] }[];
  /** The integers of the drawers, and the sessions that are open in them now. */
  readonly tills: readonly number[];
  readonly sessions: Map<number, string>;
  readonly count: { commands: number; refused: number; refunds: number; settled: number };
}

/** Runs a command; null when the house said no. */
export async function may<I, O, P>(service: Service, command: Command<I, O, P>, input: unknown): Promise<O | null> {
  const { core, manager, count } = service;
  count.commands += 1;
  try {
    return (await core.execute(command, manager, command.input.parse(input))).data;
  } catch (error) {
    if (!(error instanceof Rejection) || error.problem.status >= 500) throw error;
    count.refused += 1;
    return null;
  }
}

/** Runs a command that has to be allowed. */
export async function must<I, O, P>(service: Service, command: Command<I, O, P>, input: unknown): Promise<O> {
  const { core, manager, count } = service;
  count.commands += 1;
  return (await core.execute(command, manager, command.input.parse(input))).data;
}

/** Dishes at every rate, cheap, dear and for nothing, beside the menu that is there. */
export async function cook(core: Core): Promise<Service['products']> {
  const { sqlite } = core.connection();
  const manager = managerOf(core);
  const category = sqlite.prepare('SELECT id FROM menu_category LIMIT 1').pluck().get() as string;
  const added: { id: string; options: string[] }[] = [];
  for (const [n, vat_bps] of [2000, 2000, 500, 500, 0, 0, 1250, 1750].entries()) {
    for (const price_minor of [
      [999, 1895],
      [333, 1],
      [1234, 50_000],
      [0, 707],
    ][n % 4] ?? []) {
      const product = { name: `Dish ${n} at ${price_minor}`, category_id: category, price_minor, vat_bps };
      const { data } = await core.execute(addProduct, manager, addProduct.input.parse(product));
      added.push({ id: data.product.id, options: [] });
    }
  }
  const listed = sqlite
    .prepare<[], { id: string; option: string | null }>(
      `SELECT p.id, (
         SELECT o.id FROM product_modifier_group pg JOIN modifier_option o ON o.group_id = pg.group_id
         WHERE pg.product_id = p.id AND o.price_minor > 0 LIMIT 1
       ) AS option
       FROM product p WHERE NOT EXISTS (
         SELECT 1 FROM product_modifier_group pg JOIN modifier_group g ON g.id = pg.group_id
         WHERE pg.product_id = p.id AND g.min > 0
       ) LIMIT 60`,
    )
    .all();
  return [...added, ...added, ...listed.map(({ id, option }) => ({ id, options: option === null ? [] : [option] }))];
}

export function managerOf(core: Core): Caller {
  const id = core
    .connection()
    .sqlite.prepare("SELECT id FROM staff_member WHERE role = 'manager' LIMIT 1")
    .pluck()
    .get();
  return callerOf(staffActor(id as string, 'manager', null));
}

export async function openDrawers(service: Service, at: Dice): Promise<void> {
  for (const till of service.tills) {
    const opened = await must(service, openShift, { config_id: till, opening_float_minor: at.between(0, 30_000) });
    service.sessions.set(till, opened.session.id);
  }
}

export async function moveSomeCash(service: Service, at: Dice): Promise<void> {
  for (const session_id of service.sessions.values()) {
    const movement = {
      session_id,
      direction: at.pick(['in', 'out']),
      amount_minor: at.between(1, 5000),
      reason: 'milk',
    };
    await may(service, moveCash, movement);
  }
}

/** Counts every drawer, a little wrong now and then, and closes it while checks go on. Returns the sessions closed. */
export async function closeDrawers(service: Service, at: Dice): Promise<string[]> {
  const closed: string[] = [];
  for (const [till, session_id] of service.sessions) {
    const first = await must(service, countDrawer, {
      session_id,
      counted_minor: 1,
      denominations: null,
      closing: true,
    });
    const counted_minor = Math.max(0, (first.expectedMinor ?? 0) + at.pick([0, 0, -500, 137]));
    await must(service, countDrawer, { session_id, counted_minor, denominations: null, closing: true });
    await must(service, closeShift, { session_id, carry_over: true });
    service.sessions.delete(till);
    closed.push(session_id);
  }
  return closed;
}

/** A manager closes the day; what comes after belongs to the next. Returns the day. */
export async function closeDay(service: Service): Promise<string> {
  return (await must(service, sealDay, {})).summary.day;
}

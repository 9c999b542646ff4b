import { type Caller, callerOf, staffActor } from '../../../store-server/commands/caller.ts';
import type { Core } from '../../../store-server/commands/core.ts';
import type { Command } from '../../../store-server/commands/define.ts';
import { Rejection } from '../../../store-server/commands/perform.ts';
import { addProduct } from '../../../store-server/features/menu/menu.product.commands.ts';
import { type OrderView, openOrderCommand, orderView } from '../../../store-server/features/orders/index.ts';
import { addLines } from '../../../store-server/features/orders/orders.commands/add-lines.ts';
import { changeLine } from '../../../store-server/features/orders/orders.commands/change-line.ts';
import { fire } from '../../../store-server/features/orders/orders.commands/fire-lines.ts';
import { removeService } from '../../../store-server/features/orders/orders.commands/remove-service.ts';
import { splitOrder } from '../../../store-server/features/orders/orders.commands/split-order.ts';
import { voidLine } from '../../../store-server/features/orders/orders.commands/void-line.ts';
import { refundPayment, takeAndSettle } from '../../../store-server/features/payments/index.ts';
import { sealDay } from '../../../store-server/features/reports/index.ts';
import { changeSettings } from '../../../store-server/features/settings/settings.commands.ts';
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

const methods = ['cash', 'cash', 'card', 'card', 'qr', 'voucher', 'other'] as const;

const viewOf = ({ core }: Service, id: string): OrderView => orderView(core.connection(), id);

/** One way or another money comes in, over-tendered and with tips. Cash goes into one of the drawers, if it is open. */
async function pay(service: Service, id: string, at: Dice, amount: number, share_id: string | null): Promise<boolean> {
  const method = at.pick(methods);
  const tip_minor = at.chance(0.3) ? at.between(1, 900) : 0;
  const over = method === 'cash' && at.chance(0.5) ? at.between(1, 2000) : 0;
  const tendered_minor = over > 0 && at.chance(0.5) ? amount + tip_minor + over : null;
  const payment = {
    order_id: id,
    method,
    amount_minor: tendered_minor === null ? amount + over : amount,
    tendered_minor,
    tip_minor,
    reference: method === 'cash' ? null : 'none',
    share_id,
    config_id: at.chance(0.7) ? at.pick(service.tills) : null,
  };
  return (await may(service, takeAndSettle, payment)) !== null;
}

async function giveBack(service: Service, id: string, at: Dice, view = viewOf(service, id)): Promise<boolean> {
  const left =
    view.money.payments.reduce((sum, one) => sum + one.amountMinor, 0) -
    view.money.refunds.reduce((sum, one) => sum + one.amountMinor, 0);
  const kind = at.between(0, 9);
  const line = view.lines.length === 0 ? undefined : at.pick(view.lines);
  const what =
    kind < 2 && view.shares.length > 0
      ? { share_id: at.pick(view.shares).id }
      : kind < 6 && line !== undefined
        ? { lines: [{ line_id: line.id, quantity: at.between(1, line.quantity) }] }
        : { amount_minor: kind === 9 ? left : Math.max(1, Math.floor(left * at.part())) };
  const back = {
    order_id: id,
    share_id: null,
    lines: null,
    amount_minor: null,
    reason: 'not what they wanted',
    method: at.pick(methods),
    config_id: at.chance(0.7) ? at.pick(service.tills) : null,
    ...what,
  };
  const given = (await may(service, refundPayment, back)) !== null;
  if (given) service.count.refunds += 1;
  return given;
}

/** What may happen to a check while people sit at it. */
async function meanwhile(service: Service, id: string, at: Dice): Promise<void> {
  const view = viewOf(service, id);
  const order_id = id;
  const line = view.lines.length === 0 ? undefined : at.pick(view.lines);
  switch (at.between(0, 9)) {
    case 0:
      if (line !== undefined) await may(service, voidLine, { order_id, line_id: line.id, reason: 'sent back' });
      return;
    case 1:
      if (line !== undefined)
        await may(service, changeLine, { order_id, line_id: line.id, quantity: at.between(1, 9) });
      return;
    case 2:
      await may(service, fire, { order_id });
      return;
    case 3:
      await may(service, addLines, { order_id, lines: linesOf(service, at, 2) });
      return;
    case 4:
      await may(service, removeService, { order_id });
      return;
    case 5:
    case 6: {
      const standing = view.lines.filter(({ status }) => status !== 'voided').map((one) => one.id);
      const items = { mode: 'items', shares: [{ line_ids: standing.slice(0, 1) }, { line_ids: standing.slice(1) }] };
      const split = at.pick([{ mode: 'even', ways: at.between(2, 7) }, { mode: 'seats' }, items]);
      if (split.mode !== 'items' || standing.length > 1) await may(service, splitOrder, { order_id, split });
      return;
    }
    case 7:
      await giveBack(service, id, at, view);
      return;
    default: {
      const share = view.shares.length > 0 && at.chance(0.8) ? at.pick(view.shares) : undefined;
      const due = share?.dueMinor ?? view.dueMinor;
      if (due > 0) await pay(service, id, at, at.chance(0.5) ? due : at.between(1, due), share?.id ?? null);
    }
  }
}

const linesOf = ({ products }: Service, at: Dice, most: number) =>
  Array.from({ length: at.between(1, most) }, () => {
    const { id, options } = at.pick(products);
    const chosen = options.length > 0 && at.chance(0.5) ? options.slice(0, 1) : [];
    return {
      product_id: id,
      quantity: at.chance(0.7) ? 1 : at.between(2, 9),
      seat: at.chance(0.6) ? at.between(1, 4) : null,
      modifiers: chosen.map((option_id) => ({ option_id, quantity: 1 })),
    };
  });

/** A check from sitting down to the last refund. */
export async function serve(service: Service, at: Dice): Promise<void> {
  const { core, count } = service;
  const kind = at.between(0, 3);
  // Both stand in the queue one after the other, so this check is opened under these settings and no other.
  const settings = may(service, changeSettings, {
    vat_inclusive: at.chance(0.8),
    service_charge: { enabled: kind > 0, mandatory: kind === 1 },
  });
  const opening = must(service, openOrderCommand, {
    order_type: 'dine_in',
    covers: at.between(1, 8),
    lines: linesOf(service, at, 4),
  });
  await settings;
  const { id } = (await opening.catch(refusedOpening(service, at))).order;
  // Its operation comes later; its arithmetic is tried now.
  const discount = at.pick([0, 0, 0, 500, 1000, 3333]);
  core.connection().sqlite.prepare('UPDATE orders SET discount_bps = ? WHERE id = ?').run(discount, id);

  for (let n = at.between(0, 4); n > 0; n -= 1) await meanwhile(service, id, at);
  for (let tries = 0; tries < 4; tries += 1) {
    const { status, dueMinor, shares } = viewOf(service, id);
    if (status !== 'open' || dueMinor === 0) break;
    const share = shares.find((one) => one.dueMinor > 0);
    await pay(service, id, at, Math.min(dueMinor, share?.dueMinor ?? dueMinor), share?.id ?? null);
  }
  if (viewOf(service, id).status === 'closed') count.settled += 1;
  for (let n = at.between(0, 3); n > 0; n -= 1) await giveBack(service, id, at);
  if (at.chance(0.3)) await everythingBack(service, id);
}

/** A dish that needs a choice, or is sold out, is refused: then it is something plainer. */
const refusedOpening = (service: Service, at: Dice) => (error: unknown) => {
  if (!(error instanceof Rejection)) throw error;
  const lines = [{ product_id: at.pick(service.products.slice(0, 16)).id, quantity: 1 }];
  return must(service, openOrderCommand, { order_type: 'dine_in', covers: 2, lines });
};

/** Until nothing is left; one more penny is refused. */
async function everythingBack(service: Service, id: string): Promise<void> {
  const { money } = viewOf(service, id);
  const left =
    money.payments.reduce((sum, one) => sum + one.amountMinor, 0) -
    money.refunds.reduce((sum, one) => sum + one.amountMinor, 0);
  const back = { order_id: id, share_id: null, lines: null, reason: 'all of it', method: 'card', config_id: null };
  if (left > 0) await must(service, refundPayment, { ...back, amount_minor: left });
  if ((await may(service, refundPayment, { ...back, amount_minor: 1 })) !== null)
    throw new Error(`more than all went back on ${id}`);
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

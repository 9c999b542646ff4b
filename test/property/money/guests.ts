import type { Command } from '../../../store-server/commands/define.ts';
import { type OrderAnswer, openOrderCommand, orderView } from '../../../store-server/features/orders/index.ts';
import { addLines } from '../../../store-server/features/orders/orders.commands/add-lines.ts';
import { changeLine } from '../../../store-server/features/orders/orders.commands/change-line.ts';
import { fire } from '../../../store-server/features/orders/orders.commands/fire-lines.ts';
import { removeService } from '../../../store-server/features/orders/orders.commands/remove-service.ts';
import { splitOrder } from '../../../store-server/features/orders/orders.commands/split-order.ts';
import { voidLine } from '../../../store-server/features/orders/orders.commands/void-line.ts';
import { refundPayment, takeAndSettle } from '../../../store-server/features/payments/index.ts';
import { changeSettings } from '../../../store-server/features/settings/settings.commands.ts';
import type { Dice } from '../dice.ts';
import { may, must, type Service } from './service.ts';

/** A table of guests: one check from sitting down to the last refund. Nobody else touches it, so the last answer holds. */
interface Guests {
  readonly service: Service;
  readonly at: Dice;
  order: Omit<OrderAnswer['order'], 'sums'>;
}

/** Does something with the check of these guests; false when the house said no. */
async function ask<I, O extends OrderAnswer, P>(
  guests: Guests,
  command: Command<I, O, P>,
  input: object,
): Promise<boolean> {
  const answer = await may(guests.service, command, { order_id: guests.order.id, ...input });
  if (answer === null) return false;
  guests.order = answer.order;
  return true;
}

const methods = ['cash', 'cash', 'card', 'card', 'qr', 'voucher', 'other'] as const;

/** One way or another money comes in, over-tendered and with tips. Cash goes into one of the drawers, if it is open. */
function pay(guests: Guests, amount: number, share_id: string | null): Promise<boolean> {
  const { service, at } = guests;
  const method = at.pick(methods);
  const tip_minor = at.chance(0.3) ? at.between(1, 900) : 0;
  const over = method === 'cash' && at.chance(0.5) ? at.between(1, 2000) : 0;
  const tendered_minor = over > 0 && at.chance(0.5) ? amount + tip_minor + over : null;
  return ask(guests, takeAndSettle, {
    method,
    amount_minor: tendered_minor === null ? amount + over : amount,
    tendered_minor,
    tip_minor,
    reference: method === 'cash' ? null : 'none',
    share_id,
    config_id: at.chance(0.7) ? at.pick(service.tills) : null,
  });
}

const total = (list: readonly { readonly amountMinor: number }[]): number =>
  list.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
const leftOf = ({ order: { money } }: Guests): number => total(money.payments) - total(money.refunds);

const back = { share_id: null, lines: null, amount_minor: null, reason: 'not what they wanted' };

/** Some of it goes back: a share, pieces of a line, an amount, or all that is left. */
async function giveBack(guests: Guests): Promise<void> {
  const { service, at, order } = guests;
  const { shares, lines } = order;
  const kind = at.between(0, 9);
  const line = lines.length === 0 ? undefined : at.pick(lines);
  const left = leftOf(guests);
  const what =
    kind < 2 && shares.length > 0
      ? { share_id: at.pick(shares).id }
      : kind < 6 && line !== undefined
        ? { lines: [{ line_id: line.id, quantity: at.between(1, line.quantity) }] }
        : { amount_minor: kind === 9 ? left : Math.max(1, Math.floor(left * at.part())) };
  const how = { method: at.pick(methods), config_id: at.chance(0.7) ? at.pick(service.tills) : null };
  if (await ask(guests, refundPayment, { ...back, ...how, ...what })) service.count.refunds += 1;
}

/** What may happen to a check while people sit at it. */
async function meanwhile(guests: Guests): Promise<void> {
  const { service, at, order } = guests;
  const line = order.lines.length === 0 ? undefined : at.pick(order.lines);
  switch (at.between(0, 9)) {
    case 0:
      if (line !== undefined) await ask(guests, voidLine, { line_id: line.id, reason: 'sent back' });
      return;
    case 1:
      if (line !== undefined) await ask(guests, changeLine, { line_id: line.id, quantity: at.between(1, 9) });
      return;
    case 2:
      await ask(guests, fire, {});
      return;
    case 3:
      await ask(guests, addLines, { lines: linesOf(service, at, 2) });
      return;
    case 4:
      await ask(guests, removeService, {});
      return;
    case 5:
    case 6: {
      const standing = order.lines.filter(({ status }) => status !== 'voided').map((one) => one.id);
      const items = { mode: 'items', shares: [{ line_ids: standing.slice(0, 1) }, { line_ids: standing.slice(1) }] };
      const split = at.pick([{ mode: 'even', ways: at.between(2, 7) }, { mode: 'seats' }, items]);
      if (split.mode !== 'items' || standing.length > 1) await ask(guests, splitOrder, { split });
      return;
    }
    case 7:
      await giveBack(guests);
      return;
    default: {
      const share = order.shares.length > 0 && at.chance(0.8) ? at.pick(order.shares) : undefined;
      const due = share?.dueMinor ?? order.dueMinor;
      if (due > 0) await pay(guests, at.chance(0.5) ? due : at.between(1, due), share?.id ?? null);
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

/** Now and then prices hold their VAT or not, and service is charged, mandatory or none; each check keeps its own terms. */
async function sitDown(service: Service, at: Dice): Promise<Guests> {
  const { core } = service;
  const kind = at.between(0, 3);
  const terms = { vat_inclusive: at.chance(0.8), service_charge: { enabled: kind > 0, mandatory: kind === 1 } };
  if (at.chance(0.3)) await must(service, changeSettings, terms);
  const lines = linesOf(service, at, 4);
  const { order } = await must(service, openOrderCommand, { order_type: 'dine_in', covers: at.between(1, 8), lines });
  // The operation for discounts comes later; their arithmetic is tried now.
  const discount = at.pick([0, 0, 0, 500, 1000, 3333]);
  if (discount === 0) return { service, at, order };
  core.connection().sqlite.prepare('UPDATE orders SET discount_bps = ? WHERE id = ?').run(discount, order.id);
  return { service, at, order: orderView(core.connection(), order.id) };
}

/** Serves one table: what guests do, how they pay, and what they want back. */
export async function serve(service: Service, at: Dice): Promise<void> {
  const guests = await sitDown(service, at);
  for (let n = at.between(0, 4); n > 0; n -= 1) await meanwhile(guests);
  for (let tries = 0; tries < 5; tries += 1) {
    const { status, dueMinor, shares } = guests.order;
    if (status !== 'open' || dueMinor === 0) break;
    const share = shares.find((one) => one.dueMinor > 0);
    await pay(guests, Math.min(dueMinor, share?.dueMinor ?? dueMinor), share?.id ?? null);
  }
  if (guests.order.status === 'closed') service.count.settled += 1;
  for (let n = at.between(0, 3); n > 0; n -= 1) await giveBack(guests);
  if (at.chance(0.3)) await everythingBack(guests);
}

/** Until nothing is left; one more penny is refused. */
async function everythingBack(guests: Guests): Promise<void> {
  const left = leftOf(guests);
  const how = { ...back, method: 'card', config_id: null };
  if (left > 0 && !(await ask(guests, refundPayment, { ...how, amount_minor: left }))) {
    throw new Error(`what is left on ${guests.order.id} could not go back`);
  }
  if (await ask(guests, refundPayment, { ...how, amount_minor: 1 })) {
    throw new Error(`more than everything went back on ${guests.order.id}`);
  }
}

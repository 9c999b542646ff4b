import type { KitchenCheck, KitchenLine } from '#contract/kitchen.ts';
import { orderFired } from '#contract/orders.facts.ts';
import type { CommandContext } from '../../commands/define.ts';
import { sendFireTickets, sendNotice } from '../kitchen/index.ts';
import { productByRef } from '../menu/index.ts';
import { orderLineTable } from './orders.schema.ts';
import { headOf } from './orders.telling.ts';
import { type LineView, type OrderView, orderView } from './orders.view.ts';

export const kitchenCheck = (order: OrderView): KitchenCheck => ({
  orderId: order.id,
  orderNumber: order.orderNumber,
  orderType: order.orderType,
  tableName: order.tableName,
  covers: order.covers,
  serverName: order.serverName ?? '',
  allergies: order.allergies.map(({ seat, allergens, note }) => ({ seat, allergens, note })),
  note: order.note,
});

export const kitchenLine = (line: LineView): KitchenLine => ({
  lineId: line.id,
  quantity: line.quantity,
  kitchenName: line.kitchenName,
  modifiers: line.modifiers.map(({ kitchenName, quantity, depth }) => ({ kitchenName, quantity, depth })),
  note: line.note,
  seat: line.seat,
  course: line.course,
  stationIds: line.stationIds,
});

/** The stations that have something of the check on the stove or at the pass. */
export const stationsAtWork = (order: OrderView): string[] => [
  ...new Set(
    order.lines
      .filter(({ status }) => status === 'fired' || status === 'preparing' || status === 'ready')
      .flatMap(({ stationIds }) => stationIds),
  ),
];

/** Puts a notice on paper wherever something of the check is being cooked. Returns the stations that were told. */
export function tellKitchen(context: CommandContext, order: OrderView, heading: string, text: string[]): string[] {
  const stationIds = stationsAtWork(order);
  if (stationIds.length > 0) {
    sendNotice(context, { ...kitchenCheck(order), heading, text, stationIds, at: context.now });
  }
  return stationIds;
}

/** A note that reached the kitchen after its ticket did: a slip of its own, at the stations that cook the dish. */
export function sendChange(context: CommandContext, check: KitchenCheck, line: LineView): void {
  sendNotice(context, {
    ...check,
    heading: 'CHANGED',
    text: [`${line.quantity} x ${line.kitchenName}`, line.note === null ? 'The note no longer counts' : line.note],
    stationIds: line.stationIds,
    at: context.now,
  });
}

/** The course of the lines if they are all of one. */
const commonCourse = (lines: readonly LineView[]): number | null => {
  const [first] = lines;
  return first !== undefined && lines.every(({ course }) => course === first.course) ? first.course : null;
};

/**
 * Sends lines that are written as fired to their stations and tells of it.
 * @throws Problem NO_STATION naming the dish that has nowhere to go
 */
export function sendFired(
  context: CommandContext,
  before: Pick<OrderView, 'wireStatus'>,
  order: OrderView,
  lines: readonly LineView[],
): void {
  const course = commonCourse(lines);
  sendFireTickets(context, {
    ...kitchenCheck(order),
    course,
    lines: lines.map(kitchenLine),
    firedAt: context.now,
  });
  context.tx.on('order', order.id).tell(orderFired, {
    ...headOf(before, order),
    course,
    lines: lines.map(({ id, productName, quantity, stationIds }) => ({
      line_id: id,
      product_name: productName,
      quantity,
      station_ids: stationIds,
    })),
  });
}

/** A dish that had no station when it was ordered goes to the one that a manager has given it since. */
const stationsNow = ({ tx }: CommandContext, { stationIds, productId }: LineView): string[] =>
  stationIds.length > 0 ? stationIds : [...(productByRef(tx.connection, productId)?.stationIds ?? [])];

/** Fires held lines: one ticket per station. Returns the order as it then is. */
export function fireLines(context: CommandContext, order: OrderView, lines: readonly LineView[]): OrderView {
  const writer = context.tx.on('order', order.id);
  for (const line of lines) {
    const stationIds = stationsNow(context, line);
    const found = stationIds === line.stationIds ? {} : { stationIds };
    writer.update(orderLineTable, line.id, { status: 'fired', firedAt: context.now, ...found });
  }
  const after = orderView(context.tx.connection, order.id);
  const fired = new Set(lines.map(({ id }) => id));
  sendFired(
    context,
    order,
    after,
    after.lines.filter(({ id }) => fired.has(id)),
  );
  return after;
}

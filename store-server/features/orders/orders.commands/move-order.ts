import { Ref } from '#contract/ids.ts';
import { orderMoved } from '#contract/orders.facts.ts';
import { MoveOrderBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { clearTable, type DiningTable, seatTable, tableByRef } from '../../floor/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { answerOf } from '../orders.dto.ts';
import { tellKitchen } from '../orders.kitchen.ts';
import { orderTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { type OrderView, orderView } from '../orders.view.ts';
import { openOrder } from './conclude.ts';
import { automaticService, insistFree } from './open-order.ts';

/** A table that guests leave before anything was cooked for them need not be cleaned. */
export const leftAs = (order: OrderView): 'cleaning' | 'available' =>
  order.lines.some(({ firedAt }) => firedAt !== null) ? 'cleaning' : 'available';

/** Guests who sit down at a table eat in, so what was a tab at the bar is served, and charged, like any other table. */
function write(context: CommandContext, order: OrderView, table: DiningTable): void {
  const { tx } = context;
  const settings = settingsOf(tx.connection);
  const orderType = 'dine_in';
  const covers = Math.max(1, order.covers);
  const seated = order.orderType !== orderType && order.serviceAskedMinor === null;
  tx.on('order', order.id).update(orderTable, order.id, {
    tableId: table.id,
    tableName: table.name,
    orderType,
    covers,
    ...(seated ? { serviceBps: automaticService(settings, { orderType, covers }) } : {}),
  });
  if (order.tableId !== null) clearTable(context, order.tableId, { orderId: order.id, status: leftAs(order) });
  seatTable(context, table, { orderId: order.id, serverId: order.serverId, guestCount: covers });
}

/** Takes a check to a free table. The kitchen gets a notice where something is cooking, never a new ticket. */
export const moveOrder = defineCommand({
  name: 'orders.move',
  permission: 'orders.move',
  input: MoveOrderBody.extend({ order_id: Ref }),
  handle(context, { order_id, table_id }) {
    const { connection } = context.tx;
    const before = openOrder(context, order_id);
    const table = tableByRef(connection, table_id);
    if (table.id === before.tableId) return answerOf(before);
    insistFree(connection, table);
    write(context, before, table);
    const after = orderView(connection, before.id);
    const from = before.tableName === null ? 'No table' : `Table ${before.tableName}`;
    tellKitchen(context, after, 'MOVED', [`${from} is now table ${table.name}`]);
    context.tx.on('order', before.id).tell(orderMoved, {
      ...headOf(before, after),
      from_table_id: before.tableId,
      from_table_name: before.tableName,
    });
    return answerOf(after);
  },
});

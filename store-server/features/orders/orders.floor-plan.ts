import { and, count, eq, sql, sum } from 'drizzle-orm';
import type { Ref } from '#contract/ids.ts';
import type { Connection } from '../../db/connection.ts';
import { prepared } from '../../db/prepared.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { sectionByRef, sectionDto, sections, sectionView, tableDto, tables, tableView } from '../floor/index.ts';
import { paymentTable } from '../ledger/index.ts';
import { openOrderRows } from './orders.reads.ts';
import { orderTable } from './orders.schema.ts';
import { type OrderView, viewOf } from './orders.view.ts';

const openedToday = prepared((orm) =>
  orm
    .select({ tableId: orderTable.tableId, orders: count() })
    .from(orderTable)
    .where(and(eq(orderTable.businessDay, sql.placeholder('day')), sql`${orderTable.status} <> 'cancelled'`))
    .groupBy(orderTable.tableId)
    .prepare(),
);
const takenToday = prepared((orm) =>
  orm
    .select({ tableId: orderTable.tableId, revenue: sum(paymentTable.amountMinor).mapWith(Number) })
    .from(orderTable)
    .innerJoin(paymentTable, eq(paymentTable.orderId, orderTable.id))
    .where(eq(orderTable.settledDay, sql.placeholder('day')))
    .groupBy(orderTable.tableId)
    .prepare(),
);

/** What stood on each table today: checks opened, and money taken on those that are settled. */
function statsOf(connection: Connection, day: string): (tableId: string) => object {
  const orders = new Map(
    openedToday(connection)
      .all({ day })
      .map((row) => [row.tableId, row.orders]),
  );
  const revenue = new Map(
    takenToday(connection)
      .all({ day })
      .map((row) => [row.tableId, row.revenue]),
  );
  return (tableId) => ({
    orders_today: orders.get(tableId) ?? 0,
    revenue_today: toPounds(minor(revenue.get(tableId) ?? 0)),
  });
}

const shownOrder = (order: OrderView) => ({
  id: order.id,
  name: order.customerName ?? `Order ${order.orderNumber}`,
  order_number: order.orderNumber,
  amount: toPounds(order.sums.total),
  amount_due: toPounds(minor(order.dueMinor)),
  status: order.wireStatus,
});

/**
 * The floor as staff see it: every table with its section, the checks that are open on it and what it did today. It is
 * a read of orders rather than of the floor, since a table knows nothing of checks.
 */
export function floorPlan(
  { connection, businessDay }: { connection: Connection; businessDay: string },
  { query }: { query: { section_id?: Ref | undefined } },
) {
  const only = query.section_id === undefined ? null : sectionByRef(connection, query.section_id).id;
  const all = tables(connection);
  const open = Map.groupBy(
    openOrderRows(connection).filter(({ tableId }) => tableId !== null),
    ({ tableId }) => tableId,
  );
  const stats = statsOf(connection, businessDay);
  return {
    tables: all
      .filter((table) => only === null || table.sectionId === only)
      .map((table) => {
        const orders = (open.get(table.id) ?? []).map((order) => shownOrder(viewOf(connection, order)));
        return {
          ...tableDto(tableView(connection, table)),
          current_order: orders[0] ?? null,
          open_orders: orders,
          stats: stats(table.id),
        };
      }),
    sections: sections(connection)
      .filter((section) => section.active)
      .map((section) => sectionDto(sectionView(section, all))),
  };
}

import type { OrderStatus } from '#contract/orders.ts';
import type { LineView, OrderView } from './orders.view.ts';

/** The head of every fact about an order: how it stands now, and how it stood. */
export const headOf = (old: { readonly wireStatus: OrderStatus }, order: OrderView) => ({
  order_id: order.id,
  order_number: order.orderNumber,
  order_type: order.orderType,
  table_id: order.tableId,
  table_name: order.tableName,
  table_number: order.tableName,
  server_id: order.serverId,
  old_status: old.wireStatus,
  new_status: order.wireStatus,
  total_minor: order.sums.total,
  due_minor: order.dueMinor,
  items_count: order.itemsCount,
});

/** A line as facts carry it: what somebody far away needs to show and count it. */
export const toldLine = (line: LineView) => ({
  line_id: line.id,
  product_id: line.productId,
  product_name: line.productName,
  category_id: line.categoryId,
  quantity: line.quantity,
  unit_price_minor: line.unitPriceMinor,
  vat_bps: line.vatBps,
  seat: line.seat,
  course: line.course,
  status: line.status,
  station_ids: line.stationIds,
  modifiers: line.modifiers.map(({ optionId, name, quantity, priceMinor }) => ({
    option_id: optionId,
    name,
    quantity,
    price_minor: priceMinor,
  })),
});

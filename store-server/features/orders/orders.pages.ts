import type { OrderFilter } from '#contract/orders.ts';
import type { Connection } from '../../db/connection.ts';
import { ordersPage } from './orders.reads.ts';
import { type OrderView, viewOf } from './orders.view.ts';

/** How many orders are looked at together while those of one kitchen state are picked out. */
const AT_ONCE = 100;

/**
 * The orders of a state, newest first. Whether a check is open is a column; how far its kitchen is follows from its
 * dishes, so for that the checks that can be so far are looked through.
 * @param before the alias at which the page before ended
 */
export function ordersThatAre(
  connection: Connection,
  { status, before, limit }: { status: OrderFilter; before: number; limit: number },
): OrderView[] {
  if (status === 'open' || status === 'closed' || status === 'cancelled' || status === 'all') {
    return ordersPage(connection, { status, before, limit }).map((order) => viewOf(connection, order));
  }
  const among = status === 'completed' ? 'closed' : 'moving';
  const found: OrderView[] = [];
  for (let from = before; found.length < limit; ) {
    const rows = ordersPage(connection, {
      status: among,
      before: from,
      limit: AT_ONCE,
    });
    const views = rows.map((order) => viewOf(connection, order));
    found.push(...views.filter((order) => order.wireStatus === status));
    if (rows.length < AT_ONCE) break;
    from = rows.at(-1)!.alias;
  }
  return found.slice(0, limit);
}

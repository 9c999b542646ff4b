import { useNavigate } from 'react-router';
import { orders } from '#api/operations/day.ts';
import { useRead } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { type Order, stateOf } from '../../orders/orders.rules.ts';
import { texts as words } from '../../orders/orders.texts.ts';
import { whereOf } from '../../orders/where.ts';
import type { Found, Search } from '../finders.ts';
import { texts } from '../frame.texts.ts';
import { useReach } from '../reach.ts';

/** The latest settled checks are found as well as those that are open. */
const SETTLED = 100;

/** Checks by their number, table, guest or server, or by a dish on them. */
export function useOrderFinder(search: Search): Found[] {
  const wanted = useReach()('/orders') && search.wants('order');
  const go = useNavigate();
  const open = useRead(orders.list, { query: { status: 'open', limit: 200 } }, { wanted });
  const closed = useRead(orders.list, { query: { status: 'closed', limit: SETTLED } }, { wanted });
  if (!wanted) return [];
  return [...(open.data ?? []), ...(closed.data ?? [])].flatMap((order): Found[] => {
    const meant = meantBy(order, search);
    if (meant === null) return [];
    return [
      {
        id: `order.${order.id}`,
        group: texts.groups.orders,
        label: `#${order.order_number} · ${whereOf(order)}`,
        aside: [meant.dish, pounds(order.total_amount), words.states[stateOf(order).word]].filter(Boolean).join(' · '),
        rank: meant.rank,
        run: () => void go(`/orders/${order.id}`),
      },
    ];
  });
}

/** How near an order is to what was typed, and the dish by which it was found, if it was by one. */
function meantBy(order: Order, { typed, nearness }: Search): { rank: number; dish?: string } | null {
  const plain = typed.trim().toLowerCase();
  if (plain === '') return { rank: 0 };
  if (plain.replace(/^#/, '') === String(order.order_number)) return { rank: order.closed_at === null ? -1 : 0 };
  // A number alone, or with #, is a number or a table and no part of either.
  const table = order.table_number?.toLowerCase();
  if (table !== undefined && (plain === table || plain === `t${table}`)) return { rank: -1 };
  if (/^#?\d+$/.test(plain)) return null;
  const rank = nearness([whereOf(order), order.customer_name, order.server_name].join(' '));
  if (rank !== null && rank < 4) return { rank: rank + 1 };
  const dish = plain.length < 3 ? undefined : order.lines.find(({ product_name }) => (nearness(product_name) ?? 9) < 3);
  return dish === undefined ? null : { rank: 6, dish: texts.palette.has(dish.product_name) };
}

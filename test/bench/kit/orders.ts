import type { Core } from '../../../store-server/commands/core.ts';
import { OrderBody, orderFrom } from '../../../store-server/compat/c2-orders.ts';
import { OpenOrderInput } from '../../../store-server/contract/orders.ts';
import type { Connection } from '../../../store-server/db/connection.ts';
import { catalogueOf } from '../../../store-server/features/menu/menu.catalogue.ts';
import { openOrderCommand } from '../../../store-server/features/orders/index.ts';
import { callerFor } from './store.ts';

/** Five dishes that can be ordered with no choice to make, from as many stations as there are. */
export function fiveDishes(connection: Connection): number[] {
  const plain = catalogueOf(connection).products.filter(
    ({ onMenu, groups, stationIds }) => onMenu && groups.every(({ min }) => min === 0) && stationIds.length > 0,
  );
  const byStation = [...Map.groupBy(plain, ({ stationIds }) => stationIds.join()).values()];
  const picked = Array.from({ length: 5 }, (_, n) => {
    const station = byStation[n % byStation.length] ?? [];
    return station[Math.floor(n / byStation.length)]?.alias;
  });
  if (picked.includes(undefined)) throw new Error('the demo menu has too few plain dishes');
  return picked as number[];
}

/** A whole order as iPads send it: a table, five lines, what the client believes it comes to. It is fired at once. */
export const orderBody = (dishes: readonly number[], n: number) => ({
  table_number: String((n % 40) + 1),
  guest_count: 2,
  total_amount: 61.5,
  lines: dishes.map((product_id, line) => ({ product_id, qty: line === 0 ? 2 : 1, price_unit: 9.5 })),
});

/**
 * Orders given to a door as the HTTP edge gives them: read from the body already, with a key of their own each.
 * Resolves once the order is on the disk.
 */
export function orderTaker(door: Pick<Core, 'connection' | 'execute'>): (n: number) => Promise<unknown> {
  const dishes = fiveDishes(door.connection());
  const caller = callerFor(door);
  const orders = Array.from({ length: 40 }, (_, n) => {
    const body = orderBody(dishes, n);
    return { sent: { params: {}, body }, input: OpenOrderInput.parse(orderFrom(OrderBody.parse(body))) };
  });
  return (n) => {
    const { input, sent } = orders[n % orders.length] as (typeof orders)[number];
    return door.execute(openOrderCommand, caller(), input, sent);
  };
}

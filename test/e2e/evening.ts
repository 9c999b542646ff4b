import type { ApiClient } from '../harness/api-client.ts';
import type { TestStore } from '../harness/open-store.ts';
import { people } from './stage.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

interface Product {
  readonly uuid: string;
  readonly name: string;
  readonly needs_choice: boolean;
}

/** Somebody at the desk who stays signed in, however far the clock is moved. */
const manager = (store: TestStore): Promise<ApiClient> => store.signedIn(people.manager.email, people.manager.password);

/** A check with the dishes at these places of the menu, on a table of its own. */
async function order(api: ApiClient, menu: readonly Product[], dishes: readonly number[], covers: number) {
  const { id } = await api.must('POST', 'orders', { order_type: 'dine_in', covers });
  const lines = dishes.map((at, nth) => ({
    product_id: menu[at % menu.length]?.uuid,
    quantity: 1 + (nth % 2),
  }));
  const check = await api.must('POST', `orders/${id}/lines`, { lines });
  await api.must('POST', `orders/${id}/fire`, {});
  return { id: id as string, due: check.amount_due as number };
}

async function pay(api: ApiClient, { id, due }: { id: string; due: number }, method: 'card' | 'cash'): Promise<void> {
  const how = method === 'card' ? { reference: 'T-1' } : { tendered: Math.ceil(due / 10) * 10 };
  await api.must('POST', `orders/${id}/payments`, { method, amount: due, ...how });
}

const menuOf = async (api: ApiClient): Promise<Product[]> =>
  ((await api.must('GET', 'products')) as Product[]).filter(({ needs_choice }) => !needs_choice);

/** Checks settled in the hours from now on, so many in each. */
async function sales(store: TestStore, perHour: readonly number[]): Promise<void> {
  for (const [hour, checks] of perHour.entries()) {
    const api = await manager(store);
    const menu = await menuOf(api);
    for (let nth = 0; nth < checks; nth += 1) {
      const dishes = [0, nth * 7 + hour, nth * 3 + 11, hour * 5 + 23];
      await pay(api, await order(api, menu, dishes, 2 + (nth % 3)), nth % 3 === 0 ? 'cash' : 'card');
    }
    store.clock.jump(HOUR_MS);
  }
}

/**
 * A Wednesday evening in full swing, with the Wednesday before to compare it with: the drawer open, checks settled since
 * six, five tables still eating, a dish that has run out.
 */
export async function playEvening(store: TestStore): Promise<void> {
  const opening = await manager(store);
  await opening.must('POST', 'pos/sessions', { config_id: 1, opening_float: 150 });
  await sales(store, [2, 3, 4, 2]);
  store.clock.jump(WEEK_MS - 4 * HOUR_MS);
  await sales(store, [1, 3, 4, 2]);
  const api = await manager(store);
  const menu = await menuOf(api);
  for (let table = 0; table < 5; table += 1) {
    await order(api, menu, [table * 9, table * 4 + 2, table + 17], 2 + (table % 3));
    store.clock.jump(4 * 60_000);
  }
  await api.must('POST', `products/${menu[30]?.uuid}/availability`, { available: false });
  // As it would have been made in the quarter of an hour before.
  await api.must('POST', 'backups');
}

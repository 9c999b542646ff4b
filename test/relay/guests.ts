import { openOrderCommand, orderView } from '../../store-server/features/orders/index.ts';
import { takeAndSettle } from '../../store-server/features/payments/index.ts';
import { addTill } from '../../store-server/features/shifts/index.ts';
import type { TestStore } from '../harness/open-store.ts';
import { dice } from '../property/dice.ts';
import { serve } from '../property/money/guests.ts';
import {
  closeDay,
  closeDrawers,
  cook,
  managerOf,
  moveSomeCash,
  must,
  openDrawers,
  type Service,
} from '../property/money/service.ts';
import { removePrinters } from '../property/remove-printers.ts';

const AT_ONCE = 32;

const nothingElse = { tip_minor: 0, tendered_minor: null, share_id: null, config_id: null };

/** A house where guests order, split, void, pay and take back by the hundred, over drawers and days. */
export interface House {
  /** Serves so many checks, many at once. */
  serve(checks: number): Promise<void>;
  /** Sells so many plain checks over the counter, by card. */
  sell(checks: number): Promise<void>;
  /** Counts and closes the drawers and the day, and opens the next. @returns the day that ended */
  endDay(): Promise<string>;
}

export async function openHouse(store: TestStore, seed: number): Promise<House> {
  const { core } = store.server;
  const manager = managerOf(core);
  await removePrinters(store);
  await core.execute(addTill, manager, { name: 'Bar', printer_id: null });
  const service: Service = {
    core,
    manager,
    products: await cook(core),
    tills: [1, 2],
    sessions: new Map(),
    count: { commands: 0, refused: 0, refunds: 0, settled: 0 },
  };
  const at = dice(seed);
  await openDrawers(service, at);
  let begun = 0;
  return {
    async serve(checks) {
      const last = begun + checks;
      const hand = async () => {
        while (begun < last) {
          begun += 1;
          const own = dice(seed + begun);
          if (begun % 25 === 0) await moveSomeCash(service, own);
          await serve(service, own);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, hand));
    },
    async sell(checks) {
      let sold = 0;
      const hand = async () => {
        while (sold < checks) {
          sold += 1;
          const product_id = at.pick(service.products).id;
          const lines = [{ product_id, quantity: at.between(1, 4) }];
          const { order } = await must(service, openOrderCommand, { order_type: 'counter', lines });
          const amount_minor = orderView(core.connection(), order.id).dueMinor;
          if (amount_minor === 0) continue;
          const payment = { order_id: order.id, method: 'card', amount_minor, reference: 'none', ...nothingElse };
          await must(service, takeAndSettle, payment);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, hand));
    },
    async endDay() {
      await closeDrawers(service, at);
      const day = await closeDay(service);
      store.clock.jump(86_400_000);
      await openDrawers(service, at);
      return day;
    },
  };
}

import { openOrders, ordersWithOtherTotals } from '../features/orders/index.ts';
import { printers, printLane, waitingJobs } from '../features/printers/index.ts';
import { settingsOf, storeIdentity } from '../features/settings/index.ts';
import { isoTime } from '../kernel/dates.ts';
import { minor, toPounds } from '../kernel/money.ts';
import type { StatusPageDeps } from './pages.ts';

/** How many of a printer's latest slips the page shows. */
const SLIPS_SHOWN = 12;
const DAY_MS = 86_400_000;

/** What the page shows, read anew each time: money in pounds, times in ISO. */
export function storeState({ core, clock, lab, version, demo }: StatusPageDeps) {
  const connection = core.connection();
  const { restaurant, time_zone } = settingsOf(connection);
  const orders = openOrders(connection).map((view) => ({
    id: view.id,
    order_number: view.orderNumber,
    table_name: view.tableName,
    order_type: view.orderType,
    covers: view.covers,
    opened_at: isoTime(view.openedAt),
    total: toPounds(minor(view.sums.total)),
    paid: toPounds(minor(view.money.paidMinor)),
    lines: view.lines.map(({ quantity, productName, status }) => ({ quantity, name: productName, status })),
  }));
  return {
    now: isoTime(clock.now()),
    store: {
      name: restaurant.name,
      restaurant_id: storeIdentity(core.connection()).restaurantId,
      version,
      demo,
      time_zone,
      read_only: core.readOnly(),
      journal_entries: core.head().seq,
    },
    orders,
    /** Orders of the last 24 hours whose device had reckoned another total than ours. */
    totals_differing: ordersWithOtherTotals(connection, clock.now() - DAY_MS),
    printers: printers(connection).map((printer) => {
      const waiting = waitingJobs(connection, printLane(printer.id));
      const virtual = lab.printers().get(printer.id);
      const papers = virtual?.papers().slice(-SLIPS_SHOWN) ?? [];
      return {
        id: printer.id,
        name: printer.name,
        address: printer.address,
        waiting: waiting.length,
        problem: waiting.find((job) => job.reason !== null)?.reason ?? null,
        virtual: virtual !== undefined,
        drawer_openings: virtual?.drawerOpenings().length ?? 0,
        papers: papers.map(({ number, at }) => ({ number, at: isoTime(at) })).reverse(),
      };
    }),
  };
}

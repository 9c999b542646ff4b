import type { Connection } from '../../db/connection.ts';
import type { LongRead } from '../../db/long-read.ts';
import { headlinesOf } from '../../kernel/breakdown.ts';
import { checkDay, checkLedger, checkOrder, daysWithMoney, settledOrders } from '../ledger/index.ts';
import { orderView } from '../orders/index.ts';
import { checkDrawers } from '../shifts/index.ts';
import { seals } from './reports.reads.ts';
import { computeDay } from './reports.summary.ts';

/** One check against the ledger, figure by figure: what its lines come to now must be what was posted. */
export const checkOrderMoney = (connection: Connection, orderId: string): string[] =>
  checkOrder(connection, orderId, headlinesOf(orderView(connection, orderId).sums.breakdown));

/** One business day: its tenders and every check settled in it. */
export const checkDayMoney = (connection: Connection, businessDay: string): string[] => [
  ...checkDay(connection, businessDay),
  ...settledOrders(connection, { businessDay }).flatMap(({ orderId }) => checkOrderMoney(connection, orderId)),
];

/** The same as a thread of its own does it, for a day with very many checks. */
export const checkDayAside: LongRead<string, string[]> = { name: 'reports.check_day', read: checkDayMoney };

/** Everything: the ledger, each settled check, each drawer and Z series, and that no sealed day has changed since. */
export function checkMoney(connection: Connection): string[] {
  const sealed = seals(connection);
  return [
    ...checkLedger(connection),
    ...checkDrawers(connection),
    ...daysWithMoney(connection, '', '9999').flatMap((day) => checkDayMoney(connection, day)),
    ...sealed.flatMap(({ id, summary }) =>
      JSON.stringify(figures(summary)) === JSON.stringify(figures(computeDay(connection, id)))
        ? []
        : [`day ${id}: what was sealed is not what the ledger says now`],
    ),
  ];
}

/** What can never change; a dish or category may be renamed after its day was sealed. */
const figures = ({
  orders,
  items,
  salesTotalMinor,
  refundsMinor,
  vatMinor,
  tipsMinor,
  vatByRate,
  tenders,
}: ReturnType<typeof computeDay>) => ({
  orders,
  items,
  salesTotalMinor,
  refundsMinor,
  vatMinor,
  tipsMinor,
  vatByRate,
  tenders,
});

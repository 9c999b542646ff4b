import type Database from 'better-sqlite3';
import type { DaySummary } from '../../../store-server/features/reports/reports.summary.ts';
import type { ShiftReport } from '../../../store-server/features/shifts/shifts.report.ts';

/**
 * What a Z and a daily report say against the bare rows of the ledger, added up by statements of the test's own: the
 * product's way of adding has no part in it.
 */

type Figures = Record<string, number>;

interface Row {
  readonly kind: string;
  readonly account: string;
  readonly bps: number | null;
  readonly amount: number;
}

/** The postings of a session or a day, added up by kind of entry, account and rate, with what payments and refunds say. */
function ledgerOf(database: Database.Database, scope: 'session_id' | 'business_day', id: string) {
  const rows = database
    .prepare<[string], Row>(
      `SELECT e.kind AS kind, p.account AS account, p.vat_bps AS bps, sum(p.amount_minor) AS amount
       FROM ledger_entry e JOIN ledger_posting p ON p.entry_id = e.id
       WHERE e.${scope} = ? GROUP BY 1, 2, 3`,
    )
    .all(id);
  const told = (table: 'payment' | 'refund', column: string): number =>
    (database.prepare(`SELECT sum(${column}) FROM ${table} WHERE ${scope} = ?`).pluck().get(id) as number | null) ?? 0;
  return {
    sum: (fits: (row: Row) => boolean): number => rows.reduce((all, row) => (fits(row) ? all + row.amount : all), 0),
    paid: {
      taken: told('payment', 'amount_minor'),
      refunded: told('refund', 'amount_minor'),
      'tips by tender': told('payment', 'tip_minor'),
    },
  };
}

const income = ['sales_net', 'service_charge', 'refunds_net', 'refunds_service'];
const isSale = ({ kind, account }: Row): boolean =>
  kind === 'sale' && ['sales_net', 'vat', 'service_charge'].includes(account);
const isCredit = ({ kind, account }: Row): boolean =>
  kind === 'refund' && ['refunds_net', 'refunds_service', 'vat'].includes(account);
const on =
  (name: string) =>
  ({ account }: Row): boolean =>
    account === name;

type Sum = ReturnType<typeof ledgerOf>['sum'];

function ratesOf(vatByRate: ShiftReport['vatByRate'], sum: Sum): [Figures, Figures] {
  const said: Figures = {};
  const found: Figures = {};
  for (const { bps, netMinor, vatMinor } of vatByRate) {
    said[`net at ${bps}`] = netMinor;
    said[`VAT at ${bps}`] = vatMinor;
    found[`net at ${bps}`] = 0 - sum((row) => row.bps === bps && income.includes(row.account));
    found[`VAT at ${bps}`] = 0 - sum((row) => row.bps === bps && row.account === 'vat');
  }
  said['VAT'] = vatByRate.reduce((all, { vatMinor }) => all + vatMinor, 0);
  found['VAT'] = 0 - sum(on('vat'));
  return [said, found];
}

const differences = (what: string, said: Figures, found: Figures): string[] =>
  Object.keys(said).flatMap((name) =>
    said[name] === found[name] ? [] : [`${what}: ${name} is ${said[name]}, the ledger says ${found[name]}`],
  );

const totals = (tenders: ShiftReport['tenders']): Figures => ({
  taken: tenders.reduce((all, { takenMinor }) => all + takenMinor, 0),
  refunded: tenders.reduce((all, { refundedMinor }) => all + refundedMinor, 0),
  'tips by tender': tenders.reduce((all, { tipMinor }) => all + tipMinor, 0),
});

/** Every figure of a Z report that is not what its session's rows come to. */
export function zAgrees(database: Database.Database, sessionId: string): string[] {
  const text = database.prepare('SELECT body FROM z_report WHERE session_id = ?').pluck().get(sessionId) as string;
  const z = JSON.parse(text) as ShiftReport;
  const { sum, paid } = ledgerOf(database, 'session_id', sessionId);
  const cash = on(`cash:${sessionId}`);
  const [saidRates, foundRates] = ratesOf(z.vatByRate, sum);
  const said: Figures = {
    sales: z.salesTotalMinor,
    tips: z.tipsMinor,
    credited: z.refunds.amountMinor,
    returned: z.refunds.returnedMinor,
    expected: z.cash.expectedMinor,
    difference: z.cash.differenceMinor ?? 0,
    ...totals(z.tenders),
    ...saidRates,
  };
  const found: Figures = {
    sales: 0 - sum(isSale),
    tips: 0 - sum(on('tips')),
    credited: sum(isCredit),
    returned: sum((row) => row.kind === 'refund' && row.account === 'open_checks'),
    expected: sum((row) => row.kind !== 'close' && cash(row)),
    difference: 0 - sum(on('cash_over_short')),
    ...paid,
    ...foundRates,
  };
  return [
    ...differences(`Z ${z.number}`, said, found),
    ...(sum(cash) === 0 ? [] : [`Z ${z.number}: the drawer is not empty`]),
  ];
}

/** Every figure of a daily report that is not what the rows of its day come to. */
export function dayAgrees(database: Database.Database, summary: DaySummary): string[] {
  const { day } = summary;
  const { sum, paid } = ledgerOf(database, 'business_day', day);
  const [saidRates, foundRates] = ratesOf(summary.vatByRate, sum);
  const said: Figures = {
    sales: summary.salesTotalMinor,
    orders: summary.orders,
    refunds: summary.refundsMinor,
    tips: summary.tipsMinor,
    'by hour': summary.hours.reduce((all, { salesMinor }) => all + salesMinor, 0),
    'by person': summary.staff.reduce((all, { salesMinor }) => all + salesMinor, 0),
    'VAT after refunds': summary.vatMinor,
    ...totals(summary.tenders),
    ...saidRates,
  };
  const sales = 0 - sum(isSale);
  const found: Figures = {
    sales,
    orders: database.prepare('SELECT count(*) FROM orders WHERE settled_day = ?').pluck().get(day) as number,
    refunds: sum(isCredit),
    tips: 0 - sum(on('tips')),
    'by hour': sales,
    'by person': sales,
    'VAT after refunds': 0 - sum(on('vat')),
    ...paid,
    ...foundRates,
  };
  return differences(`day ${day}`, said, found);
}

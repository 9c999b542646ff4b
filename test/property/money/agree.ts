import type Database from 'better-sqlite3';
import type { DaySummary } from '../../../store-server/features/reports/reports.summary.ts';
import type { ShiftReport } from '../../../store-server/features/shifts/shifts.report.ts';

/**
 * What a Z and a daily report say against the bare rows of the ledger, added up by statements of the test's own: the
 * product's way of adding has no part in it.
 */

type Figures = Record<string, number>;

const one = (database: Database.Database, sql: string, id: string): number =>
  (database.prepare(sql).pluck().get(id) as number | null) ?? 0;

function ledgerOf(database: Database.Database, scope: 'session_id' | 'business_day', id: string) {
  const sum = (where: string): number =>
    one(
      database,
      `SELECT sum(p.amount_minor) FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
       WHERE e.${scope} = ? AND ${where}`,
      id,
    );
  const paid = (table: 'payment' | 'refund', column: string): number =>
    one(database, `SELECT sum(${column}) FROM ${table} WHERE ${scope} = ?`, id);
  return { sum, paid };
}

const income = "('sales_net', 'service_charge', 'refunds_net', 'refunds_service')";

function ratesOf(vatByRate: ShiftReport['vatByRate'], sum: (where: string) => number): [Figures, Figures] {
  const said: Figures = {};
  const found: Figures = {};
  for (const { bps, netMinor, vatMinor } of vatByRate) {
    said[`net at ${bps}`] = netMinor;
    said[`VAT at ${bps}`] = vatMinor;
    found[`net at ${bps}`] = 0 - sum(`p.vat_bps = ${bps} AND p.account IN ${income}`);
    found[`VAT at ${bps}`] = 0 - sum(`p.vat_bps = ${bps} AND p.account = 'vat'`);
  }
  said['VAT'] = vatByRate.reduce((all, { vatMinor }) => all + vatMinor, 0);
  found['VAT'] = 0 - sum("p.account = 'vat'");
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
  const cash = `p.account = 'cash:${sessionId}'`;
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
    sales: 0 - sum("e.kind = 'sale' AND p.account IN ('sales_net', 'vat', 'service_charge')"),
    tips: 0 - sum("p.account = 'tips'"),
    credited: sum("e.kind = 'refund' AND p.account IN ('refunds_net', 'refunds_service', 'vat')"),
    returned: sum("e.kind = 'refund' AND p.account = 'open_checks'"),
    expected: sum(`e.kind <> 'close' AND ${cash}`),
    difference: 0 - sum("p.account = 'cash_over_short'"),
    taken: paid('payment', 'amount_minor'),
    refunded: paid('refund', 'amount_minor'),
    'tips by tender': paid('payment', 'tip_minor'),
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
  const sales = 0 - sum("e.kind = 'sale' AND p.account IN ('sales_net', 'vat', 'service_charge')");
  const found: Figures = {
    sales,
    orders: one(database, 'SELECT count(*) FROM orders WHERE settled_day = ?', day),
    refunds: sum("e.kind = 'refund' AND p.account IN ('refunds_net', 'refunds_service', 'vat')"),
    tips: 0 - sum("p.account = 'tips'"),
    'by hour': sales,
    'by person': sales,
    'VAT after refunds': 0 - sum("p.account = 'vat'"),
    taken: paid('payment', 'amount_minor'),
    refunded: paid('refund', 'amount_minor'),
    'tips by tender': paid('payment', 'tip_minor'),
    ...foundRates,
  };
  return differences(`day ${day}`, said, found);
}

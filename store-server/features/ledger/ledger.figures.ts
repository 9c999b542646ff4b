import { accounts } from './ledger.accounts.ts';
import { type LedgerTotal, sumOf } from './ledger.reads.ts';

/** Money at one VAT rate, after refunds. Minor units. */
export interface RateFigures {
  readonly bps: number;
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly grossMinor: number;
}

/** What a session or a day comes to, read from the ledger. Minor units, each figure as people say it: positive. */
export interface LedgerFigures {
  /** Checks that were settled, before refunds: without VAT, its VAT, the service charge without VAT, all of it. */
  readonly salesNetMinor: number;
  readonly salesVatMinor: number;
  readonly serviceMinor: number;
  readonly salesTotalMinor: number;
  /** Taken back of settled sales, and the VAT in that. */
  readonly creditedMinor: number;
  readonly creditedVatMinor: number;
  /** Given back without undoing a sale. */
  readonly returnedMinor: number;
  readonly tipsMinor: number;
  /** VAT by rate after refunds, the highest rate first; what is outside VAT is in no row. */
  readonly vatByRate: readonly RateFigures[];
  readonly floatMinor: number;
  readonly cashInMinor: number;
  readonly cashOutMinor: number;
  /** What was counted less what should have been there. */
  readonly overShortMinor: number;
}

const income: readonly string[] = [
  accounts.salesNet,
  accounts.serviceCharge,
  accounts.refundsNet,
  accounts.refundsService,
];

/** Sums up a scope's totals into the figures that a Z report and a daily report show. */
export function figuresOfLedger(totals: readonly LedgerTotal[]): LedgerFigures {
  const of = (kind: string, ...names: string[]): number =>
    sumOf(totals, (total) => total.kind === kind && names.includes(total.account));
  const credit = (kind: string, ...names: string[]): number => 0 - of(kind, ...names);
  const rates = [...new Set(totals.map(({ vatBps }) => vatBps))].filter((bps) => bps !== null).sort((a, b) => b - a);
  const salesNetMinor = credit('sale', accounts.salesNet);
  const salesVatMinor = credit('sale', accounts.vat);
  const serviceMinor = credit('sale', accounts.serviceCharge);
  return {
    salesNetMinor,
    salesVatMinor,
    serviceMinor,
    salesTotalMinor: salesNetMinor + salesVatMinor + serviceMinor,
    creditedMinor: of('refund', accounts.refundsNet, accounts.refundsService, accounts.vat),
    creditedVatMinor: of('refund', accounts.vat),
    returnedMinor: of('refund', accounts.openChecks),
    tipsMinor: credit('payment', accounts.tips),
    vatByRate: rates.map((bps) => {
      const netMinor = 0 - sumOf(totals, ({ vatBps, account }) => vatBps === bps && income.includes(account));
      const vatMinor = 0 - sumOf(totals, ({ vatBps, account }) => vatBps === bps && account === accounts.vat);
      return { bps, netMinor, vatMinor, grossMinor: netMinor + vatMinor };
    }),
    floatMinor: credit('float', accounts.safe),
    cashInMinor: credit('cash_in', accounts.cashIn),
    cashOutMinor: of('cash_out', accounts.cashOut),
    overShortMinor: credit('close', accounts.cashOverShort),
  };
}

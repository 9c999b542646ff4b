import { type Breakdown, totalOf } from '../../kernel/breakdown.ts';
import { accounts, tenderAccount } from './ledger.accounts.ts';
import type { Posting } from './ledger.post.ts';

/** How money that guests bring and get back is booked. Every list adds up to nought; minor units, debits positive. */

/** Money taken stands in `open_checks` until its check is settled; a tip is owed to staff at once. */
export const paymentPostings = ({
  method,
  sessionId,
  amountMinor,
  tipMinor,
}: {
  method: string;
  sessionId: string | null;
  amountMinor: number;
  tipMinor: number;
}): Posting[] => [
  { account: tenderAccount(method, sessionId), amountMinor: amountMinor + tipMinor },
  { account: accounts.openChecks, amountMinor: 0 - amountMinor },
  { account: accounts.tips, amountMinor: 0 - tipMinor },
];

/** A settled check: what guests had paid is owed to them no more, and becomes goods, VAT and service. */
export const salePostings = (breakdown: Breakdown): Posting[] => [
  { account: accounts.openChecks, amountMinor: totalOf(breakdown) },
  ...breakdown.rates.flatMap(({ bps, goodsNet, goodsVat, serviceNet, serviceVat }) => [
    { account: accounts.salesNet, amountMinor: 0 - goodsNet, vatBps: bps },
    { account: accounts.vat, amountMinor: 0 - (goodsVat + serviceVat), vatBps: bps },
    { account: accounts.serviceCharge, amountMinor: 0 - serviceNet, vatBps: bps },
  ]),
  { account: accounts.serviceCharge, amountMinor: 0 - breakdown.untaxedService },
];

/**
 * A refund: the mirror image of the sale as far as `allocation` undoes it; `returnedMinor` of it undoes none, because
 * the check was still open or too much had been paid.
 */
export const refundPostings = ({
  method,
  sessionId,
  amountMinor,
  returnedMinor,
  allocation,
}: {
  method: string;
  sessionId: string | null;
  amountMinor: number;
  returnedMinor: number;
  allocation: Breakdown;
}): Posting[] => [
  ...allocation.rates.flatMap(({ bps, goodsNet, goodsVat, serviceNet, serviceVat }) => [
    { account: accounts.refundsNet, amountMinor: goodsNet, vatBps: bps },
    { account: accounts.vat, amountMinor: goodsVat + serviceVat, vatBps: bps },
    { account: accounts.refundsService, amountMinor: serviceNet, vatBps: bps },
  ]),
  { account: accounts.refundsService, amountMinor: allocation.untaxedService },
  { account: accounts.openChecks, amountMinor: returnedMinor },
  { account: tenderAccount(method, sessionId), amountMinor: 0 - amountMinor },
];

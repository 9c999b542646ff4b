/** The double entry beneath all money. It has no routes and no commands: payments, shifts and refunds post to it. */
export {
  accounts,
  cashAccount,
} from './ledger.accounts.ts';
export { figuresOfLedger, type LedgerFigures, type RateFigures } from './ledger.figures.ts';
export {
  checkDay,
  checkInvariants,
  checkLedger,
  checkOrder,
  checkSession,
} from './ledger.invariants.ts';
export {
  type OrderMoney,
  orderMoney,
  type PaymentRow,
  type RefundRow,
  sharePaidMinor,
} from './ledger.order-money.ts';
export {
  paymentTable,
  type RefundedLine,
  refundTable,
} from './ledger.payment.schema.ts';
export {
  type NewEntry,
  type Posting,
  type PostingContext,
  post,
} from './ledger.post.ts';
export { paymentPostings, refundPostings, salePostings } from './ledger.postings.ts';
export {
  accountBalance,
  daysWithMoney,
  type LedgerScope,
  type LedgerTotal,
  ledgerTotals,
  type SettledOrder,
  settledOrders,
  sumOf,
} from './ledger.reads.ts';
export { type Tender, type TenderScope, tendersOf } from './ledger.tenders.ts';

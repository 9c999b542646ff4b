import { paymentPostings, refundPostings, salePostings } from '../../../store-server/features/ledger/index.ts';
import { leftToPay } from '../../../store-server/features/orders/orders.left.rules.ts';
import { type Share, type SharePlan, sharesOf } from '../../../store-server/features/orders/orders.shares.rules.ts';
import { type CheckSums, sumCheck } from '../../../store-server/features/orders/orders.sums.rules.ts';
import {
  type Refund,
  type RefundRequest,
  refundOf,
} from '../../../store-server/features/payments/payments.refund.rules.ts';
import { returnOf } from '../../../store-server/features/payments/payments.return.rules.ts';
import { takePayment } from '../../../store-server/features/payments/payments.rules.ts';
import { type Breakdown, type Figures, headlinesOf } from '../../../store-server/kernel/breakdown.ts';
import { minor } from '../../../store-server/kernel/money.ts';
import { type Book, book } from './book.ts';
import type { Giving, Paying, Plan } from './checks.ts';

/** Lives a check through from its sums to the last refund, and says with the first sentence what does not add up. */

class Astray extends Error {}
function same(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Astray(`${what}: ${found}, should be ${expected}`);
}
function holds(what: string, truth: boolean): void {
  if (!truth) throw new Astray(what);
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Half up, by whole numbers of any size and none of the product's own. */
const halfUp = (amount: number, part: number, whole: number): number =>
  Number((2n * BigInt(amount) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));

const SESSION = 'session';
const tenders = {
  cash: `cash:${SESSION}`,
  card: 'card',
  qr: 'tender:qr',
  voucher: 'tender:voucher',
  other: 'tender:other',
};

/** What the figures of a whole have to be, and those of its parts together. */
const figureNames = ['itemsTotal', 'discount', 'subtotal', 'tax', 'service', 'serviceVat', 'total'] as const;
const rateNames = ['goodsNet', 'goodsVat', 'serviceNet', 'serviceVat'] as const;

function neverNegative(what: string, { rates, untaxedService }: Breakdown): void {
  holds(
    `${what}: a figure is negative`,
    untaxedService >= 0 && rates.every((rate) => rateNames.every((name) => rate[name] >= 0)),
  );
}

function addsUp(what: string, parts: readonly Figures[], whole: Figures): void {
  for (const name of figureNames) same(`${what}: ${name}`, sum(parts.map((part) => part[name])), whole[name]);
  same(
    `${what}: service outside VAT`,
    sum(parts.map((part) => part.breakdown.untaxedService)),
    whole.breakdown.untaxedService,
  );
  for (const [at, rate] of whole.breakdown.rates.entries()) {
    for (const name of rateNames) {
      same(
        `${what}: ${name} at ${rate.bps}`,
        sum(parts.map((part) => part.breakdown.rates[at]?.[name] ?? Number.NaN)),
        rate[name],
      );
    }
  }
  for (const part of parts) neverNegative(what, part.breakdown);
}

/** The sums of the check against the rules, reckoned anew. */
function sumsOf(plan: Plan): CheckSums {
  const lines = plan.lines.map(({ unit, quantity, bps }, n) => ({
    id: `l${n}`,
    gross: minor(unit * quantity),
    vatBps: bps,
  }));
  const { bps, mandatory, removed, asked } = plan.service;
  const sums = sumCheck({
    lines,
    vatInclusive: plan.vatInclusive,
    service: { bps, mandatory, removed, ...(asked === null ? {} : { amount: minor(asked) }) },
    ...(plan.discountBps === null ? {} : { discountBps: plan.discountBps }),
    ...(plan.discountMinor === null ? {} : { discountMinor: minor(plan.discountMinor) }),
  });
  const items = sum(lines.map(({ gross }) => gross));
  same('menu prices', sums.itemsTotal, items);
  const discount =
    plan.discountMinor === null ? halfUp(items, plan.discountBps ?? 0, 10_000) : Math.min(plan.discountMinor, items);
  same('discount', sums.discount, discount);
  const left = items - discount;
  const full = halfUp(left, bps, 10_000);
  same('service', sums.service, removed ? 0 : asked === null ? full : Math.min(asked, full));
  same("the clients' own sum", sums.subtotal + sums.tax + sums.service - sums.discount, sums.total);
  same('with VAT', sums.total, left + sums.service + (plan.vatInclusive ? 0 : sums.tax));
  for (const { bps: rate, net, vat, gross } of sums.vatByRate) {
    same(`VAT at ${rate}`, vat, plan.vatInclusive ? halfUp(gross, rate, 10_000 + rate) : halfUp(net, rate, 10_000));
    same(`net and VAT at ${rate}`, net + vat, gross);
  }
  const { netItems, vat, service, total } = headlinesOf(sums.breakdown);
  same('headlines', netItems + vat + service, total);
  same('total', total, sums.total);
  same('discount of the lines', sum(sums.lines.map((line) => line.discount)), discount);
  same('net of the lines', sum(sums.lines.map((line) => line.netOfVat)), netItems);
  same(
    'VAT of the lines',
    sum(sums.lines.map((line) => line.vat)),
    sum(sums.breakdown.rates.map((rate) => rate.goodsVat)),
  );
  for (const line of sums.lines) {
    holds(
      'a line costs less than nothing',
      line.netOfVat >= 0 && line.vat >= 0 && line.discount >= 0 && line.discount <= line.gross,
    );
    const worth = line.gross - line.discount + (plan.vatInclusive ? 0 : line.vat);
    same('what a guest pays for a line', line.netOfVat + line.vat, worth);
  }
  neverNegative('check', sums.breakdown);
  return sums;
}

/** All that moves on one check. `taken` and `gone` are told by payments and refunds, the rest by the book. */
interface Till {
  readonly book: Book;
  readonly sums: CheckSums;
  readonly refunds: Refund[];
  taken: number;
  tips: number;
  settled: boolean;
}

/** net items + VAT + service + tips + rounding − credited = payments − refunds + what is open. */
function balance({ book: ledger, sums, refunds, taken, tips, settled }: Till): void {
  const credited = sum(refunds.map(({ amount, overpaid }) => amount - overpaid));
  const gone = sum(refunds.map(({ amount }) => amount));
  const net = 0 - ledger.balance('sales_net');
  const vat = 0 - ledger.balance('vat', { kind: 'sale' });
  const service = 0 - ledger.balance('service_charge');
  const rounding = 0 - ledger.balance('rounding');
  same(
    'conservation',
    net + vat + service + (0 - ledger.balance('tips')) + rounding - credited,
    taken + tips - gone + ledger.balance('open_checks'),
  );
  same('tips', 0 - ledger.balance('tips'), tips);
  same('tenders', sum(Object.values(tenders).map((account) => ledger.balance(account))), taken + tips - gone);
  if (settled) {
    const { netItems, vat: due, service: charged } = headlinesOf(sums.breakdown);
    same('net items in the ledger', net, netItems);
    same('VAT in the ledger', vat, due);
    same('service in the ledger', service, charged);
  }
  const credits =
    ledger.balance('refunds_net') + ledger.balance('refunds_service') + ledger.balance('vat', { kind: 'refund' });
  same('credits in the ledger', credits, credited);
}

const owed = (till: Till): number => till.sums.total - till.taken + sum(till.refunds.map(({ overpaid }) => overpaid));

function take(till: Till, { method, over, tip }: Paying, amount: number, due: number): number {
  const cash = method === 'cash';
  const tendered = cash && over % 2 === 1 ? minor(amount + tip + over) : null;
  const asked = cash && tendered === null ? amount + over : amount;
  const answer = takePayment({ method, amount: minor(asked), tip: minor(tip), tendered }, minor(due));
  if (!answer.ok) throw new Astray(`a payment of ${asked} towards ${due} was refused: ${answer.code}`);
  const { taken } = answer;
  same('applied', taken.amount, Math.min(asked, due));
  same('change', taken.change, (taken.tendered ?? asked + tip) - taken.amount - tip);
  till.book.enter('payment', paymentPostings({ method, sessionId: SESSION, amountMinor: taken.amount, tipMinor: tip }));
  till.taken += taken.amount;
  till.tips += tip;
  balance(till);
  return taken.amount;
}

function giveBack(till: Till, refund: Refund, method: string): void {
  same('refund', refund.amount, refund.overpaid + headlinesOf(refund.breakdown).total);
  neverNegative('refund', refund.breakdown);
  till.refunds.push(refund);
  const { amount: amountMinor, overpaid: returnedMinor, breakdown: allocation } = refund;
  till.book.enter('refund', refundPostings({ method, sessionId: SESSION, amountMinor, returnedMinor, allocation }));
  balance(till);
}

const plainly: Paying = { part: 1, method: 'card', over: 0, tip: 0 };

/** Something is paid before anybody splits, and part of it goes back again. */
function onAccount(till: Till, { onAccount: part, backAgain }: Plan): void {
  const amount = Math.floor(till.sums.total * part);
  if (amount === 0) return;
  take(till, plainly, amount, till.sums.total);
  const back = Math.floor(amount * backAgain);
  if (back === 0) return;
  const answer = returnOf({ paid: minor(till.taken), earlier: till.refunds }, { by: 'amount', amount: minor(back) });
  if (!answer.ok) throw new Astray(`a return of ${back} was refused: ${answer.code}`);
  giveBack(till, answer.refund, 'card');
}

function planOfShares({ split, ways, lines }: Plan): SharePlan | null {
  const ids = lines.map((_, n) => `l${n}`);
  if (split === 'none') return null;
  if (split === 'even') return { mode: 'even', ways };
  if (split === 'items') {
    const pieces = Math.min(ways, ids.length);
    const shares = Array.from({ length: pieces }, (_, n) => ({ lineIds: ids.filter((_id, at) => at % pieces === n) }));
    return pieces < 2 ? null : { mode: 'items', shares };
  }
  const seats = new Set(lines.flatMap(({ seat }) => (seat === null ? [] : [seat])));
  return seats.size < 2 ? null : { mode: 'seats', lines: lines.map(({ seat }, n) => ({ id: `l${n}`, seat })) };
}

/** Splits what is left to pay. What was paid on account was nobody's share, so the rest is split evenly. */
function split(till: Till, plan: Plan): readonly Share[] {
  const { sums } = till;
  const due = owed(till);
  const rest = leftToPay(sums, sums.total - due);
  same('what is left to pay', rest.total, due);
  const how =
    due < sums.total && plan.split !== 'none' ? ({ mode: 'even', ways: plan.ways } as const) : planOfShares(plan);
  if (how === null || due === 0) return [];
  const answer = sharesOf(rest, how);
  if (!answer.ok) throw new Astray(`a split was refused: ${JSON.stringify(answer)}`);
  addsUp('shares', answer.shares, rest);
  if (how.mode === 'even') {
    const totals = answer.shares.map(({ total }) => total);
    holds('even shares differ by more than a penny', Math.max(...totals) - Math.min(...totals) <= 1);
  }
  return answer.shares;
}

/** Everybody pays, by share or all together, in as many pieces as the plan has. */
function settle(till: Till, plan: Plan, shares: readonly Share[]): Map<Share, number> {
  const paying = [...plan.payments];
  const byShare = new Map<Share, number>();
  for (const share of shares.length > 0 ? shares : [null]) {
    let due = share === null ? owed(till) : share.total;
    let paid = 0;
    while (due > 0) {
      const next = paying.shift() ?? plainly;
      const amount = Math.max(1, Math.min(due, Math.ceil(due * next.part)));
      const applied = take(till, next, amount, due);
      due -= applied;
      paid += applied;
    }
    if (share !== null) byShare.set(share, paid);
  }
  same('what is still due', owed(till), 0);
  till.book.enter('sale', salePostings(till.sums.breakdown));
  till.settled = true;
  same('open after settling', till.book.balance('open_checks'), 0);
  balance(till);
  return byShare;
}

function requestFor(giving: Giving, till: Till, plan: Plan, shares: Map<Share, number>): RefundRequest {
  const left = till.taken - sum(till.refunds.map(({ amount }) => amount));
  if (giving.by === 'share' && shares.size > 0) {
    const all = [...shares.keys()];
    const at = Math.floor(giving.which * all.length);
    const share = all[at] as Share;
    return { by: 'share', shareId: `s${at}`, breakdown: share.breakdown, paid: minor(shares.get(share) ?? 0) };
  }
  if (giving.by === 'lines') {
    const at = Math.floor(giving.which * plan.lines.length);
    const quantity = Math.max(1, Math.ceil((plan.lines[at]?.quantity ?? 1) * giving.part));
    return { by: 'lines', lines: [{ lineId: `l${at}`, quantity }] };
  }
  return { by: 'amount', amount: minor(Math.max(1, Math.floor(left * giving.part))) };
}

/** Money goes back in all ways until nothing is left, and with it the sale is undone to the last penny. */
function undo(till: Till, plan: Plan, shares: Map<Share, number>): number {
  const lines = till.sums.lines.map(({ id, vatBps, netOfVat, vat }, n) => ({
    id,
    vatBps,
    quantity: plan.lines[n]?.quantity ?? 1,
    amount: minor(netOfVat + vat),
  }));
  const check = { breakdown: till.sums.breakdown, lines, paid: minor(till.taken) };
  let refused = 0;
  for (const giving of plan.refunds) {
    const request = requestFor(giving, till, plan, shares);
    const answer = refundOf(check, till.refunds, request);
    if (answer.ok) giveBack(till, answer.refund, ['cash', 'card', 'other'][Math.floor(giving.which * 3)] ?? 'card');
    else refused += 1;
  }
  const back = sum(till.refunds.map(({ amount }) => amount));
  if (back < till.taken) {
    const rest = refundOf(check, till.refunds, { by: 'rest' });
    if (!rest.ok) throw new Astray(`the rest of ${till.taken - back} was refused: ${rest.code}`);
    same('the rest', rest.refund.amount, till.taken - back);
    giveBack(till, rest.refund, 'card');
  }
  const more = refundOf(check, till.refunds, { by: 'amount', amount: minor(1) });
  holds('a penny more than was taken went back', !more.ok);
  const { book: ledger } = till;
  for (const bps of till.sums.breakdown.rates.map((rate) => rate.bps)) {
    same(
      `sales less refunds at ${bps}`,
      ledger.balance('sales_net', { bps }) + ledger.balance('refunds_net', { bps }),
      0,
    );
    same(`VAT less refunds at ${bps}`, ledger.balance('vat', { bps }), 0);
  }
  same('service less refunds', ledger.balance('service_charge') + ledger.balance('refunds_service'), 0);
  return refused;
}

export interface Lived {
  readonly payments: number;
  readonly refunds: number;
  readonly refused: number;
  readonly turnover: number;
}

/** @throws Error with the first figure that is not what it has to be */
export function live(plan: Plan): Lived {
  const sums = sumsOf(plan);
  const till: Till = { book: book(), sums, refunds: [], taken: 0, tips: 0, settled: false };
  onAccount(till, plan);
  const shares = settle(till, plan, split(till, plan));
  const payments = till.refunds.length;
  const refused = undo(till, plan, shares);
  return { payments, refunds: till.refunds.length, refused, turnover: sums.total };
}

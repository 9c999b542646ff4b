import type { Order } from './service.ts';
import { float, printers, type Stage } from './stage.ts';
import { agree, money, pence, reads } from './telling.ts';

/** What moved on this evening, in pence, as the people at the table and at the till know it. */
export interface Takings {
  readonly cash: number;
  readonly card: number;
  readonly tip: number;
  readonly refund: { readonly amount: number; readonly vat: number };
  readonly milk: number;
}

/** As it happens, one 10p fewer lies in the drawer than there should. */
const short = 10;

/** The notes and coins that come to this sum, the biggest first. */
function coinsFor(sum: number): Record<string, number> {
  const worth = { '50': 5000, '20': 2000, '10': 1000, '5': 500, '2': 200, '1': 100 };
  const small = { '0.50': 50, '0.20': 20, '0.10': 10, '0.05': 5, '0.02': 2, '0.01': 1 };
  const coins: Record<string, number> = {};
  let left = sum;
  for (const [name, value] of [...Object.entries(worth), ...Object.entries(small)].sort(([, a], [, b]) => b - a)) {
    const pieces = Math.floor(left / value);
    if (pieces > 0) coins[name] = pieces;
    left -= pieces * value;
  }
  return coins;
}

/** A blind count, the close and its Z. Answers with the Z as the API gives it. */
export async function closeTheTill(stage: Stage, takings: Takings): Promise<Order> {
  const { teller, slips, marcus, grace, sessionId } = stage;
  teller.act('Closing');
  const session = `pos/sessions/${sessionId}`;
  const expected = float + takings.cash - takings.refund.amount - takings.milk;
  const before = await grace.does('GET', session);
  agree('what Grace may know before she counts', [before.expected_amount, before.difference], [null, null]);
  const peeked = await grace.api.get(`${session}/x-report`);
  agree('a look at the X report before she counts', peeked.status, 403);
  const counting = expected - short;
  const counted = await grace.does('POST', `${session}/count`, { denominations: coinsFor(counting) });
  agree('the count', [counted.state, pence(counted.counted_amount)], ['closing_control', counting]);
  teller.say(`Grace counts the drawer, not knowing what should be in it: ${money(counting)}.`);
  const known = await marcus.does('GET', session);
  agree('what should have been there', [pence(known.expected_amount), pence(known.difference)], [expected, -short]);
  teller.say(`Only now it is told: ${money(expected)} should be there, so ${money(short)} is missing.`);

  const open = (await marcus.does('GET', 'orders?status=open')) as unknown[];
  const closed = await marcus.does('POST', `${session}/close`, { carry_over: open.length > 0 });
  agree('the session', closed.state, 'closed');
  const z = await marcus.does('GET', `${session}/z-report`);
  agree('the Z that was made is the Z that is kept', z, closed.z_report);
  teller.say(`Marcus closes the session. Z report ${z.number}:`);
  const paper = await slips.next(printers.till);
  reads(paper, 'the Z on paper', [`Z report ${z.number}`, 'Should be in the drawer', money(expected), money(counting)]);
  reads(paper, 'the Z on paper', ['Difference', money(-short)]);
  return z;
}

const tenderOf = (z: Order, method: string): Order => z.tenders.find((one: Order) => one.method === method);

/** Z, daily report and ledger say what the people know, to the penny. */
export async function reconcile(stage: Stage, z: Order, order: Order, takings: Takings): Promise<void> {
  const { teller, marcus, reportBefore } = stage;
  const { cash, card, tip, refund, milk } = takings;
  teller.act('Does it all agree?');
  const total = pence(order.total_amount);
  const vat = pence(order.tax_amount);
  const service = pence(order.service_charge);
  const row = (what: string, ...figures: [string, number][]): void => {
    const [, first] = figures[0] as [string, number];
    for (const [where, figure] of figures) agree(`${what}, by the ${where}`, figure, first);
    const places = figures.map(([where]) => where).join(' = ');
    teller.say(`${what.padEnd(24)}${money(first).padStart(10)}   ${places}`);
  };

  const report = await marcus.does('GET', `reports/daily-sales?date=${order.business_day}`);
  const since = (pick: (report: Order) => number): number => pence(pick(report)) - pence(pick(reportBefore));
  const ofMethod = (method: string, field: 'amount' | 'tips') => (one: Order) =>
    one.payment_methods.find((tender: Order) => tender.method === method)?.[field] ?? 0;
  const cashZ = tenderOf(z, 'cash');
  const cardZ = tenderOf(z, 'card');

  row('Sales', ['check', total], ['Z', pence(z.sales.total)], ['day', since((one) => one.summary.total_sales)]);
  row('Service charge', ['check', service], ['Z', pence(z.sales.service_charge)]);
  row(
    'VAT after the refund',
    ['check', vat - refund.vat],
    ['Z', pence(z.sales.vat) - pence(z.refunds.vat)],
    ['day', since((one) => one.summary.total_tax)],
  );
  row('Paid in cash', ['guests', cash], ['Z', pence(cashZ.taken)]);
  row('Paid by card', ['guests', card], ['Z', pence(cardZ.taken)], ['day', since(ofMethod('card', 'amount'))]);
  row('Tips', ['guests', tip], ['Z', pence(z.tips)], ['day', since((one) => one.summary.tips)]);
  row(
    'Given back',
    ['guests', refund.amount],
    ['Z', pence(z.refunds.amount)],
    ['day', since((one) => one.summary.refund_amount)],
  );
  row(
    'Cash less refunds',
    ['Z', pence(cashZ.net)],
    ['day', since(ofMethod('cash', 'amount'))],
    ['till', cash - refund.amount],
  );
  row(
    'Net sales',
    ['check', total - vat - refund.amount + refund.vat],
    ['day', since((one) => one.summary.net_sales)],
    ['Z', pence(z.sales.total) - pence(z.refunds.amount) - pence(z.sales.vat) + pence(z.refunds.vat)],
  );
  row('Should be in the drawer', ['till', float + cash - refund.amount - milk], ['Z', pence(z.cash.expected)]);
  row('Missing', ['count', short], ['Z', -pence(z.cash.difference)]);

  const check = await marcus.does('GET', `reports/ledger-check?date=${order.business_day}`);
  agree('the ledger', check, { date: order.business_day, adds_up: true, broken: [] });
  teller.say('And the double entry beneath says so too: every payment, refund and drawer adds up.');
}

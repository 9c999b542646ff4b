import { vatIn } from './menu.ts';
import type { Order } from './service.ts';
import { printers, type Stage } from './stage.ts';
import { agree, money, pause, pence, reads, type Venue } from './telling.ts';

/** A pulse that was too many would come within this time. */
const DRAWER_SETTLES_MS = 150;

/** Insists that the drawer has opened exactly so many times since the evening began. */
export async function drawerOpened({ venue, drawerBefore }: { venue: Venue; drawerBefore: number }, times: number) {
  for (let look = 0; look < 100 && (await venue.drawerOpenings()) - drawerBefore < times; look++) await pause(25);
  await pause(DRAWER_SETTLES_MS);
  agree('times the drawer has opened', (await venue.drawerOpenings()) - drawerBefore, times);
}

const tableStatus = async ({ sofia, table }: Stage): Promise<string> => {
  const { tables } = (await sofia.does('GET', 'restaurants/floor-plan')) as {
    tables: { id: string; status: string }[];
  };
  return tables.find(({ id }) => id === table.id)?.status ?? 'gone';
};

/** One half in cash, the other by card with a tip; the check closes and the table is cleaned. Answers in pence. */
export async function pay(stage: Stage, order: Order, shares: readonly Order[]) {
  const { teller, slips, sofia, tom, table } = stage;
  const [inCash, byCard] = shares.map(({ amount_due }) => pence(amount_due)) as [number, number];
  const payments = `orders/${order.id}/payments`;
  const tendered = Math.ceil(inCash / 10_00) * 10_00;
  const cash = await sofia.does('POST', payments, {
    method: 'cash',
    amount: inCash / 100,
    tendered: tendered / 100,
    share_id: shares[0].id,
  });
  agree('change', pence(cash.change), tendered - inCash);
  agree('the check is still open', cash.settled, false);
  teller.say(
    `The first guest gives ${money(tendered)} in cash. The drawer opens; ${money(tendered - inCash)} goes back.`,
  );
  await drawerOpened(stage, 1);
  const receipt = await slips.next(printers.till);
  reads(receipt, 'the first receipt', ['RECEIPT', 'Share 1 of 2', money(inCash), 'Cash', 'Given', money(tendered)]);
  reads(receipt, 'the first receipt', ['Change', money(tendered - inCash)]);

  const tip = 6_00;
  const card = await tom.does('POST', payments, {
    method: 'card',
    amount: byCard / 100,
    tip_amount: tip / 100,
    reference: 'AUTH 004217',
    share_id: shares[1].id,
  });
  agree('the check is settled', [card.settled, pence(card.amount_due), pence(card.tip_amount)], [true, 0, tip]);
  agree('nothing is left to pay', [card.order.check_status, card.order.payment_status], ['closed', 'completed']);
  teller.say(`The other pays ${money(byCard)} by card and tips ${money(tip)}. That settles the check.`);
  const second = await slips.next(printers.till);
  reads(second, 'the second receipt', [
    'RECEIPT',
    'Share 2 of 2',
    money(byCard),
    'Card',
    'Tip',
    money(tip),
    'AUTH 004217',
  ]);
  await drawerOpened(stage, 1);

  agree('the table', await tableStatus(stage), 'cleaning');
  const cleaned = await sofia.does('PUT', `restaurants/tables/${table.id}/status`, { status: 'available' });
  agree('the cleaned table', cleaned.status, 'available');
  teller.say(`Table ${table.name} waits to be cleaned. Sofia wipes it: it is free again.`);
  return { cash: inCash, card: byCard, tip };
}

/** A dish that was not right: its price and its part of the service charge go back in cash. Answers in pence. */
export async function refundDish(stage: Stage, order: Order, { line, price }: { line: Order; price: number }) {
  const { teller, slips, marcus } = stage;
  teller.act('Afterwards');
  const reason = 'Batter was soggy';
  const service = Math.round((price * pence(order.service_charge)) / pence(order.items_total));
  const refund = await marcus.does('POST', `orders/${order.id}/refunds`, {
    lines: [{ line_id: line.id }],
    reason,
    method: 'cash',
  });
  agree('what goes back', pence(refund.amount), price + service);
  agree('the service in it', pence(refund.service_charge), service);
  agree('the VAT in it', pence(refund.tax_amount), vatIn(price, 2000));
  agree('the order afterwards', refund.order.payment_status, 'partially_refunded');
  teller.say(`The fish was not right. Marcus gives ${money(price + service)} back in cash, with the reason.`);
  reads(await slips.next(printers.till), 'the refund slip', [
    'REFUND',
    line.product_name,
    money(price + service),
    reason,
  ]);
  await drawerOpened(stage, 2);
  return { amount: price + service, vat: vatIn(price, 2000), service };
}

/** Somebody runs out for milk. Answers in pence. */
export async function buyMilk(stage: Stage): Promise<number> {
  const { teller, slips, marcus, sessionId } = stage;
  const amount = 3_40;
  const body = { direction: 'out', amount: amount / 100, reason: 'Milk from the corner shop' };
  await marcus.does('POST', `pos/sessions/${sessionId}/cash-movements`, body);
  teller.say(`The milk is out: Marcus takes ${money(amount)} from the drawer.`);
  reads(await slips.next(printers.till), 'the slip for the drawer', ['Cash out', 'Milk', money(amount), 'Signature']);
  await drawerOpened(stage, 3);
  return amount;
}

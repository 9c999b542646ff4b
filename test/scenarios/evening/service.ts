import { type Dish, dishOf, percentOf, vatIn } from './menu.ts';
import { managersYes, printers, type Stage } from './stage.ts';
import { agree, Disagreement, money, pence, reads } from './telling.ts';

// biome-ignore lint/suspicious/noExplicitAny: the order as it came
export type Order = any;

const seated = ({ product_id, modifiers }: Dish, seat: number | null, quantity = 1, note: string | null = null) => ({
  product_id,
  modifiers,
  quantity,
  seat,
  ...(note === null ? {} : { note }),
});

/** The check has to come to what these dishes cost, with the optional service charge on top and VAT within. */
function addsUp(order: Order, dishes: readonly (readonly [Dish, number])[], serviceBps: number): void {
  const items = dishes.reduce((sum, [dish, quantity]) => sum + dish.price * quantity, 0);
  const vat = vatIn(items, dishes[0]?.[0].vatBps ?? 0);
  const service = percentOf(items, serviceBps);
  agree('items on the check', pence(order.items_total), items);
  agree('VAT in the check', pence(order.tax_amount), vat);
  agree('service charge', pence(order.service_charge), service);
  agree('total of the check', pence(order.total_amount), items + service);
}

const lineOf = (order: Order, dish: Dish): Order => {
  const line = order.lines.find((one: Order) => one.product_name === dish.name);
  if (line === undefined) throw new Disagreement(`${dish.name} is not on the check`);
  return line;
};

/** From the guests' arrival to the bill: open, order, allergy, fire, another round, a void. */
export async function serve({ teller, slips, sofia, tom, marcus, ears, table, ...stage }: Stage) {
  const { service_charge } = await marcus.does('GET', 'settings');
  const ribeye = await dishOf(sofia, 'Ribeye 10 oz', ['Medium rare', 'Onion rings', 'Garlic butter'], ['Peppercorn']);
  const burger = await dishOf(sofia, 'Harbour burger', ['Chips', 'Streaky bacon', 'No onion']);
  const haddock = await dishOf(sofia, 'Haddock and chips', ['Large', 'Mushy peas']);
  const curry = await dishOf(sofia, 'Chickpea and spinach curry');
  const negroni = await dishOf(tom, 'Negroni');
  const spritz = await dishOf(tom, 'Garden spritz (no alcohol)');

  teller.act(`Table ${table.name}, four covers`);
  const opened = await sofia.does('POST', 'orders', { order_type: 'dine_in', table_id: table.id, covers: 4 });
  agree('who serves', opened.server_name.startsWith(sofia.name), true);
  const order = `orders/${opened.id}`;
  teller.say(`Sofia opens table ${table.name} for four covers: order ${opened.order_number}.`);
  await sofia.does('POST', `${order}/lines`, {
    lines: [seated(ribeye, 1), seated(burger, 2, 1, 'sauce on the side'), seated(haddock, 3), seated(curry, 4)],
  });
  teller.say('She takes four mains, with what has to be chosen, some extras, and a note: “sauce on the side”.');
  await sofia.does('POST', `${order}/allergies`, { seat: 2, allergens: ['peanuts', 'nuts'], note: 'carries a pen' });
  teller.say('The guest on seat 2 has a nut allergy. She flags it.');
  const fired = await sofia.does('POST', `${order}/fire`, {});
  agree(
    'every dish is on its way',
    fired.lines.map((line: Order) => line.status),
    ['fired', 'fired', 'fired', 'fired'],
  );
  teller.say('She fires. Two stations put out their tickets, allergies first:');

  const allergy = ['ALLERG', 'SEAT 2: ', 'PEANUTS', 'carries a pen', `TABLE ${table.name}`];
  const grill = await slips.next(printers.grill);
  reads(grill, 'the grill’s ticket', [...allergy, 'Grill', 'RIBEYE 10  (seat 1)', 'MED RARE', 'HARBOUR BGR  (seat 2)']);
  reads(grill, 'the grill’s ticket', ['+BACON', 'NO ONION', 'sauce on the side']);
  const kitchen = await slips.next(printers.kitchen);
  reads(kitchen, 'the kitchen’s ticket', [...allergy, 'Kitchen', 'RIBEYE 10', 'HADDOCK', 'LARGE']);
  agree('the burger is nobody’s but the grill’s', kitchen.includes('HARBOUR BGR'), false);
  agree('the fish is nobody’s but the kitchen’s', grill.includes('HADDOCK'), false);

  await ears.pos.next(({ data }) => data?.fact === 'order.fired' && data.order_id === opened.id);
  const cursor = ears.pos.cursor();
  ears.pos.hangUp();
  const slept = ears.pos.facts();
  teller.say('Sofia’s iPad falls asleep in her apron.');
  const drinks = [seated(negroni, null, 2), seated(spritz, 2)];
  const round = await tom.does('POST', `${order}/lines`, { lines: drinks });
  await tom.does('POST', `${order}/fire`, { course: 0 });
  teller.say('Tom, on the other iPad, adds a round of drinks to the same check and sends it to the bar.');
  reads(await slips.next(printers.bar), 'the bar’s ticket', [...allergy, '2 x', 'NEGRONI', '1 x', 'NA SPRITZ']);
  agree('lines on the check', round.lines.length, 6);
  ears.pos = await sofia.hears('pos', cursor);
  await ears.pos.next(({ data }) => data?.fact === 'order.fired' && data.order_id === opened.id);
  teller.say('Sofia’s iPad wakes up and hears of the round from where it stopped, nothing missing, nothing twice.');

  const unwanted = lineOf(fired, curry);
  const reason = 'Guest changed her mind';
  const refused = await sofia.api.post(`${order}/lines/${unwanted.id}/void`, { reason });
  agree(
    'a void of a fired dish without a manager',
    [refused.status, refused.body.error.code],
    [403, 'APPROVAL_NEEDED'],
  );
  teller.say('Seat 4 does not want the curry after all. It is cooking already, so Sofia’s void is refused:');
  teller.say(`  “${refused.body.message}”`);
  const approval = await sofia.fetchesApproval(managersYes, 'orders.void_line', unwanted.id);
  const voided = await sofia.does('POST', `${order}/lines/${unwanted.id}/void`, { reason }, { approval });
  agree('the curry', lineOf(voided, curry).status, 'voided');
  teller.say('Marcus enters his PIN on her iPad. The kitchen hears of it on paper:');
  const slip = await slips.next(printers.kitchen);
  reads(slip, 'the void slip', ['VOID', `TABLE ${table.name}`, 'CHICKPEA', reason, 'Sofia']);

  const eaten = [
    [ribeye, 1],
    [burger, 1],
    [haddock, 1],
    [negroni, 2],
    [spritz, 1],
  ] as const;
  addsUp(voided, eaten, service_charge.bps);
  return { ...stage, order: voided, haddock: { line: lineOf(voided, haddock), price: haddock.price }, slept };
}

/** The bill goes to the table and is split in two. */
export async function bring(stage: Stage, order: Order): Promise<{ order: Order; shares: Order[] }> {
  const { teller, slips, sofia, table } = stage;
  teller.act('Paying');
  await sofia.does('POST', `orders/${order.id}/bill`);
  teller.say('The guests ask for the bill.');
  const total = pence(order.total_amount);
  const bill = await slips.next(printers.till);
  reads(bill, 'the bill', ['BILL - NOT A RECEIPT', `Table ${table.name}, 4 covers`, 'Ribeye 10 oz']);
  reads(bill, 'the bill', ['Optional service charge', money(pence(order.service_charge)), 'TOTAL', money(total)]);
  agree('the voided dish is not on the bill', bill.includes('curry'), false);
  const split = await sofia.does('POST', `orders/${order.id}/splits`, { mode: 'even', ways: 2 });
  const shares = split.shares as Order[];
  const [first = 0, second = 0] = shares.map((share) => pence(share.amount_due));
  agree('the two halves', [first, second], [Math.ceil(total / 2), Math.floor(total / 2)]);
  teller.say(`They split ${money(total)} in two: ${money(first)} and ${money(second)}.`);
  return { order: split, shares };
}

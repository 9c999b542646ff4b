import { Ref } from '#contract/ids.ts';
import { allergyNoted } from '#contract/orders.facts.ts';
import { AllergyBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { answerOf } from '../orders.dto.ts';
import { tellKitchen } from '../orders.kitchen.ts';
import { orderAllergyTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { type OrderView, orderView } from '../orders.view.ts';
import { openOrder } from './conclude.ts';

type Allergy = Pick<OrderView['allergies'][number], 'seat' | 'allergens' | 'note'>;

/** One entry per seat: what is said last counts. An empty one takes the flag off again. */
function write({ tx, ids }: CommandContext, order: OrderView, allergy: Allergy): void {
  const writer = tx.on('order', order.id);
  const known = order.allergies.find(({ seat }) => seat === allergy.seat);
  if (allergy.allergens.length === 0 && allergy.note === null) {
    if (known !== undefined) writer.remove(orderAllergyTable, known.id);
  } else if (known === undefined) {
    writer.insert(orderAllergyTable, { id: ids.next(), orderId: order.id, ...allergy });
  } else {
    writer.update(orderAllergyTable, known.id, allergy);
  }
}

/** Flags the guest on a seat. Dishes that are being cooked already were begun without knowing, so every station hears. */
export const noteAllergies = defineCommand({
  name: 'orders.note_allergies',
  permission: 'orders.take',
  input: AllergyBody.extend({ order_id: Ref }),
  handle(context, { order_id, seat, allergens, note }) {
    const before = openOrder(context, order_id);
    write(context, before, { seat, allergens, note: note || null });
    const after = orderView(context.tx.connection, before.id);
    const said = allergens.length === 0 ? 'No allergens any more' : allergens.join(', ').toUpperCase();
    const stationIds = tellKitchen(context, after, 'ALLERGY', [`Seat ${seat}: ${said}`, ...(note ? [note] : [])]);
    context.tx
      .on('order', before.id)
      .tell(allergyNoted, { ...headOf(before, after), seat, allergens, station_ids: stationIds });
    return answerOf(after);
  },
});

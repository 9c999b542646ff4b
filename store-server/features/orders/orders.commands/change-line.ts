import { Ref, Uuid } from '#contract/ids.ts';
import { lineChanged } from '#contract/orders.facts.ts';
import { ChangeLineBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { insist } from '../../../kernel/verdict.ts';
import { giveBackPortions, type PricedLine, priceLine, takePortions } from '../../menu/index.ts';
import { answerOf, type OrderAnswer } from '../orders.dto.ts';
import { kitchenCheck, sendChange } from '../orders.kitchen.ts';
import { canChangeLine } from '../orders.rules.ts';
import { orderLineModifierTable, orderLineTable } from '../orders.schema.ts';
import { headOf, toldLine } from '../orders.telling.ts';
import { type LineView, type OrderView, orderView } from '../orders.view.ts';
import { concludeChange, lineOf, openOrder } from './conclude.ts';
import { putModifiers } from './put-lines.ts';

const ChangeLineInput = ChangeLineBody.extend({ order_id: Ref, line_id: Uuid });
type Fields = Omit<ReturnType<typeof ChangeLineInput.parse>, 'order_id' | 'line_id'>;

/** The columns that really become different. */
function differences(line: LineView, { quantity, seat, course, note }: Fields) {
  const wanted = {
    quantity: quantity ?? line.quantity,
    seat: seat === undefined ? line.seat : seat,
    course: course ?? line.course,
    note: note === undefined ? line.note : note || null,
  };
  const entries = Object.entries(wanted).filter(([name, value]) => line[name as keyof typeof wanted] !== value);
  return Object.fromEntries(entries) as Partial<typeof wanted>;
}

/** Portions of the changed quantity; other choices are priced by the menu as it is now. */
function repriced(context: CommandContext, line: LineView, fields: Fields): PricedLine | null {
  const quantity = fields.quantity ?? line.quantity;
  if (fields.modifiers === undefined) {
    if (quantity > line.quantity) takePortions(context, line.productId, quantity - line.quantity);
    if (quantity < line.quantity) giveBackPortions(context, line.productId, line.quantity - quantity);
    return null;
  }
  // Given back first: the portions in question may be the last ones, and they are this line's own.
  giveBackPortions(context, line.productId, line.quantity);
  const priced = priceLine(context.tx.connection, {
    product_ref: line.productId,
    quantity,
    modifiers: fields.modifiers,
    fill_defaults: false,
  });
  takePortions(context, line.productId, quantity);
  return priced;
}

function write(context: CommandContext, order: OrderView, line: LineView, fields: Fields): string[] {
  const changes = differences(line, fields);
  const priced = repriced(context, line, fields);
  const writer = context.tx.on('order', order.id);
  const choices = priced === null ? {} : { unitPriceMinor: priced.unitPriceMinor, allergens: [...priced.allergens] };
  const changed = [...Object.keys(changes), ...(priced === null ? [] : ['modifiers'])];
  if (changed.length === 0) return [];
  writer.update(orderLineTable, line.id, { ...changes, ...choices });
  if (priced !== null) {
    for (const { id } of line.modifiers) writer.remove(orderLineModifierTable, id);
    putModifiers(context, order.id, line.id, priced);
  }
  return changed;
}

/** Changes a held line; of a fired one the seat can be put right, and a note goes to the kitchen as a slip. */
export const changeLine = defineCommand({
  name: 'orders.change_line',
  permission: 'orders.take',
  input: ChangeLineInput,
  handle(context, { order_id, line_id, ...fields }): OrderAnswer {
    const before = openOrder(context, order_id);
    const line = lineOf(before, line_id);
    const named = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    insist(canChangeLine(line, named));
    const changed = write(context, before, line, fields);
    if (changed.length === 0) return answerOf(before);

    const { tx } = context;
    const tell = (after: OrderView) => {
      const now = lineOf(after, line.id);
      const body = { ...headOf(before, after), line: toldLine(now), changed, old_quantity: line.quantity };
      tx.on('order', before.id).tell(lineChanged, body);
      if (line.status !== 'held' && changed.includes('note')) sendChange(context, kitchenCheck(after), now);
    };
    const touchesShares = changed.some(
      (name) => name === 'quantity' || name === 'modifiers' || (name === 'seat' && before.shares[0]?.mode === 'seats'),
    );
    if (touchesShares) return concludeChange(context, before, tell);
    const after = orderView(tx.connection, before.id);
    tell(after);
    return answerOf(after);
  },
});

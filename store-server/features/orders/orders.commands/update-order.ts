import { Ref } from '#contract/ids.ts';
import { orderChanged } from '#contract/orders.facts.ts';
import { UpdateOrderBody } from '#contract/orders.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { minor, toPounds } from '../../../kernel/money.ts';
import { possible } from '../../../kernel/moves.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { settingsOf } from '../../settings/index.ts';
import { answerOf, type OrderAnswer } from '../orders.dto.ts';
import { orderIdOf } from '../orders.reads.ts';
import { canMoveLine, lineMoves, verbTo } from '../orders.rules.ts';
import { orderTable } from '../orders.schema.ts';
import { settleOrder } from '../orders.settling.ts';
import { headOf } from '../orders.telling.ts';
import { type OrderView, orderView, orderViewByRef } from '../orders.view.ts';
import { type AskedState, askedState } from '../orders.wire.rules.ts';
import { moveLines } from './bump-line.ts';
import { writeCancel } from './cancel-order.ts';
import { concludeChange } from './conclude.ts';
import { automaticService } from './open-order.ts';

const UpdateOrderInput = UpdateOrderBody.extend({ order_id: Ref });
type Fields = Omit<ReturnType<typeof UpdateOrderInput.parse>, 'order_id'>;

/** The columns that really become different, by the words that the generations of clients have for them. */
function differences(order: OrderView, fields: Fields) {
  const given = <T>(...values: (T | null | undefined)[]): T | undefined => values.find((value) => value != null) as T;
  const note = given(fields.note, fields.notes, fields.special_instructions);
  const customerName = given(fields.customer_name, fields.partner_name);
  const wanted = {
    note: note === undefined ? order.note : note || null,
    customerName: customerName === undefined ? order.customerName : customerName || null,
    covers: given(fields.covers, fields.guest_count) ?? order.covers,
  };
  const entries = Object.entries(wanted).filter(([name, value]) => order[name as keyof typeof wanted] !== value);
  return Object.fromEntries(entries) as Partial<typeof wanted>;
}

/** More guests may mean that the service charge is added, or that it is not. */
function serviceFor(context: CommandContext, order: OrderView, covers: number | undefined) {
  if (covers === undefined || order.serviceAskedMinor !== null) return {};
  const serviceBps = automaticService(settingsOf(context.tx.connection), { orderType: order.orderType, covers });
  return serviceBps === order.serviceBps ? {} : { serviceBps };
}

function changeFields(context: CommandContext, before: OrderView, fields: Fields): OrderAnswer {
  const changes = differences(before, fields);
  if (Object.keys(changes).length === 0) return answerOf(before);
  if (before.status !== 'open') throw new Problem('ORDER_CLOSED', { order_id: before.id, state: before.status });
  const service = serviceFor(context, before, changes.covers);
  context.tx.on('order', before.id).update(orderTable, before.id, { ...changes, ...service });
  const tell = (after: OrderView) => {
    const changed = Object.keys(changes);
    const body = { ...headOf(before, after), changed, covers: after.covers };
    context.tx.on('order', before.id).tell(orderChanged, body);
  };
  if ('serviceBps' in service) return concludeChange(context, before, tell);
  const after = orderView(context.tx.connection, before.id);
  tell(after);
  return answerOf(after);
}

/** A client says that an order is paid. That never invents a payment: it is true, or the amount due is the answer. */
function confirmPaid(context: CommandContext, order: OrderView): OrderView {
  if (order.status === 'closed') return order;
  if (order.status === 'cancelled' || order.itemsCount === 0) throw illegal(order);
  // Tap water and nothing else: there is nothing to pay, so it is paid.
  if (order.dueMinor === 0) return settleOrder(context, order.id);
  throw new Problem('PAYMENT_REQUIRED', { order_id: order.id, amount_due: toPounds(minor(order.dueMinor)) });
}

const illegal = (order: OrderView): Problem =>
  new Problem('ILLEGAL_TRANSITION', { field: 'state', state: order.wireStatus, possible: order.possible });

/** The kitchen's words, said of a whole order: every fired dish that can take the step takes it. */
function moveAll(context: CommandContext, order: OrderView, to: keyof typeof verbTo): OrderView {
  if (order.wireStatus === to) return order;
  const verb = verbTo[to];
  const lines = order.lines.filter((line) => canMoveLine(line, verb).ok);
  if (lines.length > 0 && order.status !== 'cancelled') return moveLines(context, order, lines, verb);
  const steps = new Set(order.lines.flatMap(({ status }) => possible(lineMoves, status)));
  throw new Problem('ILLEGAL_TRANSITION', { field: 'status', state: order.wireStatus, possible: [...steps] });
}

function changeState(context: CommandContext, order: OrderView, asked: AskedState): OrderView {
  switch (asked) {
    case 'open':
      if (order.status !== 'open') throw illegal(order);
      return order;
    case 'paid':
      return confirmPaid(context, order);
    case 'cancelled':
      return order.status === 'cancelled'
        ? order
        : writeCancel(context, order, 'Cancelled by the client', 'orders.update');
    default:
      return moveAll(context, order, asked);
  }
}

/**
 * What older clients do with an order they know: its state in their words, note, name and number of guests. It never
 * takes money and never fires; whatever else they send is ignored.
 */
export const updateOrder = defineCommand({
  name: 'orders.update',
  permission: 'orders.take',
  input: UpdateOrderInput,
  target: ({ order_id }) => order_id,
  targetId: orderIdOf,
  handle(context, { order_id, ...fields }): OrderAnswer {
    const before = orderViewByRef(context.tx.connection, order_id);
    const said = fields.state ?? fields.status;
    const asked = said == null ? undefined : askedState(said);
    if (said != null && asked === undefined) {
      const field = fields.state == null ? 'status' : 'state';
      throw new Problem('VALIDATION_ERROR', { field, message: 'This is not a state an order can have.' });
    }
    const changed = changeFields(context, before, fields);
    if (asked === undefined) return changed;
    const { wireStatus } = before;
    const after = changeState(context, orderView(context.tx.connection, before.id), asked);
    return after.wireStatus === wireStatus && after.status === before.status ? changed : answerOf(after, changed.notes);
  },
});

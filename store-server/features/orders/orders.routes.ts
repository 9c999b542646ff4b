import { z } from 'zod';
import { FloorPlanDto } from '#contract/floor.ts';
import { Ref, Uuid } from '#contract/ids.ts';
import { OrderDto } from '#contract/orders.dto.ts';
import { OrderEventDto } from '#contract/orders.timeline.ts';
import {
  AddLinesBody,
  AllergyBody,
  BumpBody,
  CancelOrderBody,
  ChangeLineBody,
  FireBody,
  MoveOrderBody,
  OrdersQuery,
  SplitBody,
  UpdateOrderBody,
  VoidLineBody,
} from '#contract/orders.ts';
import { withMeta } from '../../http/answer.ts';
import type { Api, RouterBuilder } from '../../http/api.ts';
import type { DtoContext, ReadContext } from '../../http/route.ts';
import { addLines } from './orders.commands/add-lines.ts';
import { bumpLine, recallLine } from './orders.commands/bump-line.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { noteAllergies } from './orders.commands/note-allergies.ts';
import { printBill } from './orders.commands/print-bill.ts';
import { removeService } from './orders.commands/remove-service.ts';
import { splitOrder, unsplitOrder } from './orders.commands/split-order.ts';
import { updateOrder } from './orders.commands/update-order.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { answerOf, metaOf, type OrderAnswer, orderDto } from './orders.dto.ts';
import { floorPlan } from './orders.floor-plan.ts';
import { ordersThatAre } from './orders.pages.ts';
import { orderTimeline } from './orders.timeline.ts';
import { orderViewByRef } from './orders.view.ts';

/** How every answer about one order is rendered. */
export const orderAnswerDto = ({ order, notes }: OrderAnswer, at: DtoContext) =>
  withMeta(orderDto(order, at), metaOf(notes));

const oneOrder = ({ connection, restaurantId }: ReadContext, { params }: { params: Record<string, string | number> }) =>
  orderDto(answerOf(orderViewByRef(connection, params['order_id'] as Ref)).order, { restaurantId });

/** Newest first; the cursor is the integer id at which the page ends. */
function manyOrders({ connection, restaurantId }: ReadContext, { query }: { query: z.output<typeof OrdersQuery> }) {
  const { status, limit, cursor } = query;
  const found = ordersThatAre(connection, { status, before: cursor ?? Number.MAX_SAFE_INTEGER, limit: limit + 1 });
  const page = found.slice(0, limit);
  const more = found.length > limit;
  const dtos = page.map((order) => orderDto(answerOf(order).order, { restaurantId }));
  return withMeta(dtos, { pagination: { limit, has_next: more, next_cursor: more ? page.at(-1)!.alias : null } });
}

const answered = { answers: OrderDto, toDto: orderAnswerDto } as const;

function wholeOrders(at: RouterBuilder): void {
  at.get('', manyOrders, {
    operation: 'orders.list',
    access: 'orders.read',
    summary: 'Orders by state, newest first, in pages',
    query: OrdersQuery,
    answers: OrderDto,
    plural: 'orders',
    tolerant: true,
  });
  at.get('/:order_id', oneOrder, {
    operation: 'orders.one',
    access: 'orders.read',
    summary: 'One order',
    answers: OrderDto,
    tolerant: true,
  });
  at.get('/:order_id/timeline', ({ connection }, { params }) => orderTimeline(connection, params['order_id'] as Ref), {
    operation: 'orders.timeline',
    access: 'orders.read',
    summary: 'Everything that happened to an order, the oldest first: facts, money and slips',
    answers: OrderEventDto,
    plural: 'events',
  });
  at.put('/:order_id', updateOrder, {
    ...answered,
    summary: 'State, note, name and guests of an order; takes no money and fires nothing',
    body: UpdateOrderBody,
    tolerant: true,
  });
  at.post('/:order_id/fire', fire, {
    ...answered,
    summary: 'Send held dishes to the kitchen: all, a course, or named ones',
    body: FireBody,
    status: 200,
  });
  at.post('/:order_id/allergies', noteAllergies, {
    ...answered,
    summary: 'Flag the allergies of the guest on a seat',
    body: AllergyBody,
    status: 200,
  });
  at.post('/:order_id/move', moveOrder, {
    ...answered,
    summary: 'Move a check to a free table',
    body: MoveOrderBody,
    status: 200,
  });
  at.post('/:order_id/cancel', cancelOrder, {
    ...answered,
    summary: 'Give up a check on which nothing is paid',
    body: CancelOrderBody,
    status: 200,
  });
}

function orderLines(at: RouterBuilder): void {
  const params = z.object({ order_id: Ref, line_id: Uuid });
  at.post('/:order_id/lines', addLines, {
    ...answered,
    summary: 'Put dishes on a check, held until they are fired',
    body: AddLinesBody,
  });
  at.patch('/:order_id/lines/:line_id', changeLine, {
    ...answered,
    summary: 'Change a dish: all of it while it is held, its seat and note afterwards',
    params,
    body: ChangeLineBody,
  });
  at.post('/:order_id/lines/:line_id/void', voidLine, {
    ...answered,
    summary: 'Take a dish off the check, with a reason',
    params,
    body: VoidLineBody,
    status: 200,
  });
  at.post('/:order_id/lines/:line_id/bump', bumpLine, {
    ...answered,
    summary: 'A dish is being prepared, ready or served',
    params,
    body: BumpBody,
    status: 200,
  });
  at.post('/:order_id/lines/:line_id/recall', recallLine, {
    ...answered,
    summary: 'Call a bumped dish back a step',
    params,
    status: 200,
  });
}

function paying(at: RouterBuilder): void {
  at.post('/:order_id/bill', printBill, {
    ...answered,
    summary: 'Print the bill on the receipt printer',
    status: 200,
    message: 'The bill is printing.',
  });
  at.post('/:order_id/splits', splitOrder, {
    ...answered,
    summary: 'Split what is due evenly, by dish or by seat',
    body: SplitBody,
    toInput: ({ params, body }) => ({ order_id: params['order_id'] as Ref, split: body }),
  });
  at.delete('/:order_id/splits', unsplitOrder, {
    ...answered,
    summary: 'Put a split check together again while none of its shares is paid',
  });
  at.delete('/:order_id/service-charge', removeService, {
    ...answered,
    summary: 'Take the optional service charge off',
  });
}

/** `POST /api/v1/orders` is declared in `compat/`: older clients send their whole orders to the same path. */
export const orderRoutes = (api: Api): void => {
  api.router('/api/v1/orders', (at) => {
    wholeOrders(at);
    orderLines(at);
    paying(at);
  });
  api.router('/api/v1/restaurants', (at) =>
    at.get('/floor-plan', floorPlan, {
      operation: 'floor.plan',
      access: 'floor.read',
      summary: 'The floor: sections, tables and the checks open on them',
      query: z.object({ section_id: Ref.optional() }),
      answers: FloorPlanDto,
      tolerant: true,
    }),
  );
};

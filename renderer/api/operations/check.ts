import { FloorPlanDto } from '#contract/floor.ts';
import { OrderDto } from '#contract/orders.dto.ts';
import { OrderEventDto } from '#contract/orders.timeline.ts';
import { CancelOrderBody, FireBody, MoveOrderBody, VoidLineBody } from '#contract/orders.ts';
import { ReceiptCopyDto, RefundableDto, RefundDto } from '#contract/payments.dto.ts';
import { CopyReceiptBody, RefundableQuery, RefundBody } from '#contract/payments.ts';
import { ApprovalDto, GiveApproval } from '#contract/staff.ts';
import { change, read, readList } from './define.ts';

const moves = ['order.', 'kitchen.', 'payment.', 'refund.'];

/** One check: how it stands, how it came to that, and what a manager does with it. */
export const check = {
  one: read('orders.one', '/api/v1/orders/:order_id', { answers: OrderDto, staleAfter: moves }),
  timeline: readList('orders.timeline', '/api/v1/orders/:order_id/timeline', {
    answers: OrderEventDto,
    staleAfter: [...moves, 'printer.'],
  }),
  refundable: read('payments.refundable', '/api/v1/orders/:order_id/refundable', {
    query: RefundableQuery,
    answers: RefundableDto,
    staleAfter: ['payment.', 'refund.'],
  }),
  fire: change('orders.fire', 'post', '/api/v1/orders/:order_id/fire', { body: FireBody, answers: OrderDto }),
  move: change('orders.move', 'post', '/api/v1/orders/:order_id/move', { body: MoveOrderBody, answers: OrderDto }),
  cancel: change('orders.cancel', 'post', '/api/v1/orders/:order_id/cancel', {
    body: CancelOrderBody,
    answers: OrderDto,
  }),
  voidLine: change('orders.void_line', 'post', '/api/v1/orders/:order_id/lines/:line_id/void', {
    body: VoidLineBody,
    answers: OrderDto,
  }),
  printBill: change('orders.print_bill', 'post', '/api/v1/orders/:order_id/bill', { answers: OrderDto }),
  copyReceipt: change('payments.copy_receipt', 'post', '/api/v1/orders/:order_id/receipt', {
    body: CopyReceiptBody,
    answers: ReceiptCopyDto,
  }),
  refund: change('payments.refund', 'post', '/api/v1/orders/:order_id/refunds', {
    body: RefundBody,
    answers: RefundDto,
  }),
};

export const floor = {
  plan: read('floor.plan', '/api/v1/restaurants/floor-plan', {
    answers: FloorPlanDto,
    staleAfter: ['table.', 'section.', 'order.'],
  }),
};

export const approvals = {
  give: change('approvals.give', 'post', '/api/v1/approvals', { body: GiveApproval, answers: ApprovalDto }),
};

import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import type { PaymentRow } from '../ledger/index.ts';
import type { LineView, OrderView, ShareView } from './orders.view.ts';

const pounds = (units: number): number => toPounds(minor(units));

/** What a command on an order answers, and a read shows: the view without what only the server computes with. */
export interface OrderAnswer {
  readonly order: Omit<OrderView, 'sums'> & { readonly sums: Omit<OrderView['sums'], 'lines' | 'breakdown'> };
  /** Facts about the answer itself, for the envelope's `meta`. */
  readonly notes: OrderNotes;
}

export interface OrderNotes {
  /** What the client believed the order comes to, beside what it comes to. Minor units. */
  readonly totals?: { readonly client: number; readonly server: number };
  /** The shares of a split no longer stand, because what they were made of has changed. */
  readonly splitDissolved?: true;
}

/** Keeps what a client is shown; the receipt of the command stores this. */
export function answerOf(view: OrderView, notes: OrderNotes = {}): OrderAnswer {
  const { lines: _lines, breakdown: _breakdown, ...sums } = view.sums;
  return { order: { ...view, sums }, notes };
}

function modifierDto(modifier: LineView['modifiers'][number]) {
  const { optionId, groupId, name, quantity, priceMinor, depth } = modifier;
  return { option_id: optionId, group_id: groupId, name, quantity, price: pounds(priceMinor), depth };
}

function lineDto(line: LineView) {
  const unit = pounds(line.unitPriceMinor);
  const gross = pounds(line.grossMinor);
  return {
    id: line.id,
    product_id: line.productId,
    product_name: line.productName,
    quantity: line.quantity,
    qty: line.quantity,
    unit_price: unit,
    price_unit: unit,
    total_price: gross,
    price_subtotal: gross,
    seat: line.seat,
    course: line.course,
    status: line.status,
    possible: line.possible,
    modifiers: line.modifiers.map(modifierDto),
    allergens: line.allergens,
    note: line.note,
    special_instructions: line.note,
    added_at: isoTime(line.addedAt),
    fired_at: isoTimeOrNull(line.firedAt),
    voided_at: isoTimeOrNull(line.voidedAt),
    void_reason: line.voidReason,
  };
}

function shareDto(share: ShareView) {
  const { figures } = share;
  return {
    id: share.id,
    number: share.n,
    mode: share.mode,
    seat: share.seat,
    line_ids: share.lineIds,
    items_total: pounds(figures.itemsTotal),
    subtotal: pounds(figures.subtotal),
    tax_amount: pounds(figures.tax),
    service_charge: pounds(figures.service),
    discount_amount: pounds(figures.discount),
    total_amount: pounds(share.totalMinor),
    amount_paid: pounds(share.paidMinor),
    amount_due: pounds(share.dueMinor),
  };
}

/** A payment as it stands on its order. */
export const paymentOfOrderDto = (payment: PaymentRow) => ({
  id: payment.id,
  payment_id: payment.alias,
  payment_method: payment.method,
  method: payment.method,
  amount: pounds(payment.amountMinor),
  tip_amount: pounds(payment.tipMinor),
  tendered: payment.tenderedMinor === null ? null : pounds(payment.tenderedMinor),
  change: pounds(payment.changeMinor),
  reference: payment.reference,
  share_id: payment.shareId,
  flags: payment.flags,
  created_at: isoTime(payment.recordedAt),
});

/**
 * An order as clients read it, old and new. Their own sum holds:
 * total_amount = subtotal + tax_amount + service_charge − discount_amount.
 */
export function orderDto(order: OrderAnswer['order'], { restaurantId }: { restaurantId: string }) {
  const { sums, money } = order;
  const lines = order.lines.map(lineDto);
  return {
    id: order.id,
    mobile_id: order.alias,
    restaurant_id: restaurantId,
    order_number: order.orderNumber,
    business_day: order.businessDay,
    order_type: order.orderType,
    status: order.wireStatus,
    state: order.state,
    check_status: order.status,
    payment_status: order.paymentStatus,
    possible: order.possible,
    flags: order.flags,
    table_id: order.tableId,
    table_number: order.tableName,
    guest_count: order.covers,
    covers: order.covers,
    customer_name: order.customerName,
    partner_name: order.customerName,
    server_id: order.serverId,
    server_name: order.serverName,
    note: order.note,
    special_instructions: order.note,
    currency: order.currency,
    items_total: pounds(sums.itemsTotal),
    subtotal: pounds(sums.subtotal),
    discount_amount: pounds(sums.discount),
    tax_amount: pounds(sums.tax),
    service_charge: pounds(sums.service),
    total_amount: pounds(sums.total),
    tip_amount: pounds(money.tipMinor),
    amount_paid: pounds(money.paidMinor),
    amount_due: pounds(order.dueMinor),
    refunded_amount: pounds(money.refundedMinor),
    vat_rates: sums.vatByRate.map(({ bps, net, vat, gross }) => ({
      rate: bps / 100,
      net: pounds(net),
      vat: pounds(vat),
      gross: pounds(gross),
    })),
    items: lines,
    lines,
    allergies: order.allergies.map(({ seat, allergens, note }) => ({ seat, allergens, note })),
    shares: order.shares.map(shareDto),
    payments: money.payments.map(paymentOfOrderDto),
    bill_printed_at: isoTimeOrNull(order.billPrintedAt),
    created_at: isoTime(order.openedAt),
    closed_at: isoTimeOrNull(order.closedAt),
  };
}

/** The envelope's `meta` for an answer, or null when there is nothing to say. */
export function metaOf({ totals, splitDissolved }: OrderNotes): object | null {
  if (totals === undefined && splitDissolved === undefined) return null;
  return {
    ...(totals === undefined
      ? {}
      : {
          totals_reported: {
            client: pounds(totals.client),
            server: pounds(totals.server),
            difference: pounds(totals.server - totals.client),
          },
        }),
    ...(splitDissolved === undefined ? {} : { split_dissolved: true }),
  };
}

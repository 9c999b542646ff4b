import type { Ref } from '#contract/ids.ts';
import type { OrderState, OrderStatus, PaymentStatus } from '#contract/orders.ts';
import type { Connection } from '../../db/connection.ts';
import { type Minor, minor, timesQuantity } from '../../kernel/money.ts';
import { possible } from '../../kernel/moves.ts';
import { type OrderMoney, orderMoney, sharePaidMinor } from '../ledger/index.ts';
import { staffName } from '../staff/index.ts';
import {
  type AllergyRow,
  allergiesOf,
  isDaySealed,
  type LineRow,
  linesOf,
  type ModifierRow,
  modifiersOf,
  type OrderRow,
  openOrderRows,
  orderById,
  orderByRef,
  type ShareRow,
  sharesOfOrder,
} from './orders.reads.ts';
import { lineMoves } from './orders.rules.ts';
import { type CheckSums, sumCheck } from './orders.sums.rules.ts';
import { nextActions, orderState, orderStatus, paymentStatus } from './orders.wire.rules.ts';

export interface LineView extends LineRow {
  /** Menu price with its choices × quantity. */
  readonly grossMinor: Minor;
  readonly modifiers: readonly ModifierRow[];
  readonly possible: readonly string[];
}

export interface ShareView extends ShareRow {
  readonly paidMinor: number;
  readonly dueMinor: number;
}

/** An order with everything that clients, tickets and later features ask of it. Minor units, epoch ms; plain data. */
export interface OrderView extends OrderRow {
  readonly wireStatus: OrderStatus;
  readonly state: OrderState;
  readonly paymentStatus: PaymentStatus;
  readonly possible: readonly string[];
  readonly serverName: string | null;
  /** Voided lines too; they are in no sum. */
  readonly lines: readonly LineView[];
  readonly allergies: readonly AllergyRow[];
  /** The shares of the split that stands now. */
  readonly shares: readonly ShareView[];
  readonly sums: CheckSums;
  readonly money: OrderMoney;
  /** What is still to be paid; nought once it is settled or cancelled. */
  readonly dueMinor: number;
  /** Portions on the check, voided ones not counted. */
  readonly itemsCount: number;
}

/** All sums of an order from its lines. A line that was voided costs nothing. */
export function sumsOf(order: OrderRow, lines: readonly Pick<LineView, 'id' | 'status' | 'grossMinor' | 'vatBps'>[]) {
  return sumCheck({
    lines: lines
      .filter(({ status }) => status !== 'voided')
      .map(({ id, grossMinor, vatBps }) => ({ id, gross: grossMinor, vatBps })),
    discountBps: order.discountBps,
    service: {
      bps: order.serviceBps,
      amount: order.serviceAskedMinor === null ? undefined : minor(order.serviceAskedMinor),
      mandatory: order.serviceMandatory,
      removed: order.serviceRemovedBy !== null,
    },
    vatInclusive: order.vatInclusive,
  });
}

/** The rows an order is made of besides its own. */
export interface OrderParts {
  readonly lines: readonly LineRow[];
  readonly modifiers: ReadonlyMap<string, readonly ModifierRow[]>;
  readonly allergies: readonly AllergyRow[];
  readonly shares: readonly ShareRow[];
  readonly money: OrderMoney;
}

function partsOf(connection: Connection, orderId: string): OrderParts {
  const lines = linesOf(connection, orderId);
  return {
    lines,
    modifiers: lines.length === 0 ? new Map() : modifiersOf(connection, orderId),
    allergies: allergiesOf(connection, orderId),
    shares: sharesOfOrder(connection, orderId),
    money: orderMoney(connection, orderId),
  };
}

/**
 * The whole of an order that was read already.
 * @param parts for whoever has just written them all, a new order: nothing is read again
 */
export function viewOf(connection: Connection, order: OrderRow, parts = partsOf(connection, order.id)): OrderView {
  const { money } = parts;
  const lines = parts.lines.map((line) => ({
    ...line,
    grossMinor: timesQuantity(minor(line.unitPriceMinor), line.quantity),
    modifiers: parts.modifiers.get(line.id) ?? [],
    possible: possible(lineMoves, line.status),
  }));
  const sums = sumsOf(order, lines);
  const { paidMinor, refundedMinor } = money;
  const dueMinor = order.status === 'open' ? Math.max(0, sums.total - paidMinor) : 0;
  const shares = parts.shares.map((share): ShareView => {
    const paid = sharePaidMinor(money, share.id);
    return { ...share, paidMinor: paid, dueMinor: Math.max(0, share.totalMinor - paid) };
  });
  const sealing = {
    status: order.status,
    dayIsSealed: order.settledDay !== null && isDaySealed(connection, order.settledDay),
  };
  return {
    ...order,
    wireStatus: orderStatus(sealing, lines),
    state: orderState(sealing),
    paymentStatus: paymentStatus({ settled: order.status === 'closed', paidMinor, refundedMinor }),
    possible: nextActions({
      ...order,
      paidMinor,
      dueMinor,
      isSplit: shares.length > 0,
      shareIsPaid: shares.some((share) => share.paidMinor > 0),
      serviceMinor: sums.service,
      lines,
    }),
    serverName: order.serverId === null ? null : staffName(connection, order.serverId),
    lines,
    allergies: parts.allergies,
    shares,
    sums,
    money,
    dueMinor,
    itemsCount: lines.reduce((count, line) => (line.status === 'voided' ? count : count + line.quantity), 0),
  };
}

/** The whole order. @throws Error if there is none: whoever asks by this id has just read or written it */
export function orderView(connection: Connection, id: string): OrderView {
  const order = orderById(connection, id);
  if (order === undefined) throw new Error(`order ${id} is not there`);
  return viewOf(connection, order);
}

/** @throws Problem NOT_FOUND naming `field` when there is no such order */
export const orderViewByRef = (connection: Connection, ref: Ref, field = 'order_id'): OrderView =>
  viewOf(connection, orderByRef(connection, ref, field));

/** Every open check, the oldest first, as the close of a session or day lists them. */
export const openOrders = (connection: Connection): OrderView[] =>
  openOrderRows(connection).map((order) => viewOf(connection, order));

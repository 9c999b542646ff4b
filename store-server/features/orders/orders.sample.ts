import type { Settings } from '#contract/settings.ts';
import type { Connection } from '../../db/connection.ts';
import { minor } from '../../kernel/money.ts';
import { automaticService } from './orders.commands/open-order.ts';
import type { LineRow, ModifierRow, OrderRow } from './orders.reads.ts';
import { sharesOf } from './orders.shares.rules.ts';
import { type OrderView, type ShareView, viewOf } from './orders.view.ts';

/** Checks that nobody ordered, to show what paper will look like. Their sums are made like those of any other check. */

interface SampleLine {
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
  /** Absent: the restaurant's usual rate. */
  readonly vatBps?: number;
  readonly extra?: readonly [name: string, price: number];
}

const few: readonly SampleLine[] = [
  { name: 'Margherita', quantity: 1, price: 1150 },
  { name: 'House red, 175 ml', quantity: 2, price: 650 },
];
const many: readonly SampleLine[] = [
  { name: 'Olives & focaccia', quantity: 2, price: 550 },
  { name: 'Calamari, lemon aioli', quantity: 1, price: 895 },
  { name: 'Margherita', quantity: 2, price: 1150, extra: ['Extra mozzarella', 150] },
  { name: 'Sea bass with samphire, new potatoes and brown butter', quantity: 1, price: 2250 },
  { name: 'Ribeye 280 g', quantity: 1, price: 2850, extra: ['Peppercorn sauce', 250] },
  { name: 'Chips', quantity: 3, price: 450 },
  { name: 'Crème brûlée', quantity: 2, price: 750 },
  { name: 'Whole-bean coffee, 250 g', quantity: 1, price: 900, vatBps: 0 },
  { name: 'House red, 175 ml', quantity: 4, price: 650 },
  { name: 'Espresso', quantity: 4, price: 280 },
];

const COVERS = 4;
const noMoney = { payments: [], refunds: [], paidMinor: 0, tipMinor: 0, refundedMinor: 0 };

const orderRow = (settings: Settings, at: number): OrderRow => ({
  id: 'sample',
  alias: 0,
  orderNumber: 42,
  businessDay: '2000-01-01',
  orderType: 'dine_in',
  status: 'open',
  tableId: null,
  tableName: '7',
  covers: COVERS,
  customerName: null,
  note: null,
  serverId: null,
  deviceId: null,
  source: 'sample',
  currency: settings.currency,
  vatInclusive: settings.vat_inclusive,
  serviceBps: automaticService(settings, { orderType: 'dine_in', covers: COVERS }),
  serviceMandatory: settings.service_charge.mandatory,
  serviceRemovedBy: null,
  serviceAskedMinor: null,
  discountBps: 0,
  clientTotalMinor: null,
  totalsDifferByMinor: null,
  flags: [],
  billPrintedAt: null,
  openedAt: at,
  occurredAt: at,
  closedAt: null,
  settledDay: null,
});

const lineRow = ({ default_vat_bps }: Settings, line: SampleLine, n: number, at: number): LineRow => ({
  id: `line ${n}`,
  orderId: 'sample',
  n,
  productId: 'sample',
  productName: line.name,
  kitchenName: line.name,
  categoryId: 'sample',
  quantity: line.quantity,
  unitPriceMinor: line.price + (line.extra?.[1] ?? 0),
  vatBps: line.vatBps ?? default_vat_bps,
  seat: null,
  course: 1,
  stationIds: [],
  allergens: [],
  note: null,
  status: 'served',
  addedBy: null,
  addedAt: at,
  firedAt: at,
  readyAt: at,
  servedAt: at,
  voidedAt: null,
  voidedBy: null,
  voidReason: null,
});

const modifierRow = (lineId: string, [name, price]: readonly [string, number]): ModifierRow => ({
  id: `${lineId} extra`,
  lineId,
  optionId: 'sample',
  groupId: 'sample',
  name,
  kitchenName: name,
  quantity: 1,
  priceMinor: price,
  depth: 1,
  n: 1,
});

/**
 * A check as if the settings had been these. Nothing is written.
 * @param split shared evenly by two guests
 */
export function sampleOrder(
  connection: Connection,
  { settings, long, split, at }: { settings: Settings; long: boolean; split: boolean; at: number },
): OrderView {
  const lines = long ? many : few;
  const rows = lines.map((line, index) => lineRow(settings, line, index + 1, at));
  const order = viewOf(connection, orderRow(settings, at), {
    lines: rows,
    modifiers: new Map(
      rows.map(({ id }, index) => {
        const extra = lines[index]?.extra;
        return [id, extra === undefined ? [] : [modifierRow(id, extra)]];
      }),
    ),
    allergies: [],
    shares: [],
    money: noMoney,
  });
  return { ...order, serverName: 'Ana', shares: split ? evenShares(order) : [] };
}

function evenShares(order: OrderView): ShareView[] {
  const plan = sharesOf(order.sums, { mode: 'even', ways: 2 });
  if (!plan.ok) throw new Error('The sample cannot be split.');
  return plan.shares.map(({ lineIds, seat, ...figures }, index) => ({
    id: `share ${index + 1}`,
    orderId: order.id,
    splitId: 'sample',
    n: index + 1,
    mode: 'even',
    seat,
    lineIds: [...lineIds],
    figures,
    totalMinor: figures.total,
    dissolvedAt: null,
    paidMinor: 0,
    dueMinor: minor(figures.total),
  }));
}

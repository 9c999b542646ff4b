import { doubleSuspected, orderOpened } from '#contract/orders.facts.ts';
import { OpenOrderInput } from '#contract/orders.ts';
import type { Settings } from '#contract/settings.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import type { Connection } from '../../../db/connection.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { type DiningTable, seatTable, tableByName, tableByRef } from '../../floor/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { answerOf, type OrderAnswer } from '../orders.dto.ts';
import { sendFired } from '../orders.kitchen.ts';
import { nextOrderAlias, nextOrderNumber, type OrderRow, openOrdersAt } from '../orders.reads.ts';
import { orderTable } from '../orders.schema.ts';
import { headOf, toldLine } from '../orders.telling.ts';
import { viewOf } from '../orders.view.ts';
import { putLines } from './put-lines.ts';

/** The table a check is opened on, by id or by the name staff call it; null for none. */
function tableFor(connection: Connection, { table_id, table_name }: OpenOrderInput): DiningTable | null {
  if (table_id != null) return tableByRef(connection, table_id);
  if (table_name == null) return null;
  const table = tableByName(connection, table_name);
  if (table === undefined) {
    throw new Problem('VALIDATION_ERROR', { field: 'table_number', message: 'There is no table of this name.' });
  }
  return table;
}

/** Compare and set: whoever comes second is told which check is on the table. */
export function insistFree(connection: Connection, table: DiningTable): void {
  const [open] = openOrdersAt(connection, table.id);
  if (open === undefined) return;
  throw new Problem('TABLE_TAKEN', {
    field: 'table_id',
    order_id: open.id,
    order_number: open.orderNumber,
    table_number: table.name,
  });
}

/** The automatic service charge in basis points, by what kind of check it is and for how many. */
export function automaticService(
  { service_charge: { enabled, bps, min_covers, order_types } }: Settings,
  { orderType, covers }: { orderType: (typeof order_types)[number]; covers: number },
): number {
  return enabled && order_types.includes(orderType) && covers >= min_covers ? bps : 0;
}

/** What is stamped on a check as its service: by the settings, or at most their rate where a client's body names one. */
function serviceTerms(settings: Settings, input: OpenOrderInput, covers: number) {
  const { enabled, bps, mandatory } = settings.service_charge;
  const asked = input.service_asked_minor ?? null;
  return {
    serviceBps:
      asked === null ? automaticService(settings, { orderType: input.order_type, covers }) : enabled ? bps : 0,
    serviceMandatory: mandatory,
    serviceAskedMinor: asked,
  };
}

function insertOrder(context: CommandContext, input: OpenOrderInput, table: DiningTable | null): OrderRow {
  const { tx, ids, actor, caller, now, businessDay } = context;
  const settings = settingsOf(tx.connection);
  const id = ids.next();
  const covers = input.covers ?? (input.order_type === 'dine_in' ? 1 : 0);
  const order: OrderRow = {
    id,
    orderNumber: nextOrderNumber(tx.connection, businessDay),
    alias: nextOrderAlias(tx.connection),
    businessDay,
    orderType: input.order_type,
    status: 'open',
    tableId: table?.id ?? null,
    tableName: table?.name ?? null,
    covers,
    customerName: input.customer_name || null,
    note: input.note || null,
    serverId: actor.id,
    deviceId: caller.deviceId,
    source: input.source,
    currency: settings.currency,
    vatInclusive: settings.vat_inclusive,
    ...serviceTerms(settings, input, covers),
    serviceRemovedBy: null,
    discountBps: 0,
    clientTotalMinor: null,
    totalsDifferByMinor: null,
    flags: caller.looksRepeated === true && input.lines.length > 0 ? ['SUSPECTED_DOUBLE'] : [],
    billPrintedAt: null,
    openedAt: now,
    occurredAt: caller.occurredAt ?? now,
    closedAt: null,
    settledDay: null,
  };
  tx.on('order', id).insert(orderTable, order);
  if (table !== null) seatTable(context, table, { orderId: id, serverId: actor.id, guestCount: covers });
  return order;
}

/** What no order has when it is opened. */
const nothingYet = {
  allergies: [],
  shares: [],
  money: { payments: [], refunds: [], paidMinor: 0, tipMinor: 0, refundedMinor: 0 },
};

/**
 * Opens a check, empty or with its lines. On our own screens a table has one check, so that two servers who open it at
 * once end up on the same one; an older client's order on an occupied table opens another. Prices and totals come from
 * the menu; what a client believed is stored beside them.
 */
export const openOrderCommand = defineCommand({
  name: 'orders.open',
  permission: 'orders.take',
  input: OpenOrderInput,
  handle(context, input): OrderAnswer {
    const { tx } = context;
    const { connection } = tx;
    const table = tableFor(connection, input);
    if (table !== null && input.if_taken === 'refuse') insistFree(connection, table);
    const fired = input.fire === 'as_set' && settingsOf(connection).legacy_fire === 'on_create';

    const row = insertOrder(context, input, table);
    const { id } = row;
    const added = putLines(context, {
      orderId: id,
      lines: input.lines,
      linesSoFar: 0,
      fillDefaults: input.fill_defaults,
      fired,
      field: input.source === 'rest' ? 'items' : 'lines',
    });

    let order = viewOf(connection, row, {
      lines: added.map(({ line }) => line),
      modifiers: new Map(added.map(({ line, modifiers }) => [line.id, modifiers])),
      ...nothingYet,
    });
    const writer = tx.on('order', id);
    const client = input.client_total_minor ?? null;
    if (client !== null) {
      const differs = order.sums.total - client;
      writer.update(orderTable, id, { clientTotalMinor: client, totalsDifferByMinor: differs });
      order = { ...order, clientTotalMinor: client, totalsDifferByMinor: differs };
    }
    const start = { wireStatus: 'pending' } as const;
    const { covers, source } = input;
    writer.tell(orderOpened, {
      ...headOf(start, order),
      covers: covers ?? order.covers,
      source,
      lines: order.lines.map(toldLine),
    });
    if (fired && order.lines.length > 0) sendFired(context, start, order, order.lines);
    if (order.flags.includes('SUSPECTED_DOUBLE')) writer.tell(doubleSuspected, headOf(order, order));
    return answerOf(order, client === null ? {} : { totals: { client, server: order.sums.total } });
  },
});

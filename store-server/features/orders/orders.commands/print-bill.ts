import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import { billPrinted } from '#contract/orders.facts.ts';
import { defineCommand } from '../../../commands/define.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { enqueueTicket, receiptPrinter } from '../../printers/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { answerOf } from '../orders.dto.ts';
import { orderTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { billTicket } from '../orders.tickets.ts';
import { orderView } from '../orders.view.ts';
import { openOrder } from './conclude.ts';

/** Prints what the guests have to pay, on the receipt printer. */
export const printBill = defineCommand({
  name: 'orders.print_bill',
  permission: 'orders.take',
  input: z.strictObject({ order_id: Ref }),
  handle(context, { order_id }) {
    const { tx, now } = context;
    const before = openOrder(context, order_id);
    if (before.itemsCount === 0) {
      throw new Problem('ILLEGAL_TRANSITION', { state: before.wireStatus, possible: before.possible });
    }
    const printer = receiptPrinter(tx.connection, null);
    if (printer === undefined) throw new Problem('NO_PRINTER');
    tx.on('order', before.id).update(orderTable, before.id, { billPrintedAt: now });
    const after = orderView(tx.connection, before.id);
    enqueueTicket(context, {
      printerId: printer.id,
      title: `Bill, order ${after.orderNumber}`,
      ticket: billTicket(after, now, settingsOf(tx.connection)),
      subjectId: after.id,
    });
    tx.on('order', before.id).tell(billPrinted, headOf(before, after));
    return answerOf(after);
  },
});

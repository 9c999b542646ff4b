import { receiptCopied } from '#contract/orders.facts.ts';
import { CopyReceiptInput } from '#contract/payments.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { factsTold } from '../../../journal/tail.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { headOf, type OrderView, orderViewByRef } from '../../orders/index.ts';
import { enqueueTicket, type Printer, receiptPrinter } from '../../printers/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { openSession, tillByRef, tillOf } from '../../shifts/index.ts';
import { canCopyReceipt } from '../payments.rules.ts';
import { receiptCopyTicket } from '../payments.tickets.ts';

/** The printer of the named till, else of the one that is open. */
function printerAt({ tx: { connection } }: CommandContext, tillRef: string | number | null): Printer {
  const session = openSession(connection, null);
  const open = session === undefined ? null : tillOf(connection, session);
  const till = tillRef === null ? open : tillByRef(connection, tillRef);
  const printer = receiptPrinter(connection, till?.printerId ?? null);
  if (printer === undefined) throw new Problem('NO_PRINTER');
  return printer;
}

function shareOf({ shares }: OrderView, shareId: string | null) {
  if (shareId === null) return null;
  const share = shares.find(({ id }) => id === shareId);
  if (share === undefined) throw new Problem('NOT_FOUND', { field: 'share_id' });
  return share;
}

/**
 * Prints a receipt once more, of the whole check or of one share. It says on it which copy of this order's receipts it
 * is, so that none passes for a second sale, and the journal keeps who asked for it.
 */
export const copyReceipt = defineCommand({
  name: 'payments.copy_receipt',
  permission: 'orders.take',
  input: CopyReceiptInput,
  handle(context, { order_id, share_id, config_id }) {
    const { tx, now } = context;
    const { connection } = tx;
    const order = orderViewByRef(connection, order_id);
    const share = shareOf(order, share_id);
    insist(canCopyReceipt(order, share));
    const printer = printerAt(context, config_id);

    const copy = factsTold(connection, order.id, receiptCopied.kind) + 1;
    tx.on('order', order.id).tell(receiptCopied, { ...headOf(order, order), share_id, copy });
    enqueueTicket(context, {
      printerId: printer.id,
      title: `Receipt, order ${order.orderNumber}, copy ${copy}`,
      ticket: receiptCopyTicket(order, share_id, { settings: settingsOf(connection), at: now, copy }),
      subjectId: order.id,
    });
    return { orderId: order.id, orderNumber: order.orderNumber, shareId: share_id, copy, printerId: printer.id };
  },
});

import { PreviewReceipt, type ReceiptSample, type Settings } from '#contract/settings.ts';
import { defineCommand } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { PaymentRow } from '../ledger/index.ts';
import { sampleOrder } from '../orders/index.ts';
import { settingsOf, withChange } from '../settings/index.ts';
import { receiptTicket, refundTicket } from './payments.tickets.ts';

/** Draws a ticket as a printer of this width would print it: as a picture, and in words. */
export type DrawPaper = (ticket: Ticket, paperMm: 80 | 58) => { readonly svg: string; readonly text: string };

const cardPayment = (amountMinor: number, shareId: string | null, at: number): PaymentRow => ({
  id: 'sample',
  alias: 0,
  orderId: 'sample',
  shareId,
  sessionId: null,
  method: 'card',
  amountMinor,
  tipMinor: 0,
  tenderedMinor: null,
  changeMinor: 0,
  reference: 'VISA 1881',
  businessDay: '2000-01-01',
  takenBy: null,
  deviceId: null,
  flags: [],
  occurredAt: at,
  recordedAt: at,
});

/** @param at epoch ms that stand on the paper */
function sampleTicket(connection: Connection, sample: ReceiptSample, settings: Settings, at: number): Ticket {
  const order = sampleOrder(connection, { settings, long: sample === 'long', split: sample === 'split', at });
  const share = order.shares[0];
  if (sample === 'refund') return refundSample(order, settings, at);
  const payments = [cardPayment(share?.totalMinor ?? order.sums.total, share?.id ?? null, at)];
  const paid = { ...order, money: { ...order.money, payments } };
  return receiptTicket(paid, share?.id ?? null, { settings, at });
}

function refundSample(order: ReturnType<typeof sampleOrder>, settings: Settings, at: number): Ticket {
  const [line] = order.sums.lines;
  if (line === undefined) throw new Error('The sample has no line to refund.');
  const refund = {
    amountMinor: line.netOfVat + line.vat,
    vatMinor: line.vat,
    method: 'card',
    reason: 'Not as ordered',
    lines: [{ lineId: line.id, quantity: 1 }],
  };
  return refundTicket(order, refund, { settings, at });
}

/** Shows what paper would look like under other settings. All of it is done before the transaction; nothing is written. */
export const previewReceipt = (draw: DrawPaper) =>
  defineCommand({
    name: 'settings.preview_receipt',
    permission: 'settings.change',
    keepsReceipt: false,
    input: PreviewReceipt,
    prepare: async ({ connection, caller, now }, { settings, sample, paper_mm }) => {
      if (!caller.actor.may('settings.change')) throw new Problem('FORBIDDEN', { permission: 'settings.change' });
      const wished = withChange(settingsOf(connection), settings);
      return draw(sampleTicket(connection, sample, wished, now), paper_mm);
    },
    handle: (_context, _input, paper) => paper,
  });

import { paymentRecorded, refundRecorded } from '#contract/payments.facts.ts';
import { copyReceipt } from './payments.commands/copy-receipt.ts';
import { refundPayment } from './payments.commands/refund.ts';
import { takeAndSettle } from './payments.commands/take.ts';
import { type DrawPaper, previewReceipt } from './payments.preview.commands.ts';
import { previewRoutes } from './payments.preview.routes.ts';
import { paymentRoutes } from './payments.routes.ts';

export { nextPaymentAlias } from './payments.reads.ts';
export type { DrawPaper };
export { copyReceipt, refundPayment, takeAndSettle };

export const paymentsFeature = {
  name: 'payments',
  routes: paymentRoutes,
  facts: [paymentRecorded, refundRecorded],
  commands: [takeAndSettle, refundPayment, copyReceipt],
};

/** What receipts will look like: apart, because drawing is left to whoever knows paper. */
export function createReceiptPreview(draw: DrawPaper) {
  const preview = previewReceipt(draw);
  return { name: 'receipt preview', routes: previewRoutes(preview), commands: [preview] };
}

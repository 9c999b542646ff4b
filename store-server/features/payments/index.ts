import { paymentRecorded, refundRecorded } from '#contract/payments.facts.ts';
import { copyReceipt } from './payments.commands/copy-receipt.ts';
import { refundPayment } from './payments.commands/refund.ts';
import { takeAndSettle } from './payments.commands/take.ts';
import { paymentRoutes } from './payments.routes.ts';

export { copyReceipt, refundPayment, takeAndSettle };

export const paymentsFeature = {
  name: 'payments',
  routes: paymentRoutes,
  facts: [paymentRecorded, refundRecorded],
  commands: [takeAndSettle, refundPayment, copyReceipt],
};

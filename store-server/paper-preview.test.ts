import { expect, test } from 'vitest';
import { openStore } from '../test/harness/open-store.ts';

import type { PrintPayload } from './features/printers/printers.jobs.ts';
import { printers, printLane, recentJobs } from './features/printers/printers.reads.ts';
import { paperSvg } from './hardware/lab/paper-svg.ts';
import { drawPaper } from './paper-preview.ts';

test('what the preview draws is, dot by dot, what comes out of the printer', async () => {
  const store = await openStore();
  const api = await store.signedIn('manager@demo.test', 'demo-manager-1');
  const item = { product_id: 1, quantity: 2 };
  const order = await api.must('POST', 'orders', { order_type: 'takeaway', items: [item] });
  await api.must('POST', `orders/${order.id}/payments`, {
    method: 'card',
    amount: order.total_amount,
    reference: 'T-1',
  });

  const connection = store.server.core.connection();
  const till = printers(connection).find(({ isReceiptPrinter }) => isReceiptPrinter);
  if (till === undefined) throw new Error('The demo has no receipt printer');
  const job = recentJobs(connection, printLane(till.id)).find(({ payload }) =>
    (payload as PrintPayload).title.startsWith('Receipt'),
  );
  if (job === undefined) throw new Error('No receipt was printed');
  const { ticket } = job.payload as PrintPayload;
  const printer = store.printer(till.name);
  await expect.poll(() => printer.papers().length).toBeGreaterThan(0);
  const printed = printer.papers().at(-1);
  expect(printed && paperSvg(printed.slip, printer.model)).toBe(drawPaper(ticket, 80).svg);
  expect(drawPaper(ticket, 80).text).toContain('RECEIPT');
  // Narrow paper hangs in a printer without a knife, and is drawn that way.
  expect(drawPaper(ticket, 58).svg).toContain('#4a4542');
  await store.close();
});

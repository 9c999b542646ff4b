import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiptCopyDto } from '#contract/payments.dto.ts';
import { interpret } from '../../hardware/lab/interpreter.ts';
import { plainText } from '../../hardware/lab/slip.ts';
import { type PrinterModel, printerModelById } from '../../hardware/models/printer-models.ts';
import { escpos } from '../../hardware/printing/escpos.ts';
import type { Ticket } from '../../hardware/printing/ports.ts';
import { splitOrder } from '../orders/orders.commands/split-order.ts';
import { printerCommands } from '../printers/printers.commands.ts';
import { type Evening, openEvening } from '../reports/evening.fixture.ts';
import { addTill } from '../shifts/index.ts';

let evening: Evening;
beforeEach(async () => {
  evening = await openEvening();
  await evening.settings({ service_charge: { enabled: false } });
});
afterEach(async () => {
  expect(evening.money()).toEqual([]);
  expect(evening.bugs).toEqual([]);
  await evening.close();
});

/** Two lagers and chips twice on table 7: 18.00. */
async function supper(): Promise<string> {
  const { order } = await evening.open(evening.tables[3]);
  const { chips, lager } = evening.menu;
  await evening.add(order.id, [
    { product_id: chips.id, quantity: 2 },
    { product_id: lager.id, quantity: 2 },
  ]);
  return order.id;
}

/** The till's slips as they come out of a printer, line by line. */
const papers = (printer = evening.till) =>
  evening.slips(printer).map(({ ticket }) => {
    const model = printerModelById('fynlo-lab-80') as PrinterModel;
    const slip = interpret(escpos(ticket as unknown as Ticket, model), model).slips[0]!;
    return plainText(slip)
      .split('\n')
      .map((line) => line.trim());
  });
const again = (order: string, body?: object, who = 'server') =>
  evening.ask(who, 'POST', `/orders/${order}/receipt`, body);

test('a copy is the same paper with its number on top, and every copy is told of', async () => {
  const id = await supper();
  await evening.pay(id, { method: 'card', amount_minor: 1800, tip_minor: 200, reference: 'T-4711' });
  evening.pass(26 * 60_000);
  const { status, body } = await again(id);
  expect([status, body.data.copy, body.message]).toEqual([200, 1, 'A copy of the receipt is printing.']);
  expect(ReceiptCopyDto.strict().safeParse(body.data).error).toBeUndefined();
  await evening.refund(id, { amount_minor: 450 });
  expect((await again(id)).body.data.copy).toBe(2);
  const [receipt, first, , second] = papers() as [string[], string[], string[], string[]];
  expect(first[0]).toBe('*** COPY 1 ***');
  expect(first.filter((line) => line.startsWith('Copy printed'))).toEqual(['Copy printed 18/06/2025 20:56']);
  const rest = (paper: string[]) => paper.filter((line) => !/COPY|^Copy|^Given back/.test(line));
  expect(rest(first)).toEqual(receipt);
  expect(rest(second)).toEqual(receipt);
  expect(second[0]).toBe('*** COPY 2 ***');
  expect(second.find((line) => line.startsWith('Given back since'))).toMatch(/-£4\.50$/);
  expect(evening.facts(id).filter(({ kind }) => kind === 'order.receipt_copied')).toMatchObject([
    { body: { copy: 1, share_id: null, table_name: '7' } },
    { body: { copy: 2 } },
  ]);
  expect(evening.pulses()).toBe(0);
});

test('a copy of one share shows that share, and comes out at the till that asks', async () => {
  const { id: outside } = await evening.run(printerCommands(() => '').add, 'manager', {
    name: 'Terrace printer',
    address: 'tcp://127.0.0.1:12',
    model: 'generic-escpos-80',
    stations: [],
    is_receipt_printer: true,
  });
  const terrace = await evening.run(addTill, 'manager', { name: 'Terrace', printer_id: outside });
  const id = await supper();
  const { order } = await evening.run(splitOrder, 'server', { order_id: id, split: { mode: 'even', ways: 3 } });
  const [ana, ben] = order.shares.map((share) => share.id) as [string, string];
  await evening.pay(id, { share_id: ana, method: 'card', amount_minor: 600 });
  const { body } = await again(id, { share_id: ana, config_id: terrace.alias });
  expect(body.data).toMatchObject({ share_id: ana, copy: 1, printer_id: outside });
  expect(papers(outside).at(-1)).toEqual(expect.arrayContaining(['*** COPY 1 ***', 'Share 1 of 3']));
  for (const [asked, code, field] of [
    [{ share_id: ben }, 'PAYMENT_REQUIRED', null],
    [{}, 'PAYMENT_REQUIRED', null],
    [{ share_id: '00000000-0000-7000-8000-0000000000aa' }, 'NOT_FOUND', 'share_id'],
    [{ share_id: ana, config_id: 99 }, 'NOT_FOUND', 'config_id'],
    [{ printer: 1 }, 'UNKNOWN_FIELD', 'printer'],
  ] as const) {
    expect((await again(id, asked)).body.error).toMatchObject({ code, field });
  }
  expect((await again(id, {}, 'cook')).status).toBe(403);
  expect([papers().length, papers(outside).length]).toEqual([1, 1]);
});

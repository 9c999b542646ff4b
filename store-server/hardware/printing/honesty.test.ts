import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabCondition } from '../lab/condition.ts';
import { inGoodOrder } from '../lab/condition.ts';
import { plainText } from '../lab/slip.ts';
import { createVirtualPrinter } from '../lab/virtual-printer.ts';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import { createPrinterLink } from './link.ts';
import { cut, markPossibleRepeat, text } from './ticket.ts';

const timeouts = { connectMs: 200, statusMs: 60, stallMs: 200, settleMs: 15, goodbyeMs: 100 };
const mark = 'POSSIBLE REPEAT';

/** What goes wrong just before a ticket, and for how many attempts it stays wrong. */
const faultFor = (model: PrinterModel): fc.Arbitrary<Partial<LabCondition>> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 90 }).map((dropAfterBytes) => ({ dropAfterBytes })) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Partial<LabCondition>>(
        { paper: 'out' },
        { coverOpen: true },
        { refusing: true },
        { silent: true },
        { answerAfterMs: 40 },
        { answerAfterMs: 90 },
        { bytesPerSecond: 4_000 },
        // A printer without status that stops reading has still taken the ticket, as far as anybody can know; torn off
        // after that, the ticket is gone. That is what status is for, and why the manager sees such slips as unconfirmed.
        ...(model.hasStatus ? [{ stalled: true }] : []),
      ),
    },
  );

/**
 * The simplest honest queue: in order, again after a failure, again and marked after doubt. If what `printTicket` says is
 * true, then every ticket comes out, and whatever comes out twice says so.
 */
async function evening(model: PrinterModel, faults: readonly Partial<LabCondition>[]) {
  const printer = await createVirtualPrinter({ clock: { now: () => 0 }, model });
  const link = createPrinterLink({ address: printer.address, model, timeouts, now: () => 0 });
  try {
    for (const [number, trouble] of faults.entries()) {
      await printer.set(trouble);
      let doubt = false;
      for (let attempt = 1; ; attempt++) {
        const ticket = [text(`ticket ${number}`), cut()];
        const outcome = await link.print(doubt ? markPossibleRepeat(ticket) : ticket, { fresh: !doubt });
        if (outcome.kind === 'done') break;
        if (outcome.kind === 'uncertain') doubt = true;
        if (attempt > 8) throw new Error(`ticket ${number} never came out: ${JSON.stringify(outcome)}`);
        await printer.set(inGoodOrder);
      }
      await printer.set(inGoodOrder);
    }
    // Whatever is still on its way has time to come out.
    for (let quiet = 0, before = -1; quiet < 3; quiet = printer.bytesRead() === before ? quiet + 1 : 0) {
      before = printer.bytesRead();
      await pause(30);
    }
    return { slips: printer.papers().map((paper) => plainText(paper.slip)), errors: printer.errors() };
  } finally {
    await link.close();
    await printer.close();
  }
}

/** Numbers on a slip: more than one when a torn ticket hangs above its repeat on the same paper. */
const numbersOn = (slip: string) => [...slip.matchAll(/ticket (\d+)/g)].map((match) => Number(match[1]));

test.each(['fynlo-lab-80', 'generic-escpos-80'])(
  '%s: through an evening of faults no ticket is lost, no second slip is unmarked, and the order holds',
  async (id) => {
    const model = printerModelById(id) as PrinterModel;
    await fc.assert(
      fc.asyncProperty(fc.array(faultFor(model), { minLength: 5, maxLength: 15 }), async (faults) => {
        const { slips, errors } = await evening(model, faults);
        expect(errors).toEqual([]);
        const seen = new Set<number>();
        let last = -1;
        for (const slip of slips) {
          for (const number of new Set(numbersOn(slip))) {
            expect(number).toBeGreaterThanOrEqual(last);
            if (seen.has(number)) expect(slip).toContain(mark);
            seen.add(number);
            last = number;
          }
        }
        expect([...seen]).toEqual(faults.map((_, number) => number));
      }),
      { numRuns: 12, interruptAfterTimeLimit: 12_000 },
    );
  },
  40_000,
);

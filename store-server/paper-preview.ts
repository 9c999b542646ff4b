import type { DrawPaper } from './features/payments/index.ts';
import type { DrawOnModel } from './features/printers/index.ts';
import { interpret } from './hardware/lab/interpreter.ts';
import { paperSvg } from './hardware/lab/paper-svg.ts';
import { plainText } from './hardware/lab/slip.ts';
import { type PrinterModel, printerModelById } from './hardware/models/printer-models.ts';
import { escpos } from './hardware/printing/escpos.ts';
import type { Ticket } from './hardware/printing/ports.ts';

const models = { 80: 'fynlo-lab-80', 58: 'generic-escpos-58' } as const;

function modelFor(paperMm: 80 | 58): PrinterModel {
  const model = printerModelById(models[paperMm]);
  if (model === undefined) throw new Error(`The list of models has no printer for ${paperMm} mm.`);
  return model;
}

function draw(ticket: Ticket, model: PrinterModel): { svg: string; text: string } {
  const { slips, unfinished } = interpret(escpos(ticket, model), model);
  const slip = slips[0] ?? unfinished ?? { elements: [], cut: null };
  return { svg: paperSvg(slip, model), text: plainText(slip) };
}

/** What a ticket looks like on paper: its very bytes, read as a strict printer reads them. */
export const drawPaper: DrawPaper = (ticket, paperMm) => draw(ticket, modelFor(paperMm));

/** The same on a printer of this model; one that is not known any more is taken for the commonest. */
export const drawOnModel: DrawOnModel = (ticket, modelId) => draw(ticket, printerModelById(modelId) ?? modelFor(80));

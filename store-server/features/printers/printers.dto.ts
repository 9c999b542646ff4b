import type { z } from 'zod';
import type { ChangedPrinterDto } from '#contract/printers.ts';
import type { Printer } from './printers.reads.ts';

/** A printer as it travels, without what becomes of its slips. */
export const plainDto = (printer: Printer): z.output<typeof ChangedPrinterDto> => ({
  id: printer.id,
  name: printer.name,
  address: printer.address,
  model: printer.model,
  stations: printer.stations,
  is_receipt_printer: printer.isReceiptPrinter,
});

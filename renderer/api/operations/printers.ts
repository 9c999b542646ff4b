import { PrinterDto } from '#contract/printers.ts';
import { readList } from './define.ts';

export const printers = {
  list: readList('printers.list', '/api/v1/hardware/printers', {
    answers: PrinterDto,
    staleAfter: ['printer.', 'order.fired'],
  }),
};

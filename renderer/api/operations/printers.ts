import { Uuid } from '#contract/ids.ts';
import {
  AddPrinterInput,
  ChangedPrinterDto,
  ChangePrinterBody,
  FoundPrintersDto,
  MoveJobBody,
  PaperDto,
  PrinterDto,
  PrinterModelDto,
  PrintJobDto,
  RemovedDto,
  SearchStateDto,
  TestPrintDto,
} from '#contract/printers.ts';
import { change, read, readList } from './define.ts';

const at = '/api/v1/hardware/printers';

export const printers = {
  list: readList('printers.list', at, { answers: PrinterDto, staleAfter: ['printer.', 'order.fired'] }),
  models: readList('printers.models', '/api/v1/hardware/models', { answers: PrinterModelDto }),
  jobs: readList('printers.jobs', `${at}/:printer_id/jobs`, {
    answers: PrintJobDto.extend({ printer_id: Uuid }),
    staleAfter: ['printer.', 'order.fired'],
  }),
  paper: read('printers.paper', `${at}/:printer_id/jobs/:job_id/paper`, { answers: PaperDto }),
  discover: change('printers.discover', 'post', `${at}/discover`, { answers: FoundPrintersDto }),
  searchState: read('printers.search_state', `${at}/discover`, { answers: SearchStateDto }),
  add: change('printers.add', 'post', at, { body: AddPrinterInput, answers: ChangedPrinterDto }),
  change: change('printers.change', 'put', `${at}/:printer_id`, {
    body: ChangePrinterBody,
    answers: ChangedPrinterDto,
  }),
  remove: change('printers.remove', 'delete', `${at}/:printer_id`, { answers: RemovedDto }),
  restore: change('printers.restore', 'post', `${at}/:printer_id/restore`, { answers: ChangedPrinterDto }),
  test: change('printers.test', 'post', `${at}/:printer_id/test`, { answers: TestPrintDto }),
  retryJob: change('printers.retry_job', 'post', `${at}/:printer_id/jobs/:job_id/retry`, { answers: PrintJobDto }),
  cancelJob: change('printers.cancel_job', 'post', `${at}/:printer_id/jobs/:job_id/cancel`, { answers: PrintJobDto }),
  moveJob: change('printers.move_job', 'post', `${at}/:printer_id/jobs/:job_id/move`, {
    body: MoveJobBody,
    answers: PrintJobDto,
  }),
};

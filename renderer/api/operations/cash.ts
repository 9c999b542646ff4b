import { DailySalesDto, SealDayInput } from '#contract/reports.ts';
import {
  CashMovementDto,
  ClosedSessionDto,
  NoSaleDto,
  SessionDto,
  SessionEventDto,
  ShiftReportDto,
  XPrintDto,
  ZCopyDto,
} from '#contract/shifts.dto.ts';
import {
  CashMovementBody,
  CloseSessionBody,
  CountBody,
  NoSaleBody,
  OpenSessionBody,
  SessionsQuery,
} from '#contract/shifts.ts';
import { change, read, readList } from './define.ts';

/** The drawer's sessions: opening, what happens in between, counting, closing, the Z. */
export const cash = {
  sessions: readList('shifts.list', '/api/v1/pos/sessions', {
    query: SessionsQuery,
    answers: SessionDto,
    staleAfter: ['shift.'],
  }),
  timeline: readList('shifts.timeline', '/api/v1/pos/sessions/:session_id/timeline', {
    answers: SessionEventDto,
    staleAfter: ['shift.', 'drawer.'],
  }),
  zReport: read('shifts.z_report', '/api/v1/pos/sessions/:session_id/z-report', { answers: ShiftReportDto }),
  xReport: read('shifts.x_report', '/api/v1/pos/sessions/:session_id/x-report', {
    answers: ShiftReportDto,
    staleAfter: ['shift.', 'drawer.', 'payment.'],
  }),
  open: change('shifts.open', 'post', '/api/v1/pos/sessions', { body: OpenSessionBody, answers: SessionDto }),
  move: change('shifts.cash_movement', 'post', '/api/v1/pos/sessions/:session_id/cash-movements', {
    body: CashMovementBody,
    answers: CashMovementDto,
  }),
  noSale: change('shifts.no_sale', 'post', '/api/v1/pos/sessions/:session_id/drawer/open', {
    body: NoSaleBody,
    answers: NoSaleDto,
  }),
  count: change('shifts.count', 'post', '/api/v1/pos/sessions/:session_id/count', {
    body: CountBody,
    answers: SessionDto,
  }),
  close: change('shifts.close', 'post', '/api/v1/pos/sessions/:session_id/close', {
    body: CloseSessionBody,
    answers: ClosedSessionDto,
  }),
  printX: change('shifts.print_x', 'post', '/api/v1/pos/sessions/:session_id/x-report/prints', {
    answers: XPrintDto,
  }),
  copyZ: change('shifts.copy_z', 'post', '/api/v1/pos/sessions/:session_id/z-report/copies', { answers: ZCopyDto }),
  sealDay: change('reports.seal_day', 'post', '/api/v1/reports/seal-day', {
    body: SealDayInput,
    answers: DailySalesDto,
  }),
};

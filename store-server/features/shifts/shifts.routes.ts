import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import {
  CashMovementDto,
  ClosedSessionDto,
  NoSaleDto,
  SessionDto,
  SessionEventDto,
  ShiftReportDto,
  TillDto,
  XPrintDto,
  ZCopyDto,
} from '#contract/shifts.dto.ts';
import {
  AddTillInput,
  CashMovementBody,
  CloseSessionBody,
  CountBody,
  NoSaleBody,
  OpenSessionBody,
  SessionsQuery,
} from '#contract/shifts.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { isoTime } from '../../kernel/dates.ts';
import { fromPounds, minor, toPounds } from '../../kernel/money.ts';
import { Problem } from '../../kernel/verdict.ts';
import { closeShift } from './shifts.commands/close.ts';
import { copyZ } from './shifts.commands/copy-z.ts';
import { countDrawer } from './shifts.commands/count.ts';
import { moveCash, openWithoutSale } from './shifts.commands/drawer.ts';
import { openShift } from './shifts.commands/open.ts';
import { printX } from './shifts.commands/print-x.ts';
import { addTill } from './shifts.commands/tills.ts';
import {
  type CashMovement,
  currentSession,
  latestSessions,
  sessionByRef,
  type Till,
  tills,
  zReportOf,
} from './shifts.reads.ts';
import type { ShiftReport } from './shifts.report.ts';
import { shiftReportDto } from './shifts.report-dto.ts';
import { sumOfCoins } from './shifts.rules.ts';
import { sessionTimeline } from './shifts.timeline.ts';
import { sessionDto, sessionView } from './shifts.view.ts';
import { xReportOf } from './shifts.x-report.ts';

/** Pence of an amount that the edge has let through, so it has at most two places. */
function pence(pounds: number): number {
  const read = fromPounds(pounds);
  return read.ok ? read.value : Number.NaN;
}

const ref = (params: Readonly<Record<string, unknown>>): Ref => params['session_id'] as Ref;

const tillDto = (till: Till) => ({
  id: till.alias,
  uuid: till.id,
  name: till.name,
  printer_id: till.printerId,
  active: till.active,
});

const movementDto = (movement: CashMovement) => ({
  id: movement.id,
  session_id: movement.sessionId,
  direction: movement.direction,
  amount: toPounds(minor(movement.amountMinor)),
  reason: movement.reason,
  made_by: movement.madeBy,
  recorded_at: isoTime(movement.recordedAt),
});

function sessions({ connection, actor }: ReadContext, { query }: { query: { limit: number } }) {
  return latestSessions(connection, query.limit).map((session) => sessionDto(sessionView(connection, session, actor)));
}

function current({ connection, actor }: ReadContext) {
  const session = currentSession(connection, actor.id);
  return session === undefined ? null : sessionDto(sessionView(connection, session, actor));
}

function one({ connection, actor }: ReadContext, { params }: { params: Record<string, string | number> }) {
  return sessionDto(sessionView(connection, sessionByRef(connection, ref(params)), actor));
}

function zReport({ connection }: ReadContext, { params }: { params: Record<string, string | number> }) {
  const session = sessionByRef(connection, ref(params));
  const z = zReportOf(connection, session.id);
  if (z === undefined) throw new Problem('NOT_FOUND', { field: 'session_id', state: session.state });
  return shiftReportDto(z.body as ShiftReport);
}

function xReport({ connection, now }: ReadContext, { params }: { params: Record<string, string | number> }) {
  return shiftReportDto(xReportOf(connection, sessionByRef(connection, ref(params)), now));
}

function timeline({ connection }: ReadContext, { params }: { params: Record<string, string | number> }) {
  return sessionTimeline(connection, sessionByRef(connection, ref(params)));
}

export const shiftRoutes = (api: Api): void =>
  api.router('/api/v1/pos', (at) => {
    at.get('/tills', ({ connection }) => tills(connection).map(tillDto), {
      operation: 'shifts.tills',
      access: 'shifts.read',
      summary: 'The cash drawers of this restaurant',
      answers: TillDto,
      plural: 'tills',
    });
    at.post('/tills', addTill, {
      summary: 'Add a cash drawer',
      body: AddTillInput,
      answers: TillDto,
      toDto: tillDto,
    });
    at.get('/sessions/current', current, {
      operation: 'shifts.current',
      access: 'signed_in',
      summary: 'The session that takes cash now, or null',
      answers: SessionDto.nullable(),
      tolerant: true,
    });
    at.get('/sessions', sessions, {
      operation: 'shifts.list',
      access: 'shifts.read',
      summary: 'The latest sessions, the newest first',
      query: SessionsQuery,
      answers: SessionDto,
      plural: 'sessions',
      tolerant: true,
    });
    at.get('/sessions/:session_id', one, {
      operation: 'shifts.one',
      access: 'shifts.read',
      summary: 'One session',
      answers: SessionDto,
    });
    at.get('/sessions/:session_id/z-report', zReport, {
      operation: 'shifts.z_report',
      access: 'shifts.read',
      summary: 'The Z report of a closed session, as it was made',
      answers: ShiftReportDto,
    });
    at.get('/sessions/:session_id/x-report', xReport, {
      operation: 'shifts.x_report',
      access: 'shifts.see_expected',
      summary: 'What has happened in a session up to now',
      answers: ShiftReportDto,
    });
    at.post('/sessions/:session_id/x-report/prints', printX, {
      summary: 'Print what has happened in a session up to now',
      answers: XPrintDto,
      toDto: ({ sessionId, printer }) => ({ session_id: sessionId, printer }),
      message: 'It is on its way to paper.',
    });
    at.get('/sessions/:session_id/timeline', timeline, {
      operation: 'shifts.timeline',
      access: 'shifts.see_expected',
      summary: 'What happened in a session beside sales: money in and out, counts, the drawer opened',
      answers: SessionEventDto,
      plural: 'events',
    });
    at.post('/sessions/:session_id/z-report/copies', copyZ, {
      summary: 'Print the Z report of a closed session again, marked as a copy',
      answers: ZCopyDto,
      toDto: ({ sessionId, number, copy, printer }) => ({ session_id: sessionId, z_number: number, copy, printer }),
      message: 'It is on its way to paper.',
    });
    at.post('/sessions', openShift, {
      summary: 'Open the drawer’s session; without a counted float it waits to be counted',
      body: OpenSessionBody,
      tolerant: true,
      answers: SessionDto,
      toInput: ({ body }: { body: z.output<typeof OpenSessionBody> }) => ({
        config_id: body.config_id ?? null,
        opening_float_minor: body.opening_float == null ? null : pence(body.opening_float),
      }),
      toDto: ({ session }) => sessionDto(session),
      status: ({ data }) => (data.created ? 201 : 200),
      message: 'The session is open.',
    });
    at.post('/sessions/:session_id/cash-movements', moveCash, {
      summary: 'Put cash into the drawer or take some out, with the reason',
      body: CashMovementBody,
      answers: CashMovementDto,
      toInput: ({ params, body }: { params: Record<string, unknown>; body: z.output<typeof CashMovementBody> }) => ({
        session_id: ref(params),
        direction: body.direction,
        amount_minor: pence(body.amount),
        reason: body.reason,
      }),
      toDto: movementDto,
    });
    at.post('/sessions/:session_id/count', countDrawer, {
      summary: 'Count the float at the start, or the drawer at the end',
      body: CountBody,
      answers: SessionDto,
      status: 200,
      toInput: ({ params, body }: { params: Record<string, unknown>; body: z.output<typeof CountBody> }) => ({
        session_id: ref(params),
        counted_minor:
          body.denominations === undefined ? pence(body.counted_amount ?? 0) : sumOfCoins(body.denominations),
        denominations: body.denominations ?? null,
        closing: body.closing ?? false,
      }),
      toDto: sessionDto,
      message: 'Counted.',
    });
    at.post('/sessions/:session_id/close', closeShift, {
      summary: 'Close a counted session and make its Z report',
      body: CloseSessionBody,
      answers: ClosedSessionDto,
      status: 200,
      toDto: ({ session, z: made }) => ({ ...sessionDto(session), z_report: shiftReportDto(made) }),
      message: 'The session is closed.',
    });
    at.post('/sessions/:session_id/drawer/open', openWithoutSale, {
      summary: 'Open the drawer without a sale, with the reason',
      body: NoSaleBody,
      answers: NoSaleDto,
      status: 200,
      toDto: ({ sessionId, reason, drawerOpened }) => ({
        session_id: sessionId,
        reason,
        drawer_opened: drawerOpened,
      }),
      message: 'Noted.',
    });
  });

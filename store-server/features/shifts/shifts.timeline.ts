import type { z } from 'zod';
import { type SessionEventDto, sessionEvents } from '#contract/shifts.dto.ts';
import type { Connection } from '../../db/connection.ts';
import { factsAbout } from '../../journal/tail.ts';
import { isoTime } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { staffName } from '../staff/index.ts';
import { countsOf, movementsOf, type Session, zReportOf } from './shifts.reads.ts';
import type { ShiftReport } from './shifts.report.ts';

type SessionEvent = z.output<typeof SessionEventDto>;

/** More of a kind than one session has ever had. */
const MOST = 500;

interface Happened {
  readonly id: string;
  readonly kind: SessionEvent['kind'];
  readonly amountMinor: number | null;
  readonly reason: string | null;
  readonly by: string | null;
  /** Epoch ms. */
  readonly at: number;
}

const rank = ({ kind }: Happened): number => sessionEvents.indexOf(kind);

/** What happened in a session beside sales, in order: who opened it, put money in, opened the drawer, counted. */
export function sessionTimeline(connection: Connection, session: Session): SessionEvent[] {
  const plain = { amountMinor: null, reason: null };
  const told = (fact: string, kind: SessionEvent['kind']): Happened[] =>
    factsAbout(connection, session.id, fact, MOST).map(({ body, recordedAt, actorId }, at) => ({
      ...plain,
      id: `${kind}-${recordedAt}-${at}`,
      kind,
      reason: (JSON.parse(body ?? '{}') as { reason?: string }).reason ?? null,
      by: actorId,
      at: recordedAt,
    }));
  const happened: Happened[] = [
    { ...plain, id: `${session.id}-opened`, kind: 'opened', by: session.openedBy, at: session.openedAt },
    ...countsOf(connection, session.id).map(({ id, kind, countedMinor, countedBy, recordedAt }) => ({
      ...plain,
      id,
      kind: kind === 'opening' ? ('float' as const) : ('counted' as const),
      amountMinor: countedMinor,
      by: countedBy,
      at: recordedAt,
    })),
    ...movementsOf(connection, session.id).map(({ id, direction, amountMinor, reason, madeBy, recordedAt }) => ({
      id,
      kind: direction === 'in' ? ('cash_in' as const) : ('cash_out' as const),
      amountMinor,
      reason,
      by: madeBy,
      at: recordedAt,
    })),
    ...told('drawer.no_sale', 'no_sale'),
    ...told('shift.x_report_printed', 'x_printed'),
    ...(session.closedAt === null
      ? []
      : [
          {
            ...plain,
            id: `${session.id}-closed`,
            kind: 'closed' as const,
            reason: (zReportOf(connection, session.id)?.body as ShiftReport | undefined)?.cash.differenceReason ?? null,
            by: session.closedBy,
            at: session.closedAt,
          },
        ]),
    ...told('shift.z_report_copied', 'copied'),
  ];
  return happened
    .sort((one, other) => one.at - other.at || rank(one) - rank(other))
    .map(({ id, kind, amountMinor, reason, by, at }) => ({
      id,
      kind,
      amount: amountMinor === null ? null : toPounds(minor(amountMinor)),
      reason,
      made_by: by === null ? '' : staffName(connection, by),
      recorded_at: isoTime(at),
    }));
}

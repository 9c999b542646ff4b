import type { Connection } from '../../db/connection.ts';
import { factsTold } from '../../journal/tail.ts';
import { Problem } from '../../kernel/verdict.ts';
import type { Session } from './shifts.reads.ts';
import { type ShiftReport, shiftReport } from './shifts.report.ts';

/**
 * What has happened in a session up to `now` (epoch ms).
 * @throws Problem SESSION_CLOSED: a session that is closed has its Z report
 */
export function xReportOf(connection: Connection, session: Session, now: number): ShiftReport {
  if (session.state === 'closed') throw new Problem('SESSION_CLOSED', { state: session.state });
  const noSales = factsTold(connection, session.id, 'drawer.no_sale');
  const making = { kind: 'x', number: null, now, closedBy: null, carriedOver: 0, noSales, journal: null } as const;
  return shiftReport(connection, session, making);
}

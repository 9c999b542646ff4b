import type { z } from 'zod';
import type { SessionDto } from '#contract/shifts.dto.ts';
import type { Actor } from '../../commands/caller.ts';
import type { Connection } from '../../db/connection.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { minor, toPounds } from '../../kernel/money.ts';
import { accountBalance, cashAccount } from '../ledger/index.ts';
import { staffById, staffName } from '../staff/index.ts';
import { type Session, tillById, zReportOf } from './shifts.reads.ts';
import { sessionName, showsExpected } from './shifts.rules.ts';

/** A session with its names, as commands answer and reads show it. Minor units and epoch ms. */
export interface SessionView extends Omit<Session, 'expectedMinor'> {
  readonly name: string;
  readonly tillAlias: number;
  readonly tillName: string;
  readonly userAlias: number | null;
  readonly userName: string;
  /** Null as long as the reader has to count blind. */
  readonly expectedMinor: number | null;
  readonly zNumber: number | null;
}

/** What should be in the drawer by the ledger, in minor units. */
export const expectedInDrawer = (connection: Connection, sessionId: string): number =>
  accountBalance(connection, cashAccount(sessionId), { sessionId });

/** A session as this person may see it. */
export function sessionView(connection: Connection, session: Session, actor: Actor): SessionView {
  const till = tillById(connection, session.tillId);
  const shown = showsExpected(session.state, actor.may('shifts.see_expected'));
  const expected = session.expectedMinor ?? expectedInDrawer(connection, session.id);
  return {
    ...session,
    name: sessionName(session.alias),
    tillAlias: till.alias,
    tillName: till.name,
    userAlias: session.openedBy === null ? null : (staffById(connection, session.openedBy)?.alias ?? null),
    userName: session.openedBy === null ? '' : staffName(connection, session.openedBy),
    expectedMinor: shown ? expected : null,
    zNumber: zReportOf(connection, session.id)?.number ?? null,
  };
}

const poundsOrNull = (amount: number | null): number | null => (amount === null ? null : toPounds(minor(amount)));

export const sessionDto = (view: SessionView): z.output<typeof SessionDto> => ({
  id: view.alias,
  uuid: view.id,
  name: view.name,
  state: view.state,
  start_at: isoTime(view.openedAt),
  stop_at: isoTimeOrNull(view.closedAt),
  config_id: view.tillAlias,
  config_name: view.tillName,
  user_id: view.userAlias,
  user_uuid: view.openedBy,
  user_name: view.userName,
  business_day: view.businessDay,
  opening_float: poundsOrNull(view.openingFloatMinor),
  counted_amount: poundsOrNull(view.countedMinor),
  expected_amount: poundsOrNull(view.expectedMinor),
  difference:
    view.countedMinor === null || view.expectedMinor === null
      ? null
      : toPounds(minor(view.countedMinor - view.expectedMinor)),
  carried_over: view.carriedOver,
  z_number: view.zNumber,
});

/** What every fact about a session says of it. */
export const sessionFact = (connection: Connection, session: Session, state = session.state) => ({
  session_id: session.id,
  session: session.alias,
  session_name: sessionName(session.alias),
  till_id: session.tillId,
  till_name: tillById(connection, session.tillId).name,
  state,
  business_day: session.businessDay,
});

import { drawerCounted, shiftStateChanged } from '#contract/shifts.facts.ts';
import { CountInput } from '#contract/shifts.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { insist } from '../../../kernel/verdict.ts';
import { accounts, cashAccount, post } from '../../ledger/index.ts';
import { closingCountsOf, type Session, sessionByRef } from '../shifts.reads.ts';
import { canMove } from '../shifts.rules.ts';
import { cashCountTable, posSessionTable } from '../shifts.schema.ts';
import { expectedInDrawer, sessionFact, sessionView } from '../shifts.view.ts';

type Coins = Readonly<Record<string, number>> | null;

function keepCount(
  { tx, ids, actor, now }: CommandContext,
  session: Session,
  count: { kind: 'opening' | 'closing'; countedMinor: number; denominations: Coins; expectedMinor: number | null },
): void {
  const { kind, countedMinor, denominations, expectedMinor } = count;
  const recount = kind === 'closing' && closingCountsOf(tx.connection, session.id) > 0;
  tx.on('pos_session', session.id)
    .insert(cashCountTable, {
      id: ids.next(),
      sessionId: session.id,
      kind,
      countedMinor,
      denominations,
      countedBy: actor.id,
      recordedAt: now,
    })
    .tell(drawerCounted, {
      ...sessionFact(tx.connection, session),
      kind,
      counted_minor: countedMinor,
      expected_minor: expectedMinor,
      recount,
    });
}

/** The change that a drawer starts with comes out of the safe. */
export function putFloat(context: CommandContext, session: Session, countedMinor: number, denominations: Coins): void {
  keepCount(context, session, { kind: 'opening', countedMinor, denominations, expectedMinor: null });
  if (countedMinor === 0) return;
  post(context, {
    kind: 'float',
    sessionId: session.id,
    occurredAt: context.caller.occurredAt ?? context.now,
    postings: [
      { account: cashAccount(session.id), amountMinor: countedMinor },
      { account: accounts.safe, amountMinor: -countedMinor },
    ],
  });
}

/**
 * The float at the start, or the drawer at the end: blind, since what should be in it is shown only after this count
 * stands. A recount is possible until the session is closed; each count is kept.
 */
export const countDrawer = defineCommand({
  name: 'shifts.count',
  permission: 'shifts.count',
  input: CountInput,
  handle(context, { session_id, counted_minor, denominations, closing }) {
    const { tx, actor } = context;
    const { connection } = tx;
    const session = sessionByRef(connection, session_id);
    const isFloat = session.state === 'opening_control' && !closing;
    insist(canMove(session.state, isFloat ? 'count_float' : 'count'));

    const writer = tx.on('pos_session', session.id);
    if (isFloat) {
      putFloat(context, session, counted_minor, denominations);
      writer
        .update(posSessionTable, session.id, { state: 'opened', openingFloatMinor: counted_minor })
        .tell(shiftStateChanged, sessionFact(connection, session, 'opened'));
    } else {
      const expectedMinor = session.expectedMinor ?? expectedInDrawer(connection, session.id);
      keepCount(context, session, { kind: 'closing', countedMinor: counted_minor, denominations, expectedMinor });
      writer
        .update(posSessionTable, session.id, { state: 'closing_control', countedMinor: counted_minor, expectedMinor })
        .tell(shiftStateChanged, sessionFact(connection, session, 'closing_control'));
    }
    return sessionView(connection, sessionByRef(connection, session.id), actor);
  },
});

import { shiftClosed, zReportMade } from '#contract/shifts.facts.ts';
import { CloseSessionInput } from '#contract/shifts.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { factsTold, journalHead } from '../../../journal/tail.ts';
import { insist } from '../../../kernel/verdict.ts';
import { accounts, cashAccount, post } from '../../ledger/index.ts';
import { openOrderCount } from '../../orders/index.ts';
import { nextZNumber, type Session, sessionByRef } from '../shifts.reads.ts';
import { type ShiftReport, shiftReport } from '../shifts.report.ts';
import { canLeaveChecks, canMove } from '../shifts.rules.ts';
import { posSessionTable, zReportTable } from '../shifts.schema.ts';
import { shiftReportTicket } from '../shifts.tickets.ts';
import { onPaper, printAtTill, tillOf } from '../shifts.till.ts';
import { sessionFact, sessionView } from '../shifts.view.ts';

/** Whoever holds a Z on paper can later prove that the journal up to it was not rewritten. */
function journalMark({ tx }: CommandContext) {
  const { seq, hash } = journalHead(tx.connection);
  return { seq, head: hash.toString('hex').slice(0, 16) };
}

/** The counted money goes into the safe; what it is more or less than it should be is somebody's loss. */
function emptyDrawer(context: CommandContext, session: Session, report: ShiftReport): void {
  const { countedMinor, expectedMinor } = report.cash;
  const counted = countedMinor ?? 0;
  if (counted === 0 && expectedMinor === 0) return;
  post(context, {
    kind: 'close',
    sessionId: session.id,
    occurredAt: context.caller.occurredAt ?? context.now,
    postings: [
      { account: accounts.safe, amountMinor: counted },
      { account: accounts.cashOverShort, amountMinor: expectedMinor - counted },
      { account: cashAccount(session.id), amountMinor: -expectedMinor },
    ],
  });
}

function keepZ({ tx, ids, businessDay, now }: CommandContext, session: Session, z: ShiftReport, number: number): void {
  const { cash } = z;
  tx.on('pos_session', session.id)
    .insert(zReportTable, { id: ids.next(), number, sessionId: session.id, businessDay, body: z, madeAt: now })
    .tell(zReportMade, {
      ...sessionFact(tx.connection, session, 'closed'),
      z_number: number,
      sales_total_minor: z.salesTotalMinor,
      vat_minor: z.salesVatMinor - z.refunds.vatMinor,
      tips_minor: z.tipsMinor,
      refunds_minor: z.refunds.amountMinor,
      expected_minor: cash.expectedMinor,
      counted_minor: cash.countedMinor ?? 0,
      difference_minor: cash.differenceMinor ?? 0,
      ...(cash.differenceReason == null ? {} : { difference_reason: cash.differenceReason }),
      tenders: z.tenders.map(({ method, takenMinor, tipMinor, refundedMinor }) => ({
        method,
        taken_minor: takenMinor,
        tip_minor: tipMinor,
        refunded_minor: refundedMinor,
      })),
    });
}

/** Closes a counted session and makes its Z, which is never changed again. Open checks stay with the store. */
export const closeShift = defineCommand({
  name: 'shifts.close',
  permission: 'shifts.close',
  input: CloseSessionInput,
  target: ({ session_id }) => session_id,
  targetId: (connection, ref) => sessionByRef(connection, ref).id,
  handle(context, { session_id, carry_over, difference_reason }) {
    const { tx, actor, now } = context;
    const { connection } = tx;
    const session = sessionByRef(connection, session_id);
    insist(canMove(session.state, 'close'));
    const carriedOver = openOrderCount(connection);
    insist(canLeaveChecks(carriedOver, carry_over));

    const number = nextZNumber(connection);
    const z = shiftReport(connection, session, {
      kind: 'z',
      number,
      now,
      closedBy: actor.id,
      carriedOver,
      noSales: factsTold(connection, session.id, 'drawer.no_sale'),
      journal: journalMark(context),
      differenceReason: difference_reason,
    });
    emptyDrawer(context, session, z);
    keepZ(context, session, z, number);
    tx.on('pos_session', session.id)
      .update(posSessionTable, session.id, { state: 'closed', closedBy: actor.id, closedAt: now, carriedOver })
      .tell(shiftClosed, {
        ...sessionFact(connection, session, 'closed'),
        z_number: number,
        carried_over: carriedOver,
      });
    printAtTill(context, tillOf(connection, session), {
      title: `Z report ${number}`,
      ticket: shiftReportTicket(z, onPaper(connection)),
      subjectId: session.id,
    });
    return { session: sessionView(connection, sessionByRef(connection, session.id), actor), z };
  },
});

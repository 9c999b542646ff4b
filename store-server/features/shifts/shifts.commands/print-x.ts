import { xReportPrinted } from '#contract/shifts.facts.ts';
import { PrintReportInput } from '#contract/shifts.ts';
import { defineCommand } from '../../../commands/define.ts';
import { sessionByRef } from '../shifts.reads.ts';
import { shiftReportTicket } from '../shifts.tickets.ts';
import { onPaper, printAtTill, tillOf } from '../shifts.till.ts';
import { sessionFact } from '../shifts.view.ts';
import { xReportOf } from '../shifts.x-report.ts';

/** Puts on paper what has happened in a drawer up to now; it goes on taking cash. Who looked is kept: the count is blind. */
export const printX = defineCommand({
  name: 'shifts.print_x',
  permission: 'shifts.see_expected',
  input: PrintReportInput,
  handle(context, { session_id }) {
    const { connection } = context.tx;
    const session = sessionByRef(connection, session_id);
    const report = xReportOf(connection, session, context.now);
    context.tx.on('pos_session', session.id).tell(xReportPrinted, sessionFact(connection, session));
    const printer = printAtTill(context, tillOf(connection, session), {
      title: `X report, ${report.tillName}`,
      ticket: shiftReportTicket(report, onPaper(connection)),
      subjectId: session.id,
    });
    return { sessionId: session.id, printer: printer?.name ?? null };
  },
});

import { zReportCopied } from '#contract/shifts.facts.ts';
import { PrintReportInput } from '#contract/shifts.ts';
import { defineCommand } from '../../../commands/define.ts';
import { markCopy } from '../../../hardware/printing/ticket.ts';
import { factsTold } from '../../../journal/tail.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { sessionByRef, zReportOf } from '../shifts.reads.ts';
import type { ShiftReport } from '../shifts.report.ts';
import { shiftReportTicket } from '../shifts.tickets.ts';
import { onPaper, printAtTill, tillOf } from '../shifts.till.ts';
import { sessionFact } from '../shifts.view.ts';

/** Puts the Z of a closed session on paper once more, as it was made and marked as a copy. */
export const copyZ = defineCommand({
  name: 'shifts.copy_z',
  permission: 'shifts.close',
  input: PrintReportInput,
  handle(context, { session_id }) {
    const { connection } = context.tx;
    const session = sessionByRef(connection, session_id);
    const z = zReportOf(connection, session.id);
    if (z === undefined) throw new Problem('NOT_FOUND', { field: 'session_id', state: session.state });
    const copy = factsTold(connection, session.id, 'shift.z_report_copied') + 1;
    context.tx
      .on('pos_session', session.id)
      .tell(zReportCopied, { ...sessionFact(connection, session), z_number: z.number, copy });
    const printer = printAtTill(context, tillOf(connection, session), {
      title: `Z report ${z.number}, copy ${copy}`,
      ticket: markCopy(shiftReportTicket(z.body as ShiftReport, onPaper(connection)), copy),
      subjectId: session.id,
    });
    return { sessionId: session.id, number: z.number, copy, printer: printer?.name ?? null };
  },
});

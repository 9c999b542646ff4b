import { cashMoved, noSale } from '#contract/shifts.facts.ts';
import { CashMovementInput, NoSaleInput } from '#contract/shifts.ts';
import { defineCommand } from '../../../commands/define.ts';
import { insist } from '../../../kernel/verdict.ts';
import { accounts, cashAccount, post } from '../../ledger/index.ts';
import { settingsOf } from '../../settings/index.ts';
import { staffName } from '../../staff/index.ts';
import { sessionByRef } from '../shifts.reads.ts';
import { canUseDrawer } from '../shifts.rules.ts';
import { cashMovementTable } from '../shifts.schema.ts';
import { movementSlip } from '../shifts.tickets.ts';
import { onPaper, openDrawer, printAtTill, tillOf } from '../shifts.till.ts';
import { sessionFact } from '../shifts.view.ts';

/** Cash that goes into or out of the drawer beside sales: milk, change, a safe drop. The drawer opens for it. */
export const moveCash = defineCommand({
  name: 'shifts.cash_movement',
  permission: 'shifts.cash_movement',
  input: CashMovementInput,
  handle(context, { session_id, direction, amount_minor, reason }) {
    const { tx, ids, actor, now, caller } = context;
    const { connection } = tx;
    const session = sessionByRef(connection, session_id);
    insist(canUseDrawer(session.state));

    const id = ids.next();
    const movement = {
      id,
      sessionId: session.id,
      direction,
      amountMinor: amount_minor,
      reason,
      madeBy: actor.id,
      recordedAt: now,
    };
    tx.on('pos_session', session.id)
      .insert(cashMovementTable, movement)
      .tell(cashMoved, { ...sessionFact(connection, session), movement_id: id, direction, amount_minor, reason });
    const signed = direction === 'in' ? amount_minor : -amount_minor;
    post(context, {
      kind: direction === 'in' ? 'cash_in' : 'cash_out',
      sessionId: session.id,
      occurredAt: caller.occurredAt ?? now,
      postings: [
        { account: cashAccount(session.id), amountMinor: signed },
        { account: direction === 'in' ? accounts.cashIn : accounts.cashOut, amountMinor: -signed },
      ],
    });

    const till = tillOf(connection, session);
    openDrawer(context, till, session.id, direction === 'in' ? 'cash_in' : 'cash_out');
    const madeBy = actor.id === null ? '' : staffName(connection, actor.id);
    const slip = { direction, amountMinor: amount_minor, reason, madeBy, at: now, till: till.name };
    printAtTill(context, till, {
      title: direction === 'in' ? 'Cash in' : 'Cash out',
      ticket: movementSlip(slip, onPaper(connection)),
      subjectId: session.id,
    });
    return movement;
  },
});

/** Opens the drawer without a sale, for change say. Every time is kept, with who and why. */
export const openWithoutSale = defineCommand({
  name: 'shifts.no_sale',
  permission: 'drawer.no_sale',
  input: NoSaleInput,
  handle(context, { session_id, reason }) {
    const { connection } = context.tx;
    const session = sessionByRef(connection, session_id);
    insist(canUseDrawer(session.state));
    const asSet = settingsOf(connection).drawer.on_no_sale;
    const opened = asSet && openDrawer(context, tillOf(connection, session), session.id, 'no_sale');
    context.tx
      .on('pos_session', session.id)
      .tell(noSale, { ...sessionFact(connection, session), reason, drawer_opened: opened });
    return { sessionId: session.id, reason, drawerOpened: opened };
  },
});

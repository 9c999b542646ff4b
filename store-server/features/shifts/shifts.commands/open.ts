import type { Ref } from '#contract/ids.ts';
import { shiftOpened } from '#contract/shifts.facts.ts';
import { OpenSessionInput } from '#contract/shifts.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { nextSessionAlias, sessionByRef, type Till, tillByRef, tills, unfinishedSessions } from '../shifts.reads.ts';
import { posSessionTable } from '../shifts.schema.ts';
import { sessionFact, sessionView } from '../shifts.view.ts';
import { putFloat } from './count.ts';
import { insertTill } from './tills.ts';

/** The drawer that is meant; a store that has none yet gets its first one. */
function tillFor(context: CommandContext, ref: Ref | null): Till {
  const { connection } = context.tx;
  const all = tills(connection);
  if (all.length === 0 && (ref === null || ref === 1)) return insertTill(context, 'Till 1', null);
  if (ref !== null) return tillByRef(connection, ref);
  const [only, ...others] = all.filter((till) => till.active);
  if (only !== undefined && others.length === 0) return only;
  throw new Problem('VALIDATION_ERROR', { field: 'config_id', reason: 'There are several drawers: say which one.' });
}

/** Opens the drawer's session, or answers with the one that is open already, unchanged. */
export const openShift = defineCommand({
  name: 'shifts.open',
  permission: 'shifts.open',
  input: OpenSessionInput,
  handle(context, { config_id, opening_float_minor }) {
    const { tx, ids, actor, now, businessDay } = context;
    const { connection } = tx;
    const till = tillFor(context, config_id);
    const running = unfinishedSessions(connection).find((session) => session.tillId === till.id);
    if (running !== undefined) return { created: false, session: sessionView(connection, running, actor) };

    const id = ids.next();
    const writer = tx.on('pos_session', id).insert(posSessionTable, {
      id,
      alias: nextSessionAlias(connection),
      tillId: till.id,
      state: opening_float_minor === null ? 'opening_control' : 'opened',
      businessDay,
      openedBy: actor.id,
      openedAt: now,
      openingFloatMinor: opening_float_minor,
      carriedOver: 0,
    });
    const session = sessionByRef(connection, id);
    writer.tell(shiftOpened, sessionFact(connection, session));
    if (opening_float_minor !== null) putFloat(context, session, opening_float_minor, null);
    return { created: true, session: sessionView(connection, session, actor) };
  },
});

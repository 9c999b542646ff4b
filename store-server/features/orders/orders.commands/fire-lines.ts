import { Ref } from '#contract/ids.ts';
import { FireBody } from '#contract/orders.ts';
import { defineCommand } from '../../../commands/define.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { answerOf } from '../orders.dto.ts';
import { fireLines } from '../orders.kitchen.ts';
import { canMoveLine, mustBeAlive } from '../orders.rules.ts';
import { type LineView, type OrderView, orderViewByRef } from '../orders.view.ts';
import { lineOf } from './conclude.ts';

interface Asked {
  readonly course?: number | undefined;
  readonly line_ids?: readonly string[] | undefined;
}

/** Named lines have to be held, each of them; a course, or the whole check, has to hold something. */
function linesToFire(order: OrderView, { course, line_ids }: Asked): LineView[] {
  if (course !== undefined && line_ids !== undefined) {
    throw new Problem('VALIDATION_ERROR', { field: 'line_ids', message: 'Name a course or lines, not both.' });
  }
  if (line_ids !== undefined) {
    const lines = [...new Set(line_ids)].map((id, index) => lineOf(order, id, `line_ids.${index}`));
    for (const line of lines) insist(canMoveLine(line, 'fire'));
    return lines.sort((a, b) => a.n - b.n);
  }
  const held = order.lines.filter((line) => line.status === 'held' && (course === undefined || line.course === course));
  if (held.length > 0) return held;
  const courses = new Set(order.lines.filter(({ status }) => status === 'held').map((line) => line.course));
  throw new Problem('ILLEGAL_TRANSITION', {
    state: order.wireStatus,
    possible: order.possible,
    held_courses: [...courses].sort((a, b) => a - b),
  });
}

/** Sends held dishes to the kitchen, one ticket per station. A check that was paid first can still be fired. */
export const fire = defineCommand({
  name: 'orders.fire',
  permission: 'orders.fire',
  input: FireBody.extend({ order_id: Ref }),
  handle(context, { order_id, ...asked }) {
    const order = orderViewByRef(context.tx.connection, order_id);
    insist(mustBeAlive(order));
    return answerOf(fireLines(context, order, linesToFire(order, asked)));
  },
});

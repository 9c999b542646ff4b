import { Ref } from '#contract/ids.ts';
import { linesAdded } from '#contract/orders.facts.ts';
import { AddLinesBody } from '#contract/orders.ts';
import { defineCommand } from '../../../commands/define.ts';
import { answerOf } from '../orders.dto.ts';
import { headOf, toldLine } from '../orders.telling.ts';
import { concludeChange, openOrder } from './conclude.ts';
import { putLines } from './put-lines.ts';

/** Puts dishes on an open check, held. Two devices can do it at once; a line with an id that is there is no second one. */
export const addLines = defineCommand({
  name: 'orders.add_lines',
  permission: 'orders.take',
  input: AddLinesBody.extend({ order_id: Ref }),
  handle(context, input) {
    const before = openOrder(context, input.order_id);
    const added = new Set(
      putLines(context, {
        orderId: before.id,
        lines: input.lines,
        linesSoFar: before.lines.length,
        fillDefaults: false,
        fired: false,
        field: 'lines',
      }).map(({ line }) => line.id),
    );
    if (added.size === 0) return answerOf(before);
    return concludeChange(context, before, (after) => {
      const lines = after.lines.filter(({ id }) => added.has(id)).map(toldLine);
      context.tx.on('order', before.id).tell(linesAdded, { ...headOf(before, after), lines });
    });
  },
});

import { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import { serviceRemoved } from '#contract/orders.facts.ts';
import { defineCommand } from '../../../commands/define.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { answerOf } from '../orders.dto.ts';
import { orderIdOf } from '../orders.reads.ts';
import { orderTable } from '../orders.schema.ts';
import { headOf } from '../orders.telling.ts';
import { concludeChange, openOrder } from './conclude.ts';

/** Takes the optional service charge off a check, as a guest may ask. A mandatory one is part of the price. */
export const removeService = defineCommand({
  name: 'orders.remove_service',
  permission: 'orders.remove_service',
  input: z.strictObject({ order_id: Ref }),
  target: ({ order_id }) => order_id,
  targetId: orderIdOf,
  handle(context, { order_id }) {
    const before = openOrder(context, order_id);
    if (before.serviceRemovedBy !== null || before.sums.service === 0) return answerOf(before);
    if (before.serviceMandatory) {
      throw new Problem('ILLEGAL_TRANSITION', { state: 'mandatory_service', possible: before.possible });
    }
    const by = context.approvedBy ?? context.actor.id ?? 'store';
    context.tx.on('order', before.id).update(orderTable, before.id, { serviceRemovedBy: by });
    return concludeChange(context, before, (after) => {
      context.tx.on('order', before.id).tell(serviceRemoved, {
        ...headOf(before, after),
        service_minor: before.sums.service,
        approved_by: context.approvedBy,
      });
    });
  },
});

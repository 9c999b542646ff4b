import { z } from 'zod';
import { SetAvailabilityInput, SetOptionAvailabilityInput } from '#contract/menu.ts';
import { systemCaller } from '../../commands/caller.ts';
import type { Core } from '../../commands/core.ts';
import { defineCommand } from '../../commands/define.ts';
import { businessDayOf } from '../../kernel/business-day.ts';
import { settingsOf } from '../settings/index.ts';
import { tellGroup } from './menu.group.commands.ts';
import { insistGroup, insistOption, insistProduct, overdueProducts, productView } from './menu.reads.ts';
import { modifierOptionTable } from './menu.schema.ts';
import { setStock } from './menu.stock.ts';

/** Takes a product off (86) for the business day or until it is put back, puts it back, or counts what is left. */
export const setAvailability = defineCommand({
  name: 'menu.set_availability',
  permission: 'menu.availability',
  input: SetAvailabilityInput,
  handle(context, { product_id, available, remaining = null, until }) {
    const { id } = insistProduct(context.tx.connection, product_id);
    setStock(context, id, {
      soldOut: remaining === null ? available === false : remaining === 0,
      remaining,
      offDay: until === 'day_end' ? context.businessDay : null,
    });
    return productView(context.tx.connection, id);
  },
});

/** Puts back what was off for a business day that has ended. Run by the server itself, reached by no route. */
export const putBack = defineCommand({
  name: 'menu.put_back',
  permission: 'menu.availability',
  input: z.strictObject({}),
  handle(context) {
    const due = overdueProducts(context.tx.connection, context.businessDay);
    for (const id of due) setStock(context, id, { soldOut: false, remaining: null });
    return due;
  },
});

/**
 * The same for a timer: what was off for yesterday is back today. Returns the products.
 * @param now epoch ms
 */
export async function putBackDue(core: Core, now: number): Promise<readonly string[]> {
  const connection = core.connection();
  const { time_zone: zone, day_ends_at: cutOff } = settingsOf(connection);
  if (overdueProducts(connection, businessDayOf(now, zone, cutOff)).length === 0) return [];
  return (await core.execute(putBack, systemCaller(), {})).data;
}

/** The same for one option, such as a side that ran out. */
export const setOptionAvailability = defineCommand({
  name: 'menu.set_option_availability',
  permission: 'menu.availability',
  input: SetOptionAvailabilityInput,
  handle(context, { option_id, available }) {
    const { tx } = context;
    const option = insistOption(tx.connection, option_id);
    if (option.soldOut !== available) return insistGroup(tx.connection, option.groupId);
    const writer = tx.on('modifier_group', option.groupId);
    writer.update(modifierOptionTable, option.id, { soldOut: !available });
    return tellGroup(context, writer, option.groupId);
  },
});

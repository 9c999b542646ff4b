import { SetAvailabilityInput, SetOptionAvailabilityInput } from '#contract/menu.ts';
import { defineCommand } from '../../commands/define.ts';
import { tellGroup } from './menu.group.commands.ts';
import { insistGroup, insistOption, insistProduct, productView } from './menu.reads.ts';
import { modifierOptionTable } from './menu.schema.ts';
import { setStock } from './menu.stock.ts';

/** Takes a product off for tonight (86), puts it back, or says how many portions are left. */
export const setAvailability = defineCommand({
  name: 'menu.set_availability',
  permission: 'menu.availability',
  input: SetAvailabilityInput,
  handle(context, { product_id, available, remaining = null }) {
    const { id } = insistProduct(context.tx.connection, product_id);
    setStock(context, id, { soldOut: remaining === null ? available === false : remaining === 0, remaining });
    return productView(context.tx.connection, id);
  },
});

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

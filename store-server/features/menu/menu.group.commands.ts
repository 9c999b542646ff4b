import type { z } from 'zod';
import { AddGroupInput, ChangeGroupInput, groupChanged } from '#contract/menu.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import type { AggregateWriter } from '../../db/tx.ts';
import { overtakenFields } from '../../kernel/overtaken.ts';
import { insist, Problem } from '../../kernel/verdict.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { definedOnly, isEmpty } from './menu.changes.ts';
import { writeOptions } from './menu.group-options.ts';
import { canBeGroup, canNest, canOffer, type Nesting, usualCounts } from './menu.groups.rules.ts';
import { insistGroup, nextAlias } from './menu.reads.ts';
import { modifierGroupTable } from './menu.schema.ts';
import type { MenuGroup } from './menu.types.ts';

/** Checks the group as it now is, with everything that leads to it: a refusal undoes the whole command. */
function insistGood({ tx }: CommandContext, groupId: string): void {
  const { groups, products } = catalogueOf(tx.connection);
  const group = insistGroup(tx.connection, groupId);
  insist(canBeGroup(group));
  const nesting: Nesting = new Map(
    groups.map(({ id, kind, options }) => [
      id,
      { kind, opens: options.flatMap((option) => (option.nestedGroupId === null ? [] : [option.nestedGroupId])) },
    ]),
  );
  insist(canNest(nesting));
  for (const product of products) {
    if (product.groups.some((offered) => offered.id === groupId)) insist(canOffer(product.groups));
  }
}

export function tellGroup({ tx }: CommandContext, writer: AggregateWriter, groupId: string) {
  const group = insistGroup(tx.connection, groupId);
  const soldOut = group.options.filter((option) => option.soldOut);
  writer.tell(groupChanged, {
    group_id: group.id,
    name: group.name,
    active: group.active,
    sold_out_option_ids: soldOut.map((option) => option.id),
  });
  return group;
}

export const addGroup = defineCommand({
  name: 'menu.add_modifier_group',
  permission: 'menu.change',
  input: AddGroupInput,
  handle(context, input) {
    const { tx, ids } = context;
    const id = ids.next();
    const usual = usualCounts(input.kind);
    const writer = tx.on('modifier_group', id).insert(modifierGroupTable, {
      id,
      alias: nextAlias(tx.connection, 'group'),
      name: input.name,
      kind: input.kind,
      min: input.min ?? usual.min,
      max: input.max === undefined ? usual.max : input.max,
      freeCount: input.free_count ?? 0,
      active: input.active ?? true,
    });
    writeOptions(context, writer, id, input.options);
    insistGood(context, id);
    return tellGroup(context, writer, id);
  },
});

type Change = z.output<typeof ChangeGroupInput>;

/** The parts of a group that its author saw otherwise than they are now, and does not want as they are now. */
function overtaken(group: MenuGroup, { seen = {}, ...wanted }: Change): string[] {
  const now = {
    name: group.name,
    kind: group.kind,
    min: group.min,
    max: group.max,
    free_count: group.freeCount,
    active: group.active,
  };
  const { options: seenList, ...seenFields } = seen;
  const keys = overtakenFields(now, wanted, seenFields);
  const seenOptions = seenList?.map(({ id, name, price_minor, is_default, max_quantity, nested_group_id }) => [
    id,
    name,
    price_minor ?? 0,
    is_default ?? false,
    max_quantity ?? 1,
    nested_group_id ?? null,
  ]);
  const options = group.options.map((one) => [
    one.id,
    one.name,
    one.priceMinor,
    one.isDefault,
    one.maxQuantity,
    one.nestedGroupId,
  ]);
  const asSeen = seenOptions === undefined || JSON.stringify(seenOptions) === JSON.stringify(options);
  return asSeen ? keys : [...keys, 'options'];
}

export const changeGroup = defineCommand({
  name: 'menu.change_modifier_group',
  permission: 'menu.change',
  input: ChangeGroupInput,
  handle(context, input) {
    const { tx } = context;
    const group = insistGroup(tx.connection, input.group_id);
    const keys = overtaken(group, input);
    if (keys.length > 0) throw new Problem('VERSION_CONFLICT', { keys });
    const change = definedOnly({
      name: input.name,
      kind: input.kind,
      min: input.min,
      max: input.max,
      freeCount: input.free_count,
      active: input.active,
    });
    if (isEmpty(change) && input.options === undefined) return group;
    const writer = tx.on('modifier_group', group.id);
    if (!isEmpty(change)) writer.update(modifierGroupTable, group.id, change);
    if (input.options !== undefined) writeOptions(context, writer, group.id, input.options);
    insistGood(context, group.id);
    return tellGroup(context, writer, group.id);
  },
});

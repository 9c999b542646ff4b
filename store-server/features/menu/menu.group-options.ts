import type { z } from 'zod';
import { Ref } from '#contract/ids.ts';
import type { OptionInput } from '#contract/menu.ts';
import type { CommandContext } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import type { AggregateWriter } from '../../db/tx.ts';
import { Problem } from '../../kernel/verdict.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { insistGroup, nextAlias } from './menu.reads.ts';
import { modifierOptionTable } from './menu.schema.ts';

type Option = z.output<typeof OptionInput>;

/** Prices by the uuid of a size; the keys may come as uuid or alias. */
function pricesBySize(connection: Connection, given: Record<string, number>, field: string): Record<string, number> {
  const { option, group } = catalogueOf(connection);
  return Object.fromEntries(
    Object.entries(given).map(([key, price]) => {
      const ref = Ref.safeParse(key);
      const size = ref.success ? option(ref.data) : undefined;
      if (size === undefined || group(size.groupId)?.kind !== 'size') {
        throw new Problem('VALIDATION_ERROR', { field, reason: 'Prices by size go by the ids of sizes.' });
      }
      return [size.id, price];
    }),
  );
}

/**
 * Makes these the options of the group, in this order. An option with an id is changed, one without is new, and one
 * that is left out leaves the menu; its row stays for the checks that name it.
 */
export function writeOptions(
  { tx, ids }: CommandContext,
  writer: AggregateWriter,
  groupId: string,
  options: readonly Option[],
): void {
  const before = insistGroup(tx.connection, groupId).options;
  const kept = new Set<string>();
  let alias = nextAlias(tx.connection, 'option');
  for (const [index, input] of options.entries()) {
    const field = `options.${index}`;
    const nested = input.nested_group_id ?? null;
    const columns = {
      name: input.name,
      kitchenName: input.kitchen_name ?? null,
      priceMinor: input.price_minor ?? 0,
      pricesBySize: pricesBySize(tx.connection, input.prices_by_size_minor ?? {}, `${field}.prices_by_size`),
      maxQuantity: input.max_quantity ?? 1,
      isDefault: input.is_default ?? false,
      nestedGroupId: nested === null ? null : insistGroup(tx.connection, nested, `${field}.nested_group_id`).id,
      allergens: input.allergens ?? [],
      sortOrder: index,
    };
    if (input.id === undefined) {
      const fresh = { id: ids.next(), alias, groupId, active: true, soldOut: false };
      writer.insert(modifierOptionTable, { ...columns, ...fresh });
      alias += 1;
      continue;
    }
    const old = before.find((option) => option.id === input.id || option.alias === input.id);
    if (old === undefined || kept.has(old.id)) {
      throw new Problem('VALIDATION_ERROR', {
        field: `${field}.id`,
        reason: 'This is not one of the group’s options.',
      });
    }
    kept.add(old.id);
    writer.update(modifierOptionTable, old.id, columns);
  }
  for (const old of before) {
    if (!kept.has(old.id)) writer.update(modifierOptionTable, old.id, { active: false });
  }
}

import type { z } from 'zod';
import type { Ref } from '#contract/ids.ts';
import { AddCategoryInput, ChangeCategoryInput, categoryChanged } from '#contract/menu.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { overtakenFields } from '../../kernel/overtaken.ts';
import { Problem } from '../../kernel/verdict.ts';
import { catalogueOf } from './menu.catalogue.ts';
import { definedOnly, isEmpty } from './menu.changes.ts';
import { categoryDto } from './menu.dto.ts';
import { categoryById, categoryView, insistCategory, insistStationId, nextAlias } from './menu.reads.ts';
import { menuCategoryTable } from './menu.schema.ts';
import type { MenuCategory } from './menu.types.ts';

/** @throws Problem VALIDATION_ERROR for a category that would be inside itself */
function parentId(connection: Connection, ref: Ref, ownId: string | null): string {
  const parent = insistCategory(connection, ref, 'parent_id');
  for (let above: typeof parent | undefined = parent; above !== undefined; ) {
    if (above.id === ownId) {
      throw new Problem('VALIDATION_ERROR', { field: 'parent_id', reason: 'A category cannot be inside itself.' });
    }
    above = above.parentId === null ? undefined : categoryById(connection, above.parentId);
  }
  return parent.id;
}

/** The older clients tell categories apart by their names only, so two on the menu cannot share one. */
function insistFreeName(connection: Connection, name: string, ownId: string | null): void {
  const same = catalogueOf(connection).categories.find(
    (other) => other.active && other.id !== ownId && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (same !== undefined) throw new Problem('CONFLICT', { field: 'name', category_id: same.id });
}

/** The columns that the given fields set. */
function columns(
  connection: Connection,
  input: Omit<z.output<typeof ChangeCategoryInput>, 'category_id'>,
  ownId: string | null,
): Partial<typeof menuCategoryTable.$inferInsert> {
  const { parent_id: parent, station_id: station } = input;
  return definedOnly({
    name: input.name,
    description: input.description,
    color: input.color,
    icon: input.icon,
    course: input.course,
    sortOrder: input.sort_order,
    active: input.active,
    parentId: parent === undefined || parent === null ? parent : parentId(connection, parent, ownId),
    stationId: station === undefined || station === null ? station : insistStationId(connection, station, 'station_id'),
  });
}

/** Writes a new category, whose name nobody else on the menu has, and answers its id. */
export function writeCategory({ tx, ids }: CommandContext, input: z.output<typeof AddCategoryInput>): string {
  const id = ids.next();
  const alias = nextAlias(tx.connection, 'category');
  const usual = { color: '#00A651', course: 2, sortOrder: alias * 10, active: true };
  tx.on('menu_category', id)
    .insert(menuCategoryTable, { ...usual, ...columns(tx.connection, input, null), id, alias, name: input.name })
    .tell(categoryChanged, { category_id: id, name: input.name, active: input.active ?? true });
  return id;
}

/** Puts a category on the menu or takes it off. */
export const showCategory = ({ tx }: CommandContext, { id, name }: MenuCategory, active: boolean): void =>
  void tx
    .on('menu_category', id)
    .update(menuCategoryTable, id, { active })
    .tell(categoryChanged, { category_id: id, name, active });

export const addCategory = defineCommand({
  name: 'menu.add_category',
  permission: 'menu.change',
  input: AddCategoryInput,
  handle(context, input) {
    const { connection } = context.tx;
    insistFreeName(connection, input.name, null);
    return categoryView(connection, writeCategory(context, input));
  },
});

export const changeCategory = defineCommand({
  name: 'menu.change_category',
  permission: 'menu.change',
  input: ChangeCategoryInput,
  handle({ tx }, input) {
    const { id, name } = insistCategory(tx.connection, input.category_id);
    const keys = overtakenFields(categoryDto(categoryView(tx.connection, id)), input, input.seen ?? {});
    if (keys.length > 0) throw new Problem('VERSION_CONFLICT', { keys });
    if (input.name !== undefined && input.active !== false) insistFreeName(tx.connection, input.name, id);
    const change = columns(tx.connection, input, id);
    if (!isEmpty(change)) {
      const active = change.active ?? insistCategory(tx.connection, id).active;
      tx.on('menu_category', id)
        .update(menuCategoryTable, id, change)
        .tell(categoryChanged, { category_id: id, name: change.name ?? name, active });
    }
    return categoryView(tx.connection, id);
  },
});

import { AddTableInput, ChangeTableBody, tableAdded, tableChanged } from '#contract/floor.ts';
import { Ref } from '#contract/ids.ts';
import { defineCommand } from '../../../commands/define.ts';
import type { Connection } from '../../../db/connection.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { tableView } from '../floor.dto.ts';
import { anyTableByRef, nextTableAlias, sectionByRef, tableByName } from '../floor.reads.ts';
import { canRetire, withGiven } from '../floor.rules.ts';
import { diningTable } from '../floor.schema.ts';

/** Staff and older clients call tables by name, so two tables on the floor never share one. */
function insistNameFree(connection: Connection, name: string, ownId: string | null): void {
  const other = tableByName(connection, name);
  if (other !== undefined && other.id !== ownId) throw new Problem('CONFLICT', { field: 'name', table_id: other.id });
}

export const addTable = defineCommand({
  name: 'floor.add_table',
  permission: 'floor.change',
  input: AddTableInput,
  handle({ tx, ids }, { section_id, ...place }) {
    const section = sectionByRef(tx.connection, section_id);
    insistNameFree(tx.connection, place.name, null);
    const id = ids.next();
    tx.on('table', id)
      .insert(diningTable, {
        id,
        alias: nextTableAlias(tx.connection),
        sectionId: section.id,
        ...place,
        status: 'available',
        serverId: null,
        occupiedSince: null,
        openChecks: 0,
        active: true,
      })
      .tell(tableAdded, {
        table_id: id,
        table_name: place.name,
        section_id: section.id,
        seats: place.seats,
      });
    return tableView(tx.connection, anyTableByRef(tx.connection, id));
  },
});

export const changeTable = defineCommand({
  name: 'floor.change_table',
  permission: 'floor.change',
  input: ChangeTableBody.extend({ table_id: Ref }),
  handle({ tx }, { table_id, section_id, ...fields }) {
    const table = anyTableByRef(tx.connection, table_id);
    const sectionId = section_id === undefined ? table.sectionId : sectionByRef(tx.connection, section_id).id;
    const { name, seats, x, y, width, height, rotation, shape, active } = withGiven(table, fields);
    if (active) insistNameFree(tx.connection, name, table.id);
    else insist(canRetire(table));
    tx.on('table', table.id)
      .update(diningTable, table.id, {
        name,
        sectionId,
        seats,
        x,
        y,
        width,
        height,
        rotation,
        shape,
        active,
      })
      .tell(tableChanged, {
        table_id: table.id,
        table_name: name,
        section_id: sectionId,
        seats,
        active,
      });
    return tableView(tx.connection, anyTableByRef(tx.connection, table.id));
  },
});

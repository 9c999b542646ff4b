import { TableStatusBody } from '#contract/floor.ts';
import { Ref } from '#contract/ids.ts';
import { defineCommand } from '../../../commands/define.ts';
import type { Connection } from '../../../db/connection.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { staffByRef } from '../../staff/index.ts';
import { tableView } from '../floor.dto.ts';
import { tableByRef } from '../floor.reads.ts';
import { canSetStatus } from '../floor.rules.ts';
import { writeSeating } from '../floor.seating.ts';

function serverId(connection: Connection, ref: Ref): string {
  const member = staffByRef(connection, ref);
  if (member === undefined) throw new Problem('NOT_FOUND', { field: 'server_id' });
  return member.id;
}

/** Somebody says what became of a table; a server named along with it looks after the table from now on. */
export const setTableStatus = defineCommand({
  name: 'floor.set_status',
  permission: 'floor.status',
  input: TableStatusBody.extend({ table_id: Ref }),
  handle(context, { table_id, status, server_id, guest_count }) {
    const { connection } = context.tx;
    const table = tableByRef(connection, table_id);
    insist(canSetStatus(table, status));
    const named = server_id == null ? null : serverId(connection, server_id);
    const occupied = status === 'occupied';
    const after = {
      status,
      serverId: named ?? (occupied ? table.serverId : null),
      occupiedSince: occupied ? (table.occupiedSince ?? context.now) : null,
      openChecks: table.openChecks,
    };
    const changed = after.status !== table.status || after.serverId !== table.serverId;
    if (changed) writeSeating(context, table, after, { guestCount: guest_count ?? null });
    return tableView(connection, tableByRef(connection, table.id));
  },
});

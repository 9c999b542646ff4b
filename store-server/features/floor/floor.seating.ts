import { type TableStatus, tableStatusChanged } from '#contract/floor.ts';
import type { CommandContext } from '../../commands/define.ts';
import { insist } from '../../kernel/verdict.ts';
import { anyTableByRef, type DiningTable } from './floor.reads.ts';
import { canSeat } from './floor.rules.ts';
import { diningTable } from './floor.schema.ts';

type Writing = Pick<CommandContext, 'tx' | 'now'>;
type Seating = Pick<DiningTable, 'status' | 'serverId' | 'occupiedSince' | 'openChecks'>;

/** Writes what became of a table and tells it. */
export function writeSeating(
  { tx }: Writing,
  table: DiningTable,
  after: Seating,
  about: { orderId?: string | null; guestCount?: number | null } = {},
): void {
  tx.on('table', table.id)
    .update(diningTable, table.id, after)
    .tell(tableStatusChanged, {
      table_id: table.id,
      table_name: table.name,
      section_id: table.sectionId,
      old_status: table.status,
      new_status: after.status,
      server_id: after.serverId,
      guest_count: about.guestCount ?? null,
      order_id: about.orderId ?? null,
      open_checks: after.openChecks,
      occupied_since: after.occupiedSince,
    });
}

/**
 * A check is opened on a table or moved to it: the table is occupied, since now unless it already was. Whether a
 * second check may sit there is for orders to decide.
 * @throws Problem ILLEGAL_TRANSITION when the table is closed off
 */
export function seatTable(
  context: Writing,
  table: DiningTable,
  { orderId, serverId, guestCount }: { orderId: string; serverId: string | null; guestCount: number },
): void {
  insist(canSeat(table));
  const seated = table.status === 'occupied';
  writeSeating(
    context,
    table,
    {
      status: 'occupied',
      serverId: (seated ? table.serverId : null) ?? serverId,
      occupiedSince: (seated ? table.occupiedSince : null) ?? context.now,
      openChecks: table.openChecks + 1,
    },
    { orderId, guestCount },
  );
}

/**
 * A check has left its table: settled, cancelled or moved. With the last one the table becomes `status`
 * (to be cleaned, or free at once); while others are open on it, it stays occupied.
 */
export function clearTable(
  context: Writing,
  tableId: string,
  { orderId, status }: { orderId: string; status: TableStatus },
): void {
  const table = anyTableByRef(context.tx.connection, tableId);
  const openChecks = table.openChecks - 1;
  const { serverId, occupiedSince } = table;
  const after: Seating =
    openChecks > 0
      ? { status: 'occupied', serverId, occupiedSince, openChecks }
      : { status, serverId: null, occupiedSince: null, openChecks };
  writeSeating(context, table, after, { orderId });
}

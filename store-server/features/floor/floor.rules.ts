import type { TableStatus } from '#contract/floor.ts';
import { type MoveTable, nextStatus, possible } from '../../kernel/moves.ts';
import { allowed, refuse, type Verdict } from '../../kernel/verdict.ts';

/** What can be done with a table by hand. Guests who are seated leave before a table is reserved or closed off. */
export const tableMoves = {
  available: {
    seat: 'occupied',
    reserve: 'reserved',
    clean: 'cleaning',
    close_off: 'out_of_order',
  },
  reserved: {
    seat: 'occupied',
    free: 'available',
    clean: 'cleaning',
    close_off: 'out_of_order',
  },
  occupied: { clean: 'cleaning', free: 'available' },
  cleaning: {
    free: 'available',
    seat: 'occupied',
    reserve: 'reserved',
    close_off: 'out_of_order',
  },
  out_of_order: { free: 'available', clean: 'cleaning' },
} as const satisfies MoveTable<TableStatus>;

interface TableState {
  readonly status: TableStatus;
  readonly openChecks: number;
}

/** The statuses a table can go to by hand. With an open check on it, it stays occupied until that is settled or moved. */
export function nextTableStatuses({ status, openChecks }: TableState): TableStatus[] {
  if (openChecks > 0) return [];
  return possible(tableMoves, status).map((verb) => nextStatus(tableMoves, status, verb) as TableStatus);
}

/** Whether a table may be given a status. Saying what it already is, is no change and no mistake. */
export function canSetStatus(table: TableState, status: TableStatus): Verdict {
  const next = nextTableStatuses(table);
  if (status === table.status || next.includes(status)) return allowed;
  const why = table.openChecks > 0 ? { open_checks: table.openChecks } : {};
  return refuse('ILLEGAL_TRANSITION', {
    field: 'status',
    state: table.status,
    possible: next,
    ...why,
  });
}

/** Whether guests may be seated: any table but one that is closed off. */
export function canSeat(table: TableState): Verdict {
  if (table.status !== 'out_of_order') return allowed;
  return refuse('ILLEGAL_TRANSITION', {
    field: 'table_id',
    state: table.status,
    possible: nextTableStatuses(table),
  });
}

/** Whether a table may leave the plan or a section be closed: never under guests. */
export function canRetire(table: TableState): Verdict {
  if (table.openChecks === 0) return allowed;
  return refuse('ILLEGAL_TRANSITION', {
    field: 'active',
    state: table.status,
    possible: [],
    open_checks: table.openChecks,
  });
}

/** A row with the fields that were given put in; fields left out stay as they are. */
export function withGiven<Row extends object>(row: Row, fields: { [Name in keyof Row]?: Row[Name] | undefined }): Row {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...row, ...Object.fromEntries(given) };
}

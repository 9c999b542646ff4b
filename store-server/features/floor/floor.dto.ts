import type { Connection } from '../../db/connection.ts';
import { isoTimeOrNull } from '../../kernel/dates.ts';
import { staffName } from '../staff/index.ts';
import { type DiningTable, type Section, sectionByRef, tables } from './floor.reads.ts';

/** A table with what its screens name beside it. Plain data, so that a receipt can keep it. */
export interface TableView extends DiningTable {
  readonly section: {
    readonly id: string;
    readonly name: string;
    readonly color: string;
  };
  readonly serverName: string | null;
}

export interface SectionView extends Section {
  readonly tableCount: number;
  readonly capacity: number;
}

export function tableView(connection: Connection, table: DiningTable): TableView {
  const { id, name, color } = sectionByRef(connection, table.sectionId);
  const serverName = table.serverId === null ? null : staffName(connection, table.serverId);
  return { ...table, section: { id, name, color }, serverName };
}

export function sectionView(section: Section, all: readonly DiningTable[]): SectionView {
  const own = all.filter((table) => table.sectionId === section.id);
  return {
    ...section,
    tableCount: own.length,
    capacity: own.reduce((sum, table) => sum + table.seats, 0),
  };
}

export const viewOfSection = (connection: Connection, section: Section): SectionView =>
  sectionView(section, tables(connection));

export const sectionDto = (section: SectionView) => ({
  id: section.id,
  section_number: section.alias,
  name: section.name,
  color: section.color,
  sort_order: section.sortOrder,
  active: section.active,
  table_count: section.tableCount,
  total_capacity: section.capacity,
});

export const tableDto = (table: TableView) => ({
  id: table.id,
  mobile_id: table.alias,
  name: table.name,
  display_name: table.name,
  seats: table.seats,
  capacity: table.seats,
  status: table.status,
  section_id: table.section.id,
  section_name: table.section.name,
  section: table.section,
  position: { x: table.x, y: table.y },
  x_position: table.x,
  y_position: table.y,
  width: table.width,
  height: table.height,
  rotation: table.rotation,
  shape: table.shape,
  server_id: table.serverId,
  server_name: table.serverName,
  server: table.serverId === null ? null : { id: table.serverId, name: table.serverName ?? '' },
  occupied_since: isoTimeOrNull(table.occupiedSince),
  open_checks: table.openChecks,
  active: table.active,
});

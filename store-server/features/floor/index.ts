import * as facts from '#contract/floor.ts';
import { addSection, changeSection } from './floor.commands/sections.ts';
import { setTableStatus } from './floor.commands/set-status.ts';
import { addTable, changeTable } from './floor.commands/tables.ts';
import { floorRoutes } from './floor.routes.ts';

export { sectionDto, sectionView, tableDto, tableView } from './floor.dto.ts';
export {
  type DiningTable,
  sectionByRef,
  sections,
  tableByName,
  tableByRef,
  tables,
} from './floor.reads.ts';
export { clearTable, seatTable } from './floor.seating.ts';
export { addSection, addTable };

export const floorFeature = {
  name: 'floor',
  routes: floorRoutes,
  facts: [facts.tableStatusChanged, facts.tableAdded, facts.tableChanged, facts.sectionAdded, facts.sectionChanged],
  commands: [addSection, changeSection, addTable, changeTable, setTableStatus],
};

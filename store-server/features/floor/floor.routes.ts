import {
  AddSectionInput,
  AddTableInput,
  ChangeSectionBody,
  ChangeTableBody,
  SectionDto,
  TableDto,
  TableStatusBody,
} from '#contract/floor.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { addSection, changeSection } from './floor.commands/sections.ts';
import { setTableStatus } from './floor.commands/set-status.ts';
import { addTable, changeTable } from './floor.commands/tables.ts';
import { sectionDto, sectionView, tableDto } from './floor.dto.ts';
import { sections, tables } from './floor.reads.ts';

function allSections({ connection }: ReadContext) {
  const all = tables(connection);
  return sections(connection)
    .filter((section) => section.active)
    .map((section) => sectionDto(sectionView(section, all)));
}

/** The floor plan itself is a read of orders, a later feature: it shows the checks that are open on the tables. */
export const floorRoutes = (api: Api): void =>
  api.router('/api/v1/restaurants', (at) => {
    at.get('/sections', allSections, {
      operation: 'floor.sections',
      access: 'floor.read',
      summary: 'The sections of the floor',
      answers: SectionDto,
      plural: 'sections',
      tolerant: true,
    });
    at.post('/sections', addSection, {
      summary: 'Add a section to the floor',
      body: AddSectionInput,
      answers: SectionDto,
      toDto: sectionDto,
    });
    at.put('/sections/:section_id', changeSection, {
      summary: 'Rename, recolour, sort or close a section',
      body: ChangeSectionBody,
      answers: SectionDto,
      toDto: sectionDto,
    });
    at.post('/tables', addTable, {
      summary: 'Put a table on the floor',
      body: AddTableInput,
      answers: TableDto,
      toDto: tableDto,
    });
    at.put('/tables/:table_id', changeTable, {
      summary: 'Move, rename or resize a table, or take it off the floor',
      body: ChangeTableBody,
      answers: TableDto,
      toDto: tableDto,
    });
    at.put('/tables/:table_id/status', setTableStatus, {
      summary: 'Say that a table is available, occupied, reserved, being cleaned or out of order',
      body: TableStatusBody,
      answers: TableDto,
      toDto: tableDto,
      tolerant: true,
    });
  });

import { AddSectionInput, ChangeSectionBody, sectionAdded, sectionChanged } from '#contract/floor.ts';
import { Ref } from '#contract/ids.ts';
import { defineCommand } from '../../../commands/define.ts';
import type { Connection } from '../../../db/connection.ts';
import { insist, Problem } from '../../../kernel/verdict.ts';
import { viewOfSection } from '../floor.dto.ts';
import { nextSectionAlias, sectionByRef, sections, tables } from '../floor.reads.ts';
import { canRetire, withGiven } from '../floor.rules.ts';
import { sectionTable } from '../floor.schema.ts';

function insistNameFree(connection: Connection, name: string, ownId: string | null): void {
  const taken = sections(connection).some(
    (other) => other.id !== ownId && other.active && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw new Problem('CONFLICT', { field: 'name' });
}

export const addSection = defineCommand({
  name: 'floor.add_section',
  permission: 'floor.change',
  input: AddSectionInput,
  handle({ tx, ids }, { name, color, sort_order }) {
    insistNameFree(tx.connection, name, null);
    const id = ids.next();
    const alias = nextSectionAlias(tx.connection);
    tx.on('section', id)
      .insert(sectionTable, {
        id,
        alias,
        name,
        color,
        sortOrder: sort_order ?? alias,
        active: true,
      })
      .tell(sectionAdded, { section_id: id, name, color });
    return viewOfSection(tx.connection, sectionByRef(tx.connection, id));
  },
});

export const changeSection = defineCommand({
  name: 'floor.change_section',
  permission: 'floor.change',
  input: ChangeSectionBody.extend({ section_id: Ref }),
  handle({ tx }, { section_id, sort_order, ...fields }) {
    const section = sectionByRef(tx.connection, section_id);
    if (fields.name !== undefined) insistNameFree(tx.connection, fields.name, section.id);
    if (fields.active === false) {
      for (const table of tables(tx.connection)) if (table.sectionId === section.id) insist(canRetire(table));
    }
    const after = withGiven(section, { ...fields, sortOrder: sort_order });
    const { name, color, sortOrder, active } = after;
    tx.on('section', section.id)
      .update(sectionTable, section.id, { name, color, sortOrder, active })
      .tell(sectionChanged, { section_id: section.id, name, color, active });
    return viewOfSection(tx.connection, after);
  },
});

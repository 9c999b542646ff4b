import { tillAdded } from '#contract/shifts.facts.ts';
import { AddTillInput } from '#contract/shifts.ts';
import { type CommandContext, defineCommand } from '../../../commands/define.ts';
import { Problem } from '../../../kernel/verdict.ts';
import { printerByRef } from '../../printers/index.ts';
import { type Till, tillById, tills } from '../shifts.reads.ts';
import { tillTable } from '../shifts.schema.ts';

/** Writes a new drawer with the next number. */
export function insertTill({ tx, ids }: CommandContext, name: string, printerId: string | null): Till {
  const id = ids.next();
  const alias = Math.max(0, ...tills(tx.connection).map((till) => till.alias)) + 1;
  tx.on('till', id)
    .insert(tillTable, { id, alias, name, printerId, active: true })
    .tell(tillAdded, { till_id: id, till: alias, name });
  return tillById(tx.connection, id);
}

export const addTill = defineCommand({
  name: 'shifts.add_till',
  permission: 'settings.change',
  input: AddTillInput,
  handle(context, { name, printer_id }) {
    const { connection } = context.tx;
    if (tills(connection).some((till) => till.name.toLowerCase() === name.toLowerCase())) {
      throw new Problem('CONFLICT', { field: 'name' });
    }
    const printerId = printer_id === null ? null : printerByRef(connection, printer_id, 'printer_id').id;
    return insertTill(context, name, printerId);
  },
});

import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useFieldEdits } from '#api/field-edits.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { printers } from '#api/operations/printers.ts';
import { useRefresh } from '#api/queries.ts';
import { say } from '../frame/say.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

/** What somebody can say of a printer. */
export interface Fields {
  readonly name: string;
  readonly address: string;
  readonly model: string;
  readonly stations: readonly string[];
  readonly is_receipt_printer: boolean;
}

const fieldsOf = ({ name, address, model, stations, is_receipt_printer }: Fields): Fields => ({
  name,
  address,
  model,
  stations,
  is_receipt_printer,
});

/** As it is sent. */
const bodyOf = <Part extends Partial<Fields>>({ stations, ...fields }: Part) => ({
  ...fields,
  ...(fields.name === undefined ? {} : { name: fields.name.trim() }),
  ...(stations === undefined ? {} : { stations: [...stations] }),
});

/** A printer that is being added, or changed: then only what was changed is sent, and what this person saw. */
export function usePrinterForm(printer: Printer | null, begun: Fields, onSaved: (printerId: string) => void) {
  const work = useFieldEdits<Fields>(
    printer === null ? `printers.new.${begun.address}` : `printers.changes.${printer.id}`,
    fieldsOf(printer ?? begun),
  );
  const act = useAct();
  const refresh = useRefresh();
  const fields = work.value;

  async function add(): Promise<string | null> {
    let id = '';
    const done = await act.run({
      title: texts.added(fields.name.trim()),
      async run(key) {
        const body = { ...fields, name: fields.name.trim(), stations: [...fields.stations] };
        const answer = await change(printers.add, { body }, { key });
        id = answer.data.id;
      },
      undo: () => change(printers.remove, { params: { printer_id: id } }),
    });
    return done ? id : null;
  }

  async function alter({ id }: Printer): Promise<string | null> {
    const [wanted, seen] = [bodyOf(work.change), bodyOf(work.seen)];
    const params = { printer_id: id };
    const done = await act.run({
      title: texts.changed(fields.name.trim()),
      run: (key) => change(printers.change, { params, body: { ...wanted, seen } }, { key }),
      // Back to what it was, unless somebody has changed it again.
      undo: () => change(printers.change, { params, body: { ...seen, seen: wanted } }),
    });
    return done ? id : null;
  }

  async function save(): Promise<void> {
    if (printer !== null && Object.keys(work.change).length === 0) return onSaved(printer.id);
    const id = await (printer === null ? add() : alter(printer));
    refresh(printers.list);
    refresh(kitchen.stations);
    if (id === null) return;
    work.clear();
    say(printer === null ? texts.added(fields.name.trim()) : texts.changed(fields.name.trim()), true);
    onSaved(id);
  }

  return {
    fields,
    set: work.set,
    /** However they were ticked: so that ticking and unticking is no change. */
    tick(station: string, on: boolean): void {
      const chosen = on ? [...fields.stations, station] : fields.stations.filter((other) => other !== station);
      const before = printer?.stations ?? [];
      const isBack = chosen.length === before.length && before.every((one) => chosen.includes(one));
      work.set({ stations: isBack ? before : chosen });
    },
    /** A new one is nobody else's. */
    conflicts: printer === null ? [] : work.conflicts,
    decide: work.decide,
    act,
    save,
  };
}

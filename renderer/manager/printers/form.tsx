import { Button, Checkbox, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { printers } from '#api/operations/printers.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

const words = texts.form;

export interface Fields {
  readonly name: string;
  readonly address: string;
  readonly model: string;
  readonly stations: readonly string[];
  readonly is_receipt_printer: boolean;
}
export const newPrinter: Fields = {
  name: '',
  address: 'tcp://',
  model: 'generic-escpos-80',
  stations: [],
  is_receipt_printer: false,
};
const fieldsOf = ({ name, address, model, stations, is_receipt_printer }: Fields) => ({
  name: name.trim(),
  address: address.trim(),
  model,
  stations: [...stations],
  is_receipt_printer,
});

interface FormProps {
  /** Null: a new one. */
  readonly printer: Printer | null;
  /** What is known of a new one, from the search. */
  readonly begun: Fields;
  readonly close: () => void;
  readonly onSaved: (printerId: string) => void;
}

/** A printer's name, address, model and what it prints. What is typed survives a reload; saving can be undone. */
export function PrinterForm({ printer, begun, close, onSaved }: FormProps) {
  const draft = useDraft<Fields>(printer === null ? 'printers.add' : `printers.edit.${printer.id}`, printer ?? begun);
  const [tried, setTried] = useState(false);
  const models = useRead(printers.models, {});
  const stations = useRead(kitchen.stations, {});
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const fields = draft.value;
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const set = (part: Partial<Fields>): void => draft.set({ ...fieldsOf(fields), ...part });

  async function save(): Promise<void> {
    setTried(true);
    const body = fieldsOf(fields);
    if (body.name === '' || body.address === '') return;
    let id = printer?.id ?? '';
    const title = printer === null ? texts.added(body.name) : texts.changed(body.name);
    const done = await act.run({
      title,
      async run(key) {
        if (printer !== null) return change(printers.change, { params: { printer_id: printer.id }, body }, { key });
        const answer = await change(printers.add, { body }, { key });
        id = answer.data.id;
        return answer;
      },
      undo: () =>
        printer === null
          ? change(printers.remove, { params: { printer_id: id } })
          : change(printers.change, { params: { printer_id: printer.id }, body: fieldsOf(printer) }),
    });
    if (!done) return;
    draft.clear();
    refresh(printers.list);
    refresh(kitchen.stations);
    say(title, true);
    onSaved(id);
  }
  const isBeside = ['name', 'address', 'model'].some((name) => refused[name] !== undefined);

  return (
    <Modal opened onClose={close} title={printer === null ? words.add : words.edit(printer.name)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={words.name}
          description={words.nameHint}
          maxLength={60}
          data-autofocus
          value={fields.name}
          error={refused['name'] ?? (tried && fields.name.trim() === '' ? words.needed : undefined)}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <TextInput
          label={words.address}
          description={words.addressHint}
          maxLength={200}
          spellCheck={false}
          value={fields.address}
          error={refused['address']}
          onChange={({ currentTarget }) => set({ address: currentTarget.value })}
        />
        <NativeSelect
          label={words.model}
          value={fields.model}
          error={refused['model']}
          data={(models.data ?? [{ id: fields.model, name: fields.model }]).map(({ id, name }) => ({
            value: id,
            label: name,
          }))}
          onChange={({ currentTarget }) => set({ model: currentTarget.value })}
        />
        <fieldset className="printer-places">
          <legend>{words.stations}</legend>
          {stations.data?.some(({ active }) => active) === false && <p className="soft">{words.noStations}</p>}
          {(stations.data ?? [])
            .filter(({ active, id }) => active || fields.stations.includes(id))
            .map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={fields.stations.includes(id)}
                onChange={({ currentTarget }) =>
                  set({
                    stations: currentTarget.checked
                      ? [...fields.stations, id]
                      : fields.stations.filter((other) => other !== id),
                  })
                }
              />
            ))}
        </fieldset>
        <Checkbox
          label={words.receipt}
          checked={fields.is_receipt_printer}
          onChange={({ currentTarget }) => set({ is_receipt_printer: currentTarget.checked })}
        />
        {act.problem !== null && !isBeside && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost}>
            {printer === null ? words.saveNew : words.save}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
